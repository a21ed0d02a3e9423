# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from ..components.match_asset import OcsAssetMatcher
from ..components.match_asset_linker import OcsAssetLinker
from .common import ocs_monitor
from .ownership import locked_fields
from .runs import RunCase

SERIAL = "5CG0007XYZ"
UUID = "4C4C4544-0042-3510-8052-000000000007"
OTHER_UUID = "4C4C4544-0042-3510-8052-0000000000FF"
BOARD = "/5CG0007XYZ/CN1296300000/"
MACS = ("00:4A:00:00:00:01", "00:4A:00:00:00:02")


class AssetCase(RunCase):
    """Test case with computer 7, new in OCS, whose asset may already exist."""

    def setUp(self):
        super().setUp()
        self.ocs[7] = self.machine(
            7,
            bios={"SSN": SERIAL, "MSN": BOARD},
            networks=[{"MACADDR": mac} for mac in MACS],
        )

    def create_asset(self, **values):
        """Create an asset manually."""
        values.setdefault("company_id", self.backend.company_id.id)
        return self.env["maintenance.equipment"].create({"name": "Manual", **values})

    def use_keys(self, *keys):
        """Use only these matching keys."""
        for line in self.backend.matching_key_ids:
            line.active = line.key in keys

    def import_new(self):
        return self.import_computer(7)

    def assert_linked(self, asset):
        self.assertEqual(self.import_new().odoo_id, asset)

    def assert_new(self, *assets):
        binding = self.import_new()
        self.assertTrue(binding)
        for asset in assets:
            self.assertNotEqual(binding.odoo_id, asset)

    def assert_ambiguous(self, *assets):
        self.assertFalse(self.import_new())
        issue = self.issue(7)
        self.assertEqual(issue.reason, "ambiguous")
        self.assertEqual(set(issue.candidate_ids), set(assets))
        for asset in assets:
            self.assertIn(str(asset.id), issue.message)
        return issue


