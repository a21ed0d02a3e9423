# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_rebind import RebindCase

MACS = [{"MACADDR": "00:4A:00:00:00:01"}, {"MACADDR": "00:4A:00:00:00:02"}]


@tagged("post_install", "-at_install")
class TestMatchingKeys(RebindCase):
    """Administrators choose the keys that match a machine with a new ID."""

    def setUp(self):
        super().setUp()
        self.ocs[2]["bios"]["MSN"] = "/BOARD2/"
        self.ocs[2]["networks"] = MACS
        self.import_changed()
        self.keys = {line.key: line for line in self.backend.matching_key_ids}

    def test_default_keys(self):
        lines = self.backend.matching_key_ids.sorted("sequence")
        self.assertEqual(
            [(line.key, line.active) for line in lines],
            [
                ("device_id", True),
                ("serial", True),
                ("board_serial", True),
                ("uuid", True),
                ("mac", True),
                ("name", False),
            ],
        )

    def test_copied_backend_has_the_same_keys(self):
        self.keys["uuid"].active = False
        copied = self.backend.copy()
        self.assertEqual(len(copied.matching_key_ids), 6)
        self.assertNotIn("hardware_uuid", copied._matching_fields())

    def test_key_is_unique(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.keys["uuid"].key = "mac"
            self.env.flush_all()

    def test_weaker_keys_match(self):
        """Without UUID and serial number, the other keys match the machine."""
        self.keys["name"].active = True
        name = {"hardware": {"NAME": "PC-2"}}
        for sections, reason in (
            ({"bios": {"SSN": "0", "MSN": "/BOARD2/"}, **name}, "the board"),
            ({"bios": {"SSN": "0"}, "networks": MACS[::-1], **name}, "MAC addresses"),
            ({"bios": {"SSN": "0"}, **name}, "computer name"),
        ):
            sections["hardware"] = {"UUID": "", **sections.get("hardware", {})}
            with self.subTest(reason), self.env.cr.savepoint() as savepoint:
                run = self.replace(**sections)
                self.assert_same_asset()
                self.assertEqual(run.rebound_count, 1)
                self.assertIn(reason, self.binding(3).match_reason)
                savepoint.rollback()

    def test_different_uuid_prevents_a_weak_match(self):
        self.replace(bios={"SSN": "0"}, networks=MACS)
        self.assert_another_asset()

    def test_some_of_the_mac_addresses_do_not_match(self):
        self.replace(hardware={"UUID": ""}, bios={"SSN": "0"}, networks=MACS[:1])
        self.assert_another_asset()

    def test_inactive_name_does_not_match(self):
        self.replace(hardware={"UUID": "", "NAME": "PC-2"}, bios={"SSN": "0"})
        self.assert_another_asset()

    def test_inactive_serial_number_does_not_match(self):
        self.keys["serial"].active = False
        self.replace(bios={"SSN": "5CG0002XYZ"})
        self.assert_another_asset()

    def test_first_key_wins(self):
        """The new computer matches two removed ones by different keys."""
        other = self.fill(5)
        uuid = self.ocs[5]["hardware"]["UUID"]
        self.ocs[5]["bios"]["SSN"] = "0"
        self.import_changed()
        del self.ocs[5]
        self.keys["uuid"].sequence = 0
        self.replace(hardware={"UUID": uuid}, bios={"SSN": "5CG0002XYZ"})
        self.assertEqual(self.binding(3), other)

    def test_merges_of_ocs_match_without_keys(self):
        """Merges recorded by OCS always match first."""
        self.backend.matching_key_ids.unlink()
        self.merged = {2: 3}
        self.replace(hardware={"UUID": ""}, bios={"SSN": ""})
        self.assert_same_asset()
        self.assertIn("deleted_equiv", self.binding(3).match_reason)
