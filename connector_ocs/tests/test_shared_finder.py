# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from unittest import mock

from odoo.tests import tagged

from ..components import computer_shared_finder
from ..components.computer_adapter_shared import MAX_COMPARED, OcsSharedAdapter
from ..lib.identifiers import plain_serial
from .runs import RunCase

SHARED = "5CGSHAREDX"
MAC = {
    "MACADDR": "00:1B:21:AA:BB:01",
    "DESCRIPTION": "eth0",
    "TYPE": "Ethernet",
    "SPEED": "",
    "STATUS": "",
    "IPADDRESS": "",
    "VIRTUALDEV": 0,
}


class SharedFinderCase(RunCase):
    """Test case with computers that report the same values."""

    #: what one machine reports under two IDs
    alike = {"bios": {"SSN": SHARED}, "networks": []}

    def report(self, *numbers, day=1, **sections):
        """Let computers report one serial number and other values, and import.

        Without other values, they are different machines.
        """
        for number in numbers:
            network = {**MAC, "MACADDR": f"00:1B:21:AA:BB:{number:02}"}
            bios = {"SSN": SHARED, "SMODEL": f"Model {number}"}
            own = {"networks": [network], "bios": bios}
            machine = self.machine(number, **own | sections)
            machine["hardware"]["LASTDATE"] = datetime(2026, 1, day, 8, 0, number)
            self.ocs[number] = machine
        return self.import_changed()

    def found(self, field="ocs_serial"):
        """Return what is known about the values of a field."""
        records = self.env["ocs.shared.identifier"].search(
            [("backend_id", "=", self.backend.id), ("field", "=", field)]
        )
        return [(each.external_ids, each.owner_id, each.is_shared) for each in records]

    def serials(self, *numbers):
        return [self.binding(number).serial_no for number in numbers]


@tagged("post_install", "-at_install")
class TestSharedFinder(SharedFinderCase):
    """Who is one machine, and who may have the serial number."""

    def test_different_machines(self):
        run = self.report(1, 2, 3)
        self.assertEqual(self.found(), [([1, 2, 3], 0, True)])
        self.assertEqual(self.serials(1, 2, 3), [False] * 3)
        self.assertEqual(run.job_count, 3)

    def test_one_machine(self):
        """It was reinstalled, and OCS has not merged its two rows yet."""
        uuid = {"UUID": "4C4C4544-0042-3510-8052-0000000000AA"}
        self.report(1, 2, hardware=uuid, **self.alike)
        self.assertEqual(self.found(), [([1, 2], 1, False)])
        self.assertEqual(self.found("hardware_uuid"), [([1, 2], 0, False)])
        self.assertEqual(self.serials(1, 2), [SHARED, False])
        self.assertIn(SHARED, self.binding(2).warnings)

    def test_several_machines(self):
        """The number is nobody's as long as both computers report it."""
        self.report(1, 2, bios={"SSN": SHARED})
        self.assertEqual(self.found(), [([1, 2], 0, True)])
        self.assertEqual(self.serials(1, 2), [False, False])
        del self.ocs[1]
        self.import_changed()
        self.assertEqual(self.found(), [(False, 0, True)])
        self.assertEqual(self.serials(2), [SHARED])

    def test_copy(self):
        """The older row is inventoried after the newer one appeared."""
        uuid = {"UUID": "4C4C4544-0042-3510-8052-0000000000AA"}
        self.report(1, 2, hardware=uuid, **self.alike)
        run = self.report(1, day=2, hardware=uuid, **self.alike)
        self.assertEqual(self.found(), [([1, 2], 0, True)])
        self.assertEqual(self.found("hardware_uuid"), [([1, 2], 0, True)])
        self.assertEqual(self.serials(1, 2), [False, False])
        self.assertEqual(run.job_count, 1)

    def test_order_of_computers_does_not_matter(self):
        for numbers in ((1, 2, 3), (3, 2, 1), (2, 3, 1)):
            with self.subTest(numbers), self.env.cr.savepoint() as savepoint:
                for number in numbers:
                    self.report(number)
                self.assertEqual(self.serials(1, 2, 3), [False] * 3)
                self.assertEqual(self.found(), [([1, 2, 3], 0, True)])
                savepoint.rollback()
                self.ocs.clear()

    def test_spellings(self):
        self.report(1)
        self.report(2, bios={"SSN": SHARED.lower()})
        self.assertEqual(self.found(), [([1, 2], 0, True)])
        self.assertEqual(self.serials(1, 2), [False, False])

    def test_view_computers(self):
        self.report(1, 2, 3)
        shared = self.env["ocs.shared.identifier"].search(
            [("backend_id", "=", self.backend.id)]
        )
        action = shared.action_view_computers()
        found = self.env[action["res_model"]].with_context(**action["context"])
        expected = [self.binding(number) for number in (1, 2, 3)]
        self.assertCountEqual(found.search(action["domain"]), expected)

    def test_placeholders(self):
        self.report(1, 2, bios={"SSN": "To be filled by O.E.M."})
        self.assertEqual(self.found(), [])

    def test_memory(self):
        """The last one has the number, which still identifies no machine."""
        self.report(1, 2)
        del self.ocs[1]
        self.import_changed()
        self.assertEqual(self.found(), [(False, 0, True)])
        self.assertEqual(self.serials(2), [SHARED])
        shared = ("ocs_serial", plain_serial(SHARED))
        self.assertIn(shared, self.backend._blacklist().shared)

    def test_one_machine_is_not_remembered(self):
        uuid = {"UUID": "4C4C4544-0042-3510-8052-0000000000AA"}
        self.report(1, 2, hardware=uuid)
        self.report(1, bios={"SSN": "5CG1111XYZ"}, hardware=uuid)
        self.assertEqual(self.found(), [])
        self.assertEqual(self.serials(1, 2), ["5CG1111XYZ", SHARED])

    def test_archived_in_ocs(self):
        self.report(1, 2)
        self.ocs[1]["hardware"]["ARCHIVE"] = 1
        self.import_changed()
        self.assertEqual(self.serials(2), [SHARED])
        self.ocs[1]["hardware"]["ARCHIVE"] = 0
        self.import_changed()
        self.assertEqual(self.serials(1, 2), [False, False])

    def test_only_concerned_computers_are_imported(self):
        self.fill(4, 5)
        self.report(1, 2)
        run = self.report(3)
        self.assertEqual((run.job_count, run.unchanged_count), (1, 4))
        del self.ocs[1], self.ocs[2]
        self.assertEqual(self.import_changed().job_count, 3)  # two of them are removed

    def test_nothing_is_written_without_changes(self):
        self.report(1, 2)
        uuid = {"UUID": "4C4C4544-0042-3510-8052-0000000000AA"}
        self.report(3, 4, bios={"SSN": "5CG3333XYZ"}, hardware=uuid)
        tables = (
            "ocs_shared_identifier",
            "ocs_computer_binding",
            "maintenance_equipment",
            "ocs_backend",
        )
        before = self.versions(*tables)
        with mock.patch.object(
            OcsSharedAdapter, "read_dates", side_effect=AssertionError
        ):
            run = self.import_changed()
        self.assertEqual(run.unchanged_count, 4)
        self.assertEqual(self.versions(*tables), before)

    def test_inventory_without_changes(self):
        """It imports nothing, whatever is shared."""
        self.report(1, 2)
        run = self.report(2, day=2)
        self.assertEqual((run.job_count, run.unchanged_count), (0, 2))

    def test_number_of_a_manual_asset(self):
        """Nobody has it in OCS, so the conflict is not checked at each inventory."""
        self.env["maintenance.equipment"].create(
            {"name": "Manual", "serial_no": SHARED, "active": False}
        )
        uuid = {"UUID": "4C4C4544-0042-3510-8052-0000000000AA"}
        self.report(1, hardware=uuid, **self.alike | {"bios": {"SSN": ""}})
        self.report(1, 2, hardware=uuid, **self.alike, day=2)
        self.assertTrue(self.binding(1).is_conflicting)
        run = self.report(2, hardware=uuid, **self.alike, day=3)
        self.assertEqual(run.job_count, 0)

    def test_several_batches(self):
        with mock.patch.object(computer_shared_finder, "VALUES_BATCH", 2):
            for number in range(10):
                serial = {"SSN": f"5CG000{number}XYZ"}
                for each in (number, 20 + number):
                    self.ocs[each + 1] = self.machine(each, bios=serial)
            self.import_changed()
        self.assertEqual(len(self.found()), 10)
        self.assertFalse(any(self.serials(*self.ocs)))


