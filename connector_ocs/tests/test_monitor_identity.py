# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_monitor
from .monitors import MonitorMixin
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestMonitorIdentity(MonitorMixin, RunCase):
    """Matching of monitors with assets, without guessing."""

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
        """A switch may hide it."""
        self.report(1, "", on=1)
        self.report(1, self.SERIAL, on=2)
        monitor = self.monitor()
        for on, serial in ((3, ""), (4, "None"), (5, self.SERIAL), (6, "")):
            self.report(1, serial, on=on)
            self.assertEqual(self.all_monitors(), monitor)
            self.assertEqual(monitor.serial_no, self.SERIAL)
            self.assert_idempotent(1)
        self.assertEqual(self.periods(monitor), [("PC-1", 1, False)])

    def test_serial_of_one_of_two_disappears(self):
        """It may be either of them."""
        before = self.report(1, "CN0ABC111", "CN0ABC222", on=1).monitor_ids
        after = self.report(1, "", "CN0ABC222", on=2).monitor_ids
        self.assertEqual(after, before)
        after = self.report(1, "", "", on=3).monitor_ids
        self.assertFalse(after & before)

    def assert_both_have_one(self, monitor):
        """Assert that the monitor is on computer 2 and computer 1 has one without."""
        (other,) = self.binding(1).monitor_ids
        self.assertNotEqual(other, monitor)
        self.assertFalse(other.serial_no)
        self.assertEqual(self.binding(2).monitor_ids, monitor)
        self.assertEqual(monitor.serial_no, self.SERIAL)
        self.assert_idempotent(1, 2)

    def test_serial_is_hidden_on_one_and_appears_on_another(self):
        """The monitor moved, and the one in its place has no serial number."""
        monitor = self.report(1, self.SERIAL, on=1).monitor_ids
        self.inventory(1, "", on=2)
        self.report(2, self.SERIAL, on=3)
        self.assert_both_have_one(monitor)

    def test_hidden_serial_appears_on_another_later(self):
        """The first computer reports nothing new, but is imported again."""
        monitor = self.report(1, self.SERIAL, on=1).monitor_ids
        self.report(1, "None", on=2)
        self.assertEqual(self.binding(1).monitor_ids, monitor)
        self.report(2, self.SERIAL, on=3)
        self.assert_both_have_one(monitor)

    def test_hidden_serial_of_a_removed_computer(self):
        monitor = self.report(1, self.SERIAL, on=1).monitor_ids
        self.report(1, "", on=2)
        del self.ocs[1]
        self.report(2, self.SERIAL, on=3)
        self.assertEqual(self.binding(2).monitor_ids, monitor)

    # One serial number, two monitors

    def monitor_rows(self, *manufacturers):
        return [ocs_monitor("0001234X", MANUFACTURER=each) for each in manufacturers]

    def test_two_manufacturers_on_one_computer(self):
        computer = self.report(1, *self.monitor_rows("Dell Inc.", "Samsung"), on=1)
        monitors = computer.monitor_ids
        self.assertEqual(len(monitors), 2)
        self.assertIn("report the serial number “0001234X”", computer.warnings)
        self.assert_idempotent(1)
        self.report(1, *self.monitor_rows("Samsung", "Dell Inc."), on=2)
        self.assertEqual(computer.monitor_ids, monitors)
        dell = monitors.filtered(lambda each: each.manufacturer == "Dell Inc.")
        self.report(1, *self.monitor_rows("Samsung"), on=3)
        self.assertEqual(computer.monitor_ids, monitors - dell)
        self.assertEqual(dell.manufacturer, "Dell Inc.")
        self.assertFalse(any(monitors.mapped("serial_no")))

    def test_two_manufacturers_on_two_computers(self):
        first = self.report(1, *self.monitor_rows("Dell Inc."), on=1)
        monitor = first.monitor_ids
        second = self.report(2, *self.monitor_rows("Samsung"), on=2)
        self.assertEqual(first.monitor_ids, monitor)
        self.assertEqual(len(second.monitor_ids - monitor), 1)
        self.assertFalse(any(self.all_monitors().mapped("serial_no")))
        self.assertIn("0001234X", second.warnings)
        self.assert_idempotent(1, 2)

    def test_different_monitor_takes_the_place(self):
        """The first one keeps the serial number, on the shelf."""
        for values in (
            {"CAPTION": "DELL U2720Q"},
            {"DESCRIPTION": "40/2020"},
            {"DESCRIPTION": "12/2021"},
            {"CAPTION": "SyncMaster", "MANUFACTURER": "SAM"},
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                self.ocs.clear()
                first = self.report(1, self.SERIAL, on=1).monitor_ids
                computer = self.report(1, ocs_monitor(self.SERIAL, **values), on=2)
                self.assertEqual(len(computer.monitor_ids), 1)
                self.assertNotEqual(computer.monitor_ids, first)
                self.assertTrue(first.unplugged_since)
                self.assertEqual(first.serial_no, self.SERIAL)
                self.assert_idempotent(1)
                savepoint.rollback()

    def test_two_monitors_with_a_truncated_serial(self):
        rows = [
            ocs_monitor("LQX0C0000001", DESCRIPTION=made)
            for made in ("12/2014", "40/2014", "40/2014")
        ]
        computer = self.report(1, *rows, on=1)
        monitors = computer.monitor_ids
        weeks = sorted(monitors.mapped("manufacture_week"))
        self.assertEqual(weeks, [12, 40])
        self.assertFalse(any(monitors.mapped("serial_no")))
        self.report(1, rows[1], on=2)
        self.assertEqual(computer.monitor_ids.manufacture_week, 40)
        self.report(1, *rows[::-1], on=3)
        self.assertEqual(computer.monitor_ids, monitors)
        self.assert_idempotent(1)

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

    # Comparison

    def test_wildcards_are_literal(self):
        serials = ("CN0ABC12_", "CN0ABC12%", "CN0ABC123")
        computer = self.report(1, *serials, on=1)
        self.assertEqual(len(computer.monitor_ids), len(serials))

    def test_case_and_blanks_do_not_matter(self):
        self.report(1, "CN-0ABC 123", on=1)
        monitor = self.all_monitors()
        other = self.report(2, "cn-0abc123", on=2)
        self.assertEqual(self.all_monitors(), monitor)
        self.assertEqual(monitor.computer_id, other.odoo_id)
        self.assertEqual(len(self.report(2, "cn-0abc123", "CN-0ABC123", on=3)), 1)
        self.assertEqual(self.all_monitors(), monitor)

    def test_serial_that_looks_like_the_key_of_another_monitor(self):
        """It is not rewritten when its computer has a new ID."""
        computer = self.report(1, "1/2019-ABC", "", on=1)
        monitors = computer.monitor_ids
        computer._rebind(3, "Test")
        self.ocs[3] = self.ocs.pop(1)
        self.import_changed()
        self.assertEqual(computer.external_id, 3)
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
        self.assertIn("reports this monitor", " ".join(self.notes(asset)))
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
                self.ocs.clear()
                asset = self.create_asset(**values)
                computer = self.report(1, self.SERIAL, on=1)
                self.assertNotIn(asset, self.all_monitors())
                self.assertFalse(computer.monitor_ids.serial_no)
                self.assertIn("belongs to", computer.warnings)
                savepoint.rollback()

    def test_blacklisted_serial_links_nothing(self):
        asset = self.create_asset(serial_no="00000000")
        self.report(1, "00000000", on=1)
        self.assertNotIn(asset, self.all_monitors())
