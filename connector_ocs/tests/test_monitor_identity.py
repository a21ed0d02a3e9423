# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_monitor
from .monitors import MonitorMixin
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestMonitorIdentity(MonitorMixin, RunCase):
    """Matching of monitors with assets, without guessing."""

    def all_monitors(self):
        bindings = self.env["ocs.monitor.binding"].with_context(active_test=False)
        return bindings.search([("backend_id", "=", self.backend.id)]).odoo_id

    # A serial number that appears later

    def test_serial_appears_on_a_known_monitor(self):
        computer = self.report(1, "", on=1)
        monitor = computer.monitor_ids
        self.report(1, self.SERIAL, on=2)
        self.assertEqual(self.all_monitors(), monitor)
        self.assertEqual(monitor.serial_no, self.SERIAL)
        self.assertEqual(self.periods(monitor), [("PC-1", 1, False)])
        self.assertIn("serial number “CN0ABC123”", self.notes(monitor)[-1])
        self.assert_idempotent(1)
        other = self.report(2, self.SERIAL, on=3)
        self.assertEqual(monitor.computer_id, other.odoo_id)

    def test_serial_appears_on_one_of_two(self):
        """Either of the two may get it; the other one stays."""
        self.report(1, "", "", on=1)
        self.report(1, "", self.SERIAL, on=2)
        self.assertEqual(len(self.all_monitors()), 2)

    def test_two_serials_for_two_monitors_are_new_monitors(self):
        before = self.report(1, "", "", on=1).monitor_ids
        after = self.report(1, "CN0ABC111", "CN0ABC222", on=2).monitor_ids
        self.assertFalse(before & after)
        self.assertEqual(len(self.all_monitors()), 4)

    def test_two_serials_for_one_monitor_are_new_monitors(self):
        before = self.report(1, "", on=1).monitor_ids
        after = self.report(1, "CN0ABC111", "CN0ABC222", on=2).monitor_ids
        self.assertFalse(before & after)

    def test_serial_appears_on_another_model(self):
        before = self.report(1, "", on=1).monitor_ids
        self.report(1, self.SERIAL, on=2, caption="SyncMaster")
        self.assertNotIn(before, self.monitor())

    def test_monitor_with_a_known_serial_moves(self):
        """The monitor without a serial number is another one."""
        self.report(1, self.SERIAL, on=1)
        monitor = self.monitor()
        before = self.report(2, "", on=1).monitor_ids
        self.report(2, self.SERIAL, on=2)
        self.assertEqual(self.monitor(), monitor)
        self.assertFalse(before.serial_no)

    def test_serial_appears_and_disappears(self):
        self.report(1, "", on=1)
        self.report(1, self.SERIAL, on=2)
        monitor = self.monitor()
        self.report(1, "", on=3)
        self.report(1, self.SERIAL, on=4)
        self.assertEqual(self.monitor(), monitor)
        self.assertEqual(len(self.all_monitors()), 2)
        self.assert_idempotent(1)

    # One serial number, two manufacturers

    def monitor_rows(self, *manufacturers):
        return [ocs_monitor("0001234X", MANUFACTURER=each) for each in manufacturers]

    def test_two_manufacturers_on_one_computer(self):
        computer = self.report(1, *self.monitor_rows("Dell Inc.", "Samsung"), on=1)
        monitors = computer.monitor_ids
        self.assertEqual(len(monitors), 2)
        self.assertIn("imported as two monitors", computer.warnings)
        self.assert_idempotent(1)
        self.report(1, *self.monitor_rows("Samsung", "Dell Inc."), on=2)
        self.assertEqual(computer.monitor_ids, monitors)
        dell = monitors.filtered(lambda each: each.manufacturer == "Dell Inc.")
        self.assertEqual(dell.serial_no, "0001234X")
        self.report(1, *self.monitor_rows("Samsung"), on=3)
        self.assertEqual(computer.monitor_ids, monitors - dell)
        self.assertEqual(dell.manufacturer, "Dell Inc.")

    def test_two_manufacturers_on_two_computers(self):
        first = self.report(1, *self.monitor_rows("Dell Inc."), on=1)
        second = self.report(2, *self.monitor_rows("Samsung"), on=2)
        self.assertEqual(len(first.monitor_ids | second.monitor_ids), 2)
        self.assertTrue(first.monitor_ids.serial_no)
        self.assertFalse(second.monitor_ids.serial_no)
        self.assertIn("0001234X", second.warnings)
        self.assert_idempotent(1, 2)

    def test_manufacturer_in_another_spelling(self):
        monitor = self.report(1, *self.monitor_rows("DEL"), on=1).monitor_ids
        self.report(1, *self.monitor_rows("Dell Inc."), on=2)
        self.assertEqual(self.all_monitors(), monitor)
        self.assertEqual(monitor.manufacturer, "Dell Inc.")

    def test_manufacturer_is_missing(self):
        monitor = self.report(1, *self.monitor_rows("Dell Inc."), on=1).monitor_ids
        self.report(2, *self.monitor_rows(""), on=2)
        self.assertEqual(self.all_monitors(), monitor)

    def test_caption_in_another_language(self):
        self.report(1, self.SERIAL, on=1, caption="Generic PnP Monitor")
        self.report(2, self.SERIAL, on=2, caption="PnP-Monitor (Standard)")
        self.assertEqual(len(self.all_monitors()), 1)

    # Exact comparison

    def test_serials_are_compared_exactly(self):
        """Wildcards are literal, and case matters."""
        serials = ("CN0ABC12_", "CN0ABC12%", "CN0ABC123", "cn0abc123")
        computer = self.report(1, *serials, on=1)
        self.assertEqual(len(computer.monitor_ids), len(serials))

    def test_serial_that_looks_like_the_key_of_another_monitor(self):
        """It is not rewritten when its computer has a new ID."""
        computer = self.report(1, "1/2019-ABC", "", on=1)
        monitors = computer.monitor_ids
        computer._rebind(3, "Test")
        self.report(3, "1/2019-ABC", "", on=2)
        self.assertEqual(self.all_monitors(), monitors)

    # Assets created manually

    def create_asset(self, **values):
        return self.env["maintenance.equipment"].create(
            {"name": "Screen", "serial_no": self.SERIAL, **values}
        )

    def test_manual_asset_is_linked(self):
        category = self.env["maintenance.equipment.category"].create({"name": "Mine"})
        asset = self.create_asset(category_id=category.id, note="In the attic.")
        computer = self.report(1, self.SERIAL, on=1)
        self.assertEqual(self.all_monitors(), asset)
        self.assertEqual(asset.computer_id, computer.odoo_id)
        self.assertEqual(asset.category_id, category)
        self.assertIn("In the attic.", asset.note)
        self.assertEqual(asset.serial_no, self.SERIAL)
        self.assertFalse(computer.warnings)
        self.assertEqual(self.periods(asset), [("PC-1", 1, False)])
        self.assertIn("reports a monitor", " ".join(self.notes(asset)))
        self.assert_idempotent(1)

    def test_asset_without_company_is_linked(self):
        asset = self.create_asset(company_id=False)
        self.report(1, self.SERIAL, on=1)
        self.assertEqual(self.all_monitors(), asset)

    def test_unsuitable_assets_are_not_linked(self):
        other = self.env["res.company"].create({"name": "Other"})
        computers = self.backend.computer_category_id
        for values in (
            {"company_id": other.id},
            {"active": False},
            {"category_id": computers.id},
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                asset = self.create_asset(**values)
                computer = self.report(1, self.SERIAL, on=1)
                self.assertNotIn(asset, self.all_monitors())
                self.assertFalse(computer.monitor_ids.serial_no)
                self.assertIn("belongs to", computer.warnings)
                savepoint.rollback()

    def test_asset_of_another_backend_is_not_linked(self):
        self.report(1, self.SERIAL, on=1)
        self.backend = self.backend.copy({"name": "Other", "version": "2.9.1"})
        computer = self.report(2, self.SERIAL, on=1)
        self.assertEqual(len(self.all_monitors()), 1)
        self.assertFalse(computer.monitor_ids.serial_no)

    def test_blacklisted_serial_links_nothing(self):
        asset = self.create_asset(serial_no="00000000")
        self.report(1, "00000000", on=1)
        self.assertNotIn(asset, self.all_monitors())
