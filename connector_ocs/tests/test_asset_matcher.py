# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from ..components.asset_linker import OcsAssetLinker
from ..components.asset_matcher import OcsAssetMatcher
from .common import ocs_monitor
from .runs import RunCase

SERIAL = "5CG0007XYZ"
UUID = "4C4C4544-0042-3510-8052-000000000007"
OTHER_UUID = "4C4C4544-0042-3510-8052-0000000000FF"
BOARD = "/5CG0007XYZ/CN1296300000/"
MACS = ("02:4A:00:00:00:01", "02:4A:00:00:00:02")


class AssetCase(RunCase):
    """The computer 7 is new in OCS; somebody may have made its asset."""

    def setUp(self):
        super().setUp()
        self.ocs[7] = self.machine(
            7,
            bios={"SSN": SERIAL, "MSN": BOARD},
            networks=[{"MACADDR": mac} for mac in MACS],
        )

    def make(self, **values):
        """An asset that somebody made."""
        values.setdefault("company_id", self.backend.company_id.id)
        return self.env["maintenance.equipment"].create({"name": "Made", **values})

    def use_only(self, *keys):
        for line in self.backend.matching_key_ids:
            line.active = line.key in keys

    def import_it(self):
        return self.import_computer(7)

    def assert_linked(self, asset):
        self.assertEqual(self.import_it().odoo_id, asset)

    def assert_new(self, *assets):
        binding = self.import_it()
        self.assertTrue(binding)
        for asset in assets:
            self.assertNotEqual(binding.odoo_id, asset)

    def assert_ambiguous(self, *assets):
        self.assertFalse(self.import_it())
        issue = self.issue(7)
        self.assertEqual(issue.reason, "ambiguous")
        self.assertEqual(set(issue.candidate_ids), set(assets))
        for asset in assets:
            self.assertIn(str(asset.id), issue.message)
        return issue