@tagged("post_install", "-at_install")
class TestAssetMatcher(AssetCase):
    """A new computer is matched with an existing asset."""

    def test_each_key(self):
        for values, reason in (
            ({"serial_no": SERIAL}, f"the serial number “{SERIAL}”"),
            ({"serial_no": SERIAL.lower()}, f"the serial number “{SERIAL}”"),
            ({"board_serial": BOARD}, "the board serial"),
            ({"hardware_uuid": UUID.lower()}, f"UUID “{UUID}”"),
            ({"mac_addresses": ", ".join(MACS)}, MACS[0]),
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                asset = self.create_asset(**values)
                self.assert_linked(asset)
                binding = self.binding(7)
                self.assertIn(reason, binding.match_reason)
                self.assertTrue(binding.matched_on)
                self.assertIn(reason, self.notes(asset)[-1])
                self.assertEqual(asset.serial_no.upper(), SERIAL)
                self.assertEqual(asset.name, "Manual")  # set by a user
                savepoint.rollback()

    def test_disabled_key_does_not_match(self):
        by_name, by_uuid = (
            self.create_asset(name="PC-7"),
            self.create_asset(hardware_uuid=UUID),
        )
        self.use_keys("name")
        self.assert_linked(by_name)
        by_name.unlink()
        self.use_keys("serial")
        self.assert_new(by_uuid)

    def test_name_is_disabled_by_default(self):
        self.assert_new(self.create_asset(name="PC-7"))

    def test_order_of_keys(self):
        by_uuid = self.create_asset(hardware_uuid=UUID)
        by_mac = self.create_asset(mac_addresses=", ".join(MACS))
        keys = {line.key: line for line in self.backend.matching_key_ids}
        keys["mac"].sequence = 0
        self.assert_linked(by_mac)
        self.assertFalse(by_uuid.ocs_bind_ids)

    def test_history_is_kept(self):
        """The asset keeps its category, its messages and its ID."""
        category = self.env["maintenance.equipment.category"].create({"name": "Lab"})
        asset = self.create_asset(serial_no=SERIAL, category_id=category.id)
        asset.message_post(body="Repaired.")
        self.assert_linked(asset)
        self.assertEqual(asset.category_id, category)
        self.assertIn("Repaired.", " ".join(self.notes(asset)))
        self.assertEqual(asset.processor, "Intel Core i5")

    def test_linked_asset_is_not_untouched(self):
        """A user created it, so it is never the redundant one of two assets."""
        asset = self.create_asset(serial_no=SERIAL)
        asset.message_ids.unlink()
        self.assert_linked(asset)
        self.assertFalse(asset._ocs_is_untouched())

    def test_second_import_writes_nothing(self):
        asset = self.create_asset(serial_no=SERIAL)
        self.assert_linked(asset)
        self.env.flush_all()
        tables = ("maintenance_equipment", "ocs_computer_binding", "mail_message")
        before = self.versions(*tables)
        self.import_computer(7, force=True)
        self.assertEqual(self.versions(*tables), before)

    def test_serial_number_in_lower_case(self):
        """The asset keeps the user's spelling, even under a new ID in OCS."""
        asset = self.create_asset(serial_no=SERIAL.lower())
        self.assert_linked(asset)
        self.import_changed(force=True)
        self.assertEqual(asset.serial_no, SERIAL.lower())
        self.assertEqual(locked_fields(asset), ["name", "serial_no"])
        self.assertFalse(self.binding(7).is_conflicting)
        self.ocs[17] = self.ocs.pop(7)
        self.import_changed()
        self.assertEqual(self.binding(17).odoo_id, asset)
        self.assertEqual(asset.serial_no, SERIAL.lower())

    def test_linked_by_another_job(self):
        """The job is retried, and then finds the binding."""
        asset = self.create_asset(serial_no=SERIAL)
        self.ocs[8] = self.machine(8)
        self.import_computer(8)
        self.binding(8).odoo_id = asset
        typed = {"ocs_serial": SERIAL}

        def nothing(component, _assets):
            return component.model

        with (
            mute_logger("odoo.sql_db"),
            mock.patch.object(OcsAssetMatcher, "_own_bindings", nothing),
            mock.patch.object(OcsAssetMatcher, "_descriptions", lambda *_: [typed]),
            mock.patch.object(OcsAssetLinker, "_removed_binding", nothing),
            self.assertRaises(RetryableJobError),
            self.env.cr.savepoint(),
        ):
            self.import_new()

    def test_different_serial_number(self):
        """A cloned virtual machine is another machine."""
        asset = self.create_asset(hardware_uuid=UUID, serial_no="5CG9999XYZ")
        self.assert_new(asset)

    def test_different_uuid_is_ambiguous(self):
        self.assert_ambiguous(
            self.create_asset(serial_no=SERIAL, hardware_uuid=OTHER_UUID)
        )

    def test_different_uuid_outweighs_a_mac_address(self):
        """The network adapter of a dock is weaker evidence than a UUID."""
        macs = ", ".join(MACS)
        self.assert_new(self.create_asset(mac_addresses=macs, hardware_uuid=OTHER_UUID))

    def test_archived_asset_is_ambiguous(self):
        self.assert_ambiguous(self.create_asset(serial_no=SERIAL, active=False))

    def test_archived_asset_does_not_match_by_name(self):
        """The computer has replaced it."""
        self.use_keys("name")
        self.assert_new(self.create_asset(name="PC-7", active=False))

    def test_two_assets_are_ambiguous(self):
        self.use_keys("name")
        issue = self.assert_ambiguous(
            self.create_asset(name="PC-7"), self.create_asset(name="PC-7")
        )
        self.assertIn("Several assets", issue.message)
        self.assertIn("computer name “PC-7”", issue.message)

    def test_asset_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        asset = self.create_asset(serial_no=SERIAL, company_id=other.id)
        self.assert_new(asset)
        self.assertIn("another company", self.binding(7).warnings)

    def test_asset_without_company(self):
        self.assert_linked(self.create_asset(serial_no=SERIAL, company_id=False))

    def test_placeholder_does_not_match(self):
        """The next key is used."""
        self.ocs[7]["bios"]["SSN"] = "Default string"
        self.create_asset(name="Placeholder", serial_no="Default string")
        self.assert_linked(self.create_asset(hardware_uuid=UUID))

    def test_shared_value_does_not_match(self):
        """Two computers have the UUID, so the MAC addresses decide."""
        self.ocs[8] = self.machine(8, hardware={"UUID": UUID})
        by_uuid = self.create_asset(hardware_uuid=UUID, name="Clone")
        by_mac = self.create_asset(mac_addresses=", ".join(MACS))
        self.assert_linked(by_mac)
        self.assertFalse(by_uuid.ocs_bind_ids)

    def test_shared_serial_number_is_ambiguous(self):
        """The asset may belong to either computer."""
        self.ocs[8] = self.machine(8, bios={"SSN": SERIAL})
        asset = self.create_asset(serial_no=SERIAL)
        issue = self.assert_ambiguous(asset)
        self.assertIn("or another computer in OCS", issue.message)

    def test_asset_of_another_computer(self):
        """A computer keeps its asset."""
        self.import_computer(8, self.machine(8, hardware={"UUID": UUID}))
        del self.ocs[8]  # not yet detected by a run
        self.ocs[7]["bios"]["SSN"] = "Default string"
        self.assert_new(self.binding(8).odoo_id)

    def test_asset_of_another_backend(self):
        other = self.backend.copy({"name": "Other OCS", "version": "2.9.1"})
        self.env["ocs.computer.binding"].import_record(other, 7)
        theirs = self.env["ocs.computer.binding"]._find(other, 7)
        self.ocs[7]["bios"]["SSN"] = "0"
        self.ocs[7]["hardware"]["UUID"] = ""
        self.assert_linked(theirs.odoo_id)
        self.assertIn("device ID", self.binding(7).match_reason)

    def test_monitor_does_not_match(self):
        self.import_computer(1, self.machine(1, monitors=[ocs_monitor(SERIAL)]))
        monitor = self.binding(1).monitor_ids
        self.assertEqual(monitor.serial_no, SERIAL)
        self.assert_new(monitor)

    def test_reason_of_a_new_asset(self):
        reason = self.import_new().match_reason
        for part in ("Created: no existing", SERIAL, UUID, MACS[0], BOARD, "device ID"):
            self.assertIn(part, reason)

    def test_computer_without_identifier(self):
        self.ocs[7] = self.machine(
            7, hardware={"DEVICEID": "MANUEL", "UUID": ""}, bios={"SSN": "0"}
        )
        self.assertIn("no value that identifies it", self.import_new().match_reason)
