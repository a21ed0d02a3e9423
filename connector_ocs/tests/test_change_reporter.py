# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_monitor
from .test_hardware_importer import CARD, DISK, MODULE, HardwareCase, full_computer

STICK = {"NAME": "sdf", "MODEL": "Cruzer USB Device", "TYPE": "Removable Media"}


class ReporterCase(HardwareCase):
    """Test case with an imported computer that changes."""

    def setUp(self):
        super().setUp()
        self.ocs[1] = self.computer()
        self.asset = self.import_computer(1).odoo_id

    def computer(self, **sections):
        """Return the computer with other content in some sections."""
        return full_computer(
            **{
                "memories": [MODULE, MODULE],
                "monitors": [ocs_monitor("CN0ABC123")],
                **sections,
            }
        )

    def change(self, **sections):
        """Import another inventory.

        :return: the message that was logged in the chatter, as HTML
        """
        before = self.asset.message_ids
        self.import_computer(1, self.computer(**sections))
        self.env.invalidate_all()
        messages = self.asset.message_ids - before
        self.assertLessEqual(len(messages), 1, "One message for all.")
        return messages.body or ""


@tagged("post_install", "-at_install")
class TestChangeReporter(ReporterCase):
    """Changes are logged in the chatter in one message."""

    def test_new_asset_has_no_changes(self):
        self.assertNotIn(
            "OCS reports changes", "".join(self.asset.message_ids.mapped("body"))
        )

    def test_no_change(self):
        before = self.asset.message_ids
        self.import_computer(1, force=True)
        self.assertEqual(self.asset.message_ids, before)

    def test_line_of_each_change(self):
        doubled = {**MODULE, "CAPACITY": 16384}
        ssd = {"NAME": "sdb", "MODEL": "SSD 970", "DISKSIZE": 476940}
        for sections, lines in (
            ({"memories": [doubled] * 2}, ["Memory: 2x8192MB → 2x16384MB"]),
            ({}, ["Memory: 2x16384MB → 2x8192MB"]),
            ({"storages": [DISK, ssd]}, ["Disk added: SSD 970 (465.8 GB)"]),
            ({}, ["Disk removed: SSD 970 (465.8 GB)"]),
            (
                {"videos": [{"NAME": "NVIDIA T400"}]},
                ["Graphics: Intel UHD 620 → NVIDIA T400"],
            ),
            ({}, ["Graphics: NVIDIA T400 → Intel UHD 620"]),
            (
                {"hardware": {"NAME": "PC-2", "OSVERSION": "6.2", "WORKGROUP": "B"}},
                [
                    "Name: PC → PC-2",
                    "Operating system: Debian GNU/Linux 12 6.1.0 → "
                    "Debian GNU/Linux 12 6.2",
                    "Domain or workgroup: EXAMPLE → B",
                ],
            ),
            (
                {"bios": {"BVERSION": "1.21", "SSN": "5CG0001"}},
                [
                    "Name: PC-2 → PC",
                    "Serial number: none → 5CG0001",
                    "BIOS: Dell Inc. 1.20.1 → Dell Inc. 1.21",
                ],
            ),
            (
                {"bios": {"BVERSION": "1.21", "SSN": "5CG0001"}, "monitors": []},
                ["Monitor unplugged: DELL P2419H (CN0ABC123)"],
            ),
            (
                {"bios": {"BVERSION": "1.21", "SSN": "5CG0001"}},
                ["Monitor plugged in: DELL P2419H (CN0ABC123)"],
            ),
        ):
            with self.subTest(lines=lines):
                body = self.change(**sections)
                for line in lines:
                    self.assertIn(f"<li>{line}</li>", body)

    def test_many_changes_are_one_message(self):
        body = self.change(
            accountinfo={"TAG": "Lyon"}, monitors=[], drives=[], storages=[]
        )
        self.assertEqual(body.count("<li>"), 4)
        self.assertIn("TAG: Paris → Lyon", body)
        self.assertIn("Volume removed: C: (237.4 GB)", body)

    def test_addresses(self):
        body = self.change(networks=[{**CARD, "IPADDRESS": "192.0.2.77"}])
        self.assertIn("IP addresses: 192.0.2.10 → 192.0.2.77", body)
        self.backend.log_addresses = False
        self.assertFalse(self.change(networks=[{**CARD, "IPADDRESS": "192.0.2.78"}]))

    def test_volatile_parts_are_not_reported(self):
        bridge = {"MACADDR": "", "DESCRIPTION": "docker0", "VIRTUALDEV": 1}
        bridge["IPADDRESS"] = "172.17.0.1"
        body = self.change(
            storages=[DISK, STICK],
            networks=[{**CARD, "IPADDRESS": "192.0.2.10"}, bridge],
            hardware={"USERID": "another"},
        )
        self.assertFalse(body)
        self.assertEqual(len(self.components(kind="disk")), 2)

    def test_new_device_name_is_no_change(self):
        """The device name of a disk may change with each start."""
        self.assertFalse(self.change(storages=[{**DISK, "NAME": "sdb"}]))

    def test_locked_value_is_not_reported(self):
        """The asset keeps its serial number, so nothing changed."""
        self.asset.serial_no = "MINE"
        self.assertFalse(self.change(bios={"SSN": "5CG0001"}))
        self.assertEqual(self.asset.serial_no, "MINE")

    def test_first_import_of_a_section_is_not_reported(self):
        storages = self.env.ref("connector_ocs.section_storages")
        self.backend.section_ids -= storages
        self.ocs[2] = self.computer()
        asset = self.import_computer(2).odoo_id
        before = asset.message_ids
        self.backend.section_ids += storages
        self.import_computer(2)
        self.assertEqual(len(asset.disk_ids), 1)
        self.assertEqual(asset.message_ids, before)

    def test_first_import_of_components_is_not_reported(self):
        self.asset.component_ids.unlink()
        self.binding(1).digests = False
        self.env.invalidate_all()
        self.assertFalse(self.change(hardware={"NAME": "PC-2"}))
        self.assertEqual(self.asset.name, "PC-2")
        self.assertTrue(self.asset.component_ids)

    def test_names_are_escaped(self):
        body = self.change(
            hardware={"NAME": "<script>alert(1)</script>"},
            storages=[{"NAME": "x", "MODEL": "<img src=x onerror=alert(1)>"}],
        )
        self.assertNotIn("<script>", body)
        self.assertNotIn("<img", body)
        self.assertIn("&lt;script&gt;", body)

    def test_long_list_of_changes_is_shortened(self):
        rows = [{"MACADDR": f"02:4A:00:00:{n:02X}:00"} for n in range(200)]
        body = self.change(networks=[*rows, {**CARD, "IPADDRESS": "192.0.2.10"}])
        self.assertLess(body.count("<li>"), 30)
        self.assertIn("180 more", body)

    def test_message_leaves_the_asset_untouched(self):
        self.assertTrue(self.asset._ocs_is_untouched())
        self.assertTrue(self.change(accountinfo={"TAG": "Lyon"}))
        self.assertTrue(self.asset._ocs_is_untouched())