@tagged("post_install", "-at_install")
class TestManyComputers(SharedFinderCase):
    """A value that more computers report than are compared."""

    def test_many_computers(self):
        numbers = range(1, MAX_COMPARED + 10)
        self.report(59)  # not one of the first ones
        self.assertEqual(self.serials(59), [SHARED])
        self.report(*numbers)
        self.assertEqual(self.found(), [(list(numbers[:MAX_COMPARED]), 0, True)])
        self.assertFalse(any(self.serials(*numbers)))
        for number in numbers[1:]:
            del self.ocs[number]
        self.backend.approval_percent = 0
        self.import_changed()
        self.assertEqual(self.serials(1), [SHARED])


@tagged("post_install", "-at_install")
class TestReleasedSerials(SharedFinderCase):
    """Conflicts with assets that are not in this OCS."""

    def setUp(self):
        super().setUp()
        self.other = self.backend.copy({"name": "Other OCS", "version": "2.9.1"})
        self.report(1, bios={"SSN": ""})
        self.here, there = self.ocs, {5: self.machine(5, bios={"SSN": SHARED})}
        self.import_from_other(there)
        self.report(1, day=2)

    def import_from_other(self, computers):
        self.ocs = computers
        self.env["ocs.computer.binding"].import_record(self.other, 5)
        self.ocs = self.here

    def test_conflict(self):
        self.assertTrue(self.binding(1).is_conflicting)
        self.assertFalse(self.binding(1).serial_no)
        self.assertEqual(self.import_changed().unchanged_count, 1)

    def test_released_by_an_import(self):
        self.import_from_other({5: self.machine(5, bios={"SSN": "5CG5555XYZ"})})
        run = self.import_changed()
        self.assertEqual(run.job_count, 1)
        self.assertEqual(self.serials(1), [SHARED])
        self.assertFalse(self.binding(1).is_conflicting)

    def test_released_by_a_user(self):
        equipment = self.env["maintenance.equipment"]
        equipment.search([("serial_no", "=", SHARED)]).serial_no = "LABEL-0042"
        self.import_changed()
        self.assertEqual(self.serials(1), [SHARED])

    def test_locked_by_a_user(self):
        """Whether the number is available is not checked again and again."""
        asset = self.binding(1).odoo_id
        asset.serial_no = "LABEL-0042"
        asset.serial_no = False
        self.import_changed()
        equipment = self.env["maintenance.equipment"]
        equipment.search([("serial_no", "=", SHARED)]).serial_no = False
        self.import_changed()
        self.assertEqual(self.import_changed().unchanged_count, 1)