@tagged("post_install", "-at_install")
class TestAssetMatcher(AssetCase):
    """A computer that OCS has, and an asset that was there before."""

    def test_each_key(self):
        for values, reason in (
            ({"serial_no": SERIAL}, f"the serial number “{SERIAL}”"),
            ({"serial_no": SERIAL.lower()}, f"the serial number “{SERIAL}”"),
            ({"board_serial": BOARD}, "the board serial"),
            ({"hardware_uuid": UUID.lower()}, f"UUID “{UUID}”"),
            ({"mac_addresses": ", ".join(MACS)}, MACS[0]),
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                asset = self.make(**values)
                self.assert_linked(asset)
                binding = self.binding(7)
                self.assertIn(reason, binding.match_reason)
                self.assertTrue(binding.matched_on)
                self.assertIn(reason, self.notes(asset)[-1])
                self.assertEqual(asset.serial_no.upper(), SERIAL)
                self.assertEqual(asset.name, "Made")  # a person's
                savepoint.rollback()

    def test_only_what_is_used(self):
        """A key that is off is none; the name is off as installed."""
        by_name, by_uuid = self.make(name="PC-7"), self.make(hardware_uuid=UUID)
        self.use_only("name")
        self.assert_linked(by_name)
        by_name.unlink()
        self.use_only("serial")
        self.assert_new(by_uuid)

    def test_name_is_off(self):
        self.assert_new(self.make(name="PC-7"))

    def test_order(self):
        by_uuid = self.make(hardware_uuid=UUID)
        by_mac = self.make(mac_addresses=", ".join(MACS))
        keys = {line.key: line for line in self.backend.matching_key_ids}
        keys["mac"].sequence = 0
        self.assert_linked(by_mac)
        self.assertFalse(by_uuid.ocs_bind_ids)

    def test_history_stays(self):
        """It is the same asset: its category, its messages, its id."""
        category = self.env["maintenance.equipment.category"].create({"name": "Lab"})
        asset = self.make(serial_no=SERIAL, category_id=category.id)
        asset.message_post(body="Repaired.")
        self.assert_linked(asset)
        self.assertEqual(asset.category_id, category)
        self.assertIn("Repaired.", " ".join(self.notes(asset)))
        self.assertEqual(asset.processor, "Intel Core i5")

    def test_somebody_made_it(self):
        """So it is never the superfluous one of two."""
        asset = self.make(serial_no=SERIAL)
        asset.message_ids.unlink()
        self.assert_linked(asset)
        self.assertFalse(asset._ocs_is_untouched())

    def test_twice_is_once(self):
        asset = self.make(serial_no=SERIAL)
        self.assert_linked(asset)
        self.env.flush_all()
        tables = ("maintenance_equipment", "ocs_computer_binding", "mail_message")
        before = self.versions(*tables)
        self.import_computer(7, force=True)
        self.assertEqual(self.versions(*tables), before)

    def test_written_in_small_letters(self):
        """The asset keeps what a person entered, also when its computer is new."""
        asset = self.make(serial_no=SERIAL.lower())
        self.assert_linked(asset)
        self.import_changed(force=True)
        self.assertEqual(asset.serial_no, SERIAL.lower())
        self.assertEqual(asset._ocs_locked_fields(), ["name", "serial_no"])
        self.assertFalse(self.binding(7).is_conflicting)
        self.ocs[17] = self.ocs.pop(7)
        self.import_changed()
        self.assertEqual(self.binding(17).odoo_id, asset)
        self.assertEqual(asset.serial_no, SERIAL.lower())

    def test_linked_by_another_job(self):
        """The next try sees it."""
        asset = self.make(serial_no=SERIAL)
        self.ocs[8] = self.machine(8)
        self.import_computer(8)
        self.binding(8).odoo_id = asset

        def nothing(component, _assets):
            return component.model

        with (
            mute_logger("odoo.sql_db"),
            mock.patch.object(OcsAssetMatcher, "_own_bindings", nothing),
            mock.patch.object(OcsAssetLinker, "_removed_binding", nothing),
            self.assertRaises(RetryableJobError),
            self.env.cr.savepoint(),
        ):
            self.import_it()

    def test_another_serial_number(self):
        """A copied virtual machine is another one."""
        asset = self.make(hardware_uuid=UUID, serial_no="5CG9999XYZ")
        self.assert_new(asset)

    def test_another_uuid(self):
        self.assert_ambiguous(self.make(serial_no=SERIAL, hardware_uuid=OTHER_UUID))

    def test_another_uuid_and_a_weak_key(self):
        """The adapter of a dock says less than a UUID."""
        macs = ", ".join(MACS)
        self.assert_new(self.make(mac_addresses=macs, hardware_uuid=OTHER_UUID))

    def test_archived(self):
        self.assert_ambiguous(self.make(serial_no=SERIAL, active=False))

    def test_archived_of_the_same_name(self):
        """It was replaced by this one."""
        self.use_only("name")
        self.assert_new(self.make(name="PC-7", active=False))

    def test_two_assets(self):
        self.use_only("name")
        issue = self.assert_ambiguous(self.make(name="PC-7"), self.make(name="PC-7"))
        self.assertIn("Several assets", issue.message)
        self.assertIn("computer name “PC-7”", issue.message)

    def test_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        asset = self.make(serial_no=SERIAL, company_id=other.id)
        self.assert_new(asset)
        self.assertIn("another company", self.binding(7).warnings)

    def test_no_company(self):
        self.assert_linked(self.make(serial_no=SERIAL, company_id=False))

    def test_blacklisted_is_no_key(self):
        """The next key is asked."""
        self.ocs[7]["bios"]["SSN"] = "Default string"
        self.make(name="Blacklist", serial_no="Default string")
        self.assert_linked(self.make(hardware_uuid=UUID))

    def test_shared_is_no_key(self):
        """Two computers have the UUID: the MAC addresses decide."""
        self.ocs[8] = self.machine(8, hardware={"UUID": UUID})
        by_uuid = self.make(hardware_uuid=UUID, name="Copied")
        by_mac = self.make(mac_addresses=", ".join(MACS))
        self.assert_linked(by_mac)
        self.assertFalse(by_uuid.ocs_bind_ids)

    def test_shared_serial_number(self):
        """The asset may be the one or the other."""
        self.ocs[8] = self.machine(8, bios={"SSN": SERIAL})
        asset = self.make(serial_no=SERIAL)
        issue = self.assert_ambiguous(asset)
        self.assertIn("or another computer in OCS", issue.message)

    def test_of_this_ocs(self):
        """A computer that is there keeps its asset."""
        self.import_computer(8, self.machine(8, hardware={"UUID": UUID}))
        del self.ocs[8]  # which no run has seen yet
        self.ocs[7]["bios"]["SSN"] = "Default string"
        self.assert_new(self.binding(8).odoo_id)

    def test_of_another_ocs(self):
        other = self.backend.copy({"name": "Other OCS", "version": "2.9.1"})
        self.env["ocs.computer.binding"].import_record(other, 7)
        theirs = self.env["ocs.computer.binding"]._find(other, 7)
        self.ocs[7]["bios"]["SSN"] = "0"
        self.ocs[7]["hardware"]["UUID"] = ""
        self.assert_linked(theirs.odoo_id)
        self.assertIn("device ID", self.binding(7).match_reason)

    def test_monitor(self):
        self.import_computer(1, self.machine(1, monitors=[ocs_monitor(SERIAL)]))
        monitor = self.binding(1).monitor_ids
        self.assertEqual(monitor.serial_no, SERIAL)
        self.assert_new(monitor)

    def test_new(self):
        reason = self.import_it().match_reason
        for part in ("Created: no existing", SERIAL, UUID, MACS[0], BOARD, "device ID"):
            self.assertIn(part, reason)

    def test_nothing_to_know_it_by(self):
        self.ocs[7] = self.machine(
            7, hardware={"DEVICEID": "MANUEL", "UUID": ""}, bios={"SSN": "0"}
        )
        self.assertIn("no value that identifies it", self.import_it().match_reason)
