# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..components.computer_importer import OcsComputerImporter
from ..lib.identifiers import plain_serial
from .chunks import ChunkCase
from .common import ocs_monitor


class PlannerCase(ChunkCase):
    """Test case with six computers, and the groups that are imported together."""

    def groups(self, *external_ids):
        """Return the IDs of the computers that are imported together."""
        import_together, found = OcsComputerImporter.import_together, []

        def spy(importer, imports):
            found.append([each.external_id for each in imports])
            return import_together(importer, imports)

        spied = mock.patch.object(OcsComputerImporter, "import_together", spy)
        with spied, trap_jobs():
            self.import_chunk(*external_ids, force=True)
        return found

    def fill(self):
        """Put six unrelated computers into OCS."""
        self.ocs = {number: self.machine(number) for number in range(1, 7)}


@tagged("post_install", "-at_install")
class TestChunkPlanner(PlannerCase):
    """Related computers are imported one after the other."""

    def test_unrelated_computers(self):
        self.fill()
        self.assertEqual(self.groups(*self.ocs), [[1, 2, 3, 4, 5, 6]])
        self.assertEqual(self.groups(*self.ocs), [[1, 2, 3, 4, 5, 6]])

    def test_shared_values(self):
        """A second computer with the same value is separated if only one may have it.

        The order is kept.
        """
        network = {
            "MACADDR": "00:16:3E:12:34:56",
            "DESCRIPTION": "eth0",
            "TYPE": "Ethernet",
            "SPEED": "1 Gb/s",
            "STATUS": "Up",
            "IPADDRESS": "192.0.2.7",
            "VIRTUALDEV": 0,
        }
        together, separated = [[1, 2, 3, 4, 5, 6]], [[1, 2, 3, 4], [5], [6]]
        for sections, expected in (
            ({"bios": {"SSN": "SAME-4711"}}, separated),
            ({"bios": {"MSN": "/SAME-4711/"}}, together),
            ({"hardware": {"UUID": "4C4C4544-0042-3510-8052-B4C04F564E31"}}, together),
            ({"hardware": {"DEVICEID": "SAME-2026-01-15-10-00-00"}}, together),
            ({"networks": [network]}, together),
            ({"monitors": [ocs_monitor("SAME-74261")]}, separated),
        ):
            self.fill()
            self.ocs[2] = self.machine(2, **sections)
            self.ocs[5] = self.machine(5, **sections)
            with self.subTest(sections=sections), self.env.cr.savepoint() as savepoint:
                self.assertEqual(self.groups(*self.ocs), expected)
                savepoint.rollback()

    def test_decided_serial(self):
        """The run has decided before who may have a serial number."""
        self.fill()
        for number in (2, 5):
            self.ocs[number]["bios"]["SSN"] = "SAME-4711"
        for owner, holder in ((0, ""), (2, "SAME-4711")):
            with self.subTest(owner), self.env.cr.savepoint() as savepoint:
                self.env["ocs.shared.identifier"].create(
                    {
                        "backend_id": self.backend.id,
                        "field": "ocs_serial",
                        "value": plain_serial("SAME-4711"),
                        "external_ids": [2, 5],
                        "owner_id": owner,
                    }
                )
                self.assertEqual(self.groups(*self.ocs), [[1, 2, 3, 4, 5, 6]])
                self.assertEqual(self.binding(2).serial_no or "", holder)
                self.assertFalse(self.binding(5).serial_no)
                savepoint.rollback()

    def test_monitor_with_the_serial_of_a_computer(self):
        """Serial numbers are unique among all assets."""
        self.fill()
        self.ocs[3]["monitors"] = [ocs_monitor("SN-1-4711")]
        self.assertEqual(self.groups(*self.ocs), [[1, 2], [3], [4, 5, 6]])

    def test_placeholders_relate_no_computers(self):
        self.fill()
        for number in (2, 5):
            self.ocs[number]["bios"]["SSN"] = "To be filled by O.E.M."
            self.ocs[number]["monitors"] = [ocs_monitor("0"), ocs_monitor("0")]
        self.assertEqual(self.groups(*self.ocs), [[1, 2, 3, 4, 5, 6]])
        self.assertEqual(self.groups(*self.ocs), [[1, 2, 3, 4, 5, 6]])

    def test_same_monitor_twice_in_one_computer(self):
        self.fill()
        twice = [ocs_monitor("CN-3-74261"), ocs_monitor("CN-3-74261", "Another")]
        self.ocs[3]["monitors"] = twice
        self.assertEqual(self.groups(*self.ocs), [[1, 2], [3], [4, 5, 6]])

    def test_existing_assets(self):
        """A computer and a monitor match manually created assets."""
        self.fill()
        equipment = self.env["maintenance.equipment"]
        asset = equipment.create({"name": "Manual", "serial_no": "sn-2-4711"})
        screen = equipment.create({"name": "Manual", "serial_no": "CN-5-74261"})
        self.assertEqual(self.groups(*self.ocs), [[1], [2], [3, 4], [5], [6]])
        self.assertEqual(self.binding(2).odoo_id, asset)
        self.assertEqual(self.binding(5).monitor_ids, screen)

    def test_former_values(self):
        """A value that one computer loses relates it to the next one that has it."""
        self.fill()
        self.groups(*self.ocs)
        self.ocs[2]["bios"]["SSN"] = "SN-2-NEW"
        self.ocs[4]["monitors"] = self.ocs[3]["monitors"]
        self.ocs[3]["monitors"] = []
        self.ocs[6]["bios"]["SSN"] = "SN-2-4711"
        self.assertEqual(self.groups(*self.ocs), [[1, 2, 3], [4], [5], [6]])
        self.assertEqual(self.binding(6).serial_no, "SN-2-4711")
        self.assertEqual(self.binding(4).monitor_ids.serial_no, "CN-3-74261")

    def test_computer_with_an_issue(self):
        """A computer with an issue is imported by itself."""
        self.fill()
        issues = self.env["ocs.import.issue"]
        issues._record(self.backend, 2, "failed", name="PC-2")
        self.assertEqual(self.groups(*self.ocs), [[1], [2], [3, 4, 5, 6]])
        self.assertFalse(issues._find(self.backend, 2))

    def test_removed_and_conflicting_computers(self):
        self.fill()
        self.groups(*self.ocs)
        self.binding(2).removed_since = "2026-01-15"
        self.binding(4).is_conflicting = True
        self.binding(6).removal_action = "archive"  # it is back under a new ID
        self.assertEqual(self.groups(*self.ocs), [[1], [2], [3], [4], [5], [6]])

    def test_excluded_computer(self):
        self.fill()
        self.ocs[2]["hardware"]["ARCHIVE"] = 1
        self.assertEqual(self.groups(*self.ocs), [[1], [2], [3, 4, 5, 6]])
        self.assertEqual(self.issue(2).reason, "archived")
