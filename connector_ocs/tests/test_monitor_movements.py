# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from freezegun import freeze_time

from odoo.tests import Form, new_test_user, tagged

from .common import ocs_monitor
from .monitors import MonitorMixin, day
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestMonitorMovements(MonitorMixin, RunCase):
    """Movements of a monitor are recorded on its asset, with their dates."""

    def test_first_report(self):
        self.report(1, self.SERIAL, on=3)
        monitor = self.monitor()
        self.assertEqual(self.periods(monitor), [("PC-1", 3, False)])
        self.assertFalse(monitor.unplugged_since)
        self.assertEqual(len(self.notes(monitor)), 0)
        self.assert_idempotent(1)

    def test_move_there_and_back(self):
        self.report(1, self.SERIAL, on=1)
        monitor = self.monitor()
        self.report(2, self.SERIAL, on=2)
        self.report(1, on=3)
        self.report(1, self.SERIAL, on=4)
        self.assertEqual(
            self.periods(monitor),
            [("PC-1", 1, 2), ("PC-2", 2, 4), ("PC-1", 4, False)],
        )
        first, second = self.notes(monitor)
        self.assertIn("Moved from PC-1 to PC-2, seen on 2026-01-02 10:00", first)
        self.assertIn("Moved from PC-2 to PC-1, seen on 2026-01-04 10:00", second)
        self.assert_idempotent(1, 2)

    def test_former_computer_reports_first(self):
        self.report(1, self.SERIAL, "CN0ABC456", on=1)
        monitor = self.monitor()
        self.report(1, "CN0ABC456", on=2)
        self.report(2, self.SERIAL, on=3)
        self.assertEqual(self.periods(monitor), [("PC-1", 1, 2), ("PC-2", 3, False)])
        self.assertEqual(len(self.notes(monitor)), 1)
        self.assertIn("Moved from PC-1 to PC-2", self.notes(monitor)[0])

    def test_move_is_logged_once_on_both_computers(self):
        """The order of the imports does not matter."""
        for order in ((1, 2), (2, 1)):
            with self.subTest(order), self.env.cr.savepoint() as savepoint:
                self.ocs.clear()
                self.report(1, self.SERIAL, "CN0ABC456", on=1)
                self.report(2, "CN0ABC789", on=1)
                self.inventory(1, "CN0ABC456", on=2)
                self.inventory(2, "CN0ABC789", self.SERIAL, on=2)
                for external_id in order:
                    self.import_computer(external_id)
                former, now = (self.binding(number).odoo_id for number in (1, 2))
                notes = [self.notes(each) for each in (former, now)]
                self.assertEqual([len(each) for each in notes], [1, 1])
                self.assertIn("Monitor unplugged", notes[0][0])
                self.assertIn(self.SERIAL, notes[0][0])
                self.assertIn("Monitor plugged in", notes[1][0])
                self.assertTrue(former._ocs_is_untouched())
                savepoint.rollback()

    def test_logged_date_is_in_the_time_zone_of_the_server(self):
        self.backend.tz = "Europe/Paris"
        self.report(1, self.SERIAL, on=1)
        self.report(2, self.SERIAL, on=2)
        self.assertIn("2026-01-02 10:00 (Europe/Paris)", self.notes(self.monitor())[0])

    def test_swap(self):
        """The order of the imports does not matter."""
        for order in ((1, 2), (2, 1)):
            with self.subTest(order), self.env.cr.savepoint() as savepoint:
                self.ocs.clear()
                self.report(1, "CN0ABC111", on=1)
                self.report(2, "CN0ABC222", on=1)
                monitors = self.monitor("CN0ABC111"), self.monitor("CN0ABC222")
                self.inventory(1, "CN0ABC222", on=5)
                self.inventory(2, "CN0ABC111", on=5)
                for external_id in order:
                    self.import_computer(external_id)
                self.import_changed()
                self.assertEqual(
                    [self.periods(each) for each in monitors],
                    [
                        [("PC-1", 1, 5), ("PC-2", 5, False)],
                        [("PC-2", 1, 5), ("PC-1", 5, False)],
                    ],
                )
                self.assertFalse(self.binding(1).warnings or self.binding(2).warnings)
                self.assert_idempotent(1, 2)
                savepoint.rollback()

    def test_two_monitors_on_two_computers_at_once(self):
        """The former computer is warned about both at once, and only once."""
        serials = "CN0ABC111", "CN0ABC222"
        self.report(1, *serials, on=1)
        self.report(2, *serials, on=2)
        before = self.tables()
        for external_id in (1, 2):
            self.import_computer(external_id, force=True)
        self.assertEqual(self.tables(), before)
        warnings = self.binding(1).warnings.splitlines()
        for serial, warning in zip(serials, warnings, strict=True):
            self.assertIn(serial, warning)

    def test_plugged_in_again(self):
        self.report(1, self.SERIAL, on=1)
        monitor = self.monitor()
        self.report(1, on=2)
        self.assertEqual(monitor.unplugged_since, day(2))
        self.report(1, self.SERIAL, on=3)
        self.assertEqual(self.periods(monitor), [("PC-1", 1, 2), ("PC-1", 3, False)])
        self.assertFalse(monitor.unplugged_since)
        self.assertIn("Plugged into PC-1 again", self.notes(monitor)[-1])

    def test_clock_goes_back(self):
        """A period does not end before it starts."""
        self.report(1, self.SERIAL, on=5)
        monitor = self.monitor()
        self.report(1, on=3)
        self.assertEqual(self.periods(monitor), [("PC-1", 5, 5)])
        self.report(2, self.SERIAL, on=2)
        self.assertEqual(self.periods(monitor), [("PC-1", 5, 5), ("PC-2", 5, False)])

    def test_inventory_without_date(self):
        computer = self.machine(1, monitors=[ocs_monitor(self.SERIAL)])
        with freeze_time("2026-01-07 10:00:00"):
            self.import_computer(1, computer)
        self.assertEqual(self.periods(self.monitor()), [("PC-1", 7, False)])

    def test_moved_manually_while_ocs_reports_it(self):
        """The next change in OCS moves it back, with or without a serial number."""
        computer = self.report(1, self.SERIAL, "", on=1)
        other = self.report(2, on=1).odoo_id
        monitors = computer.monitor_ids
        with freeze_time("2026-01-10 10:00:00"):
            monitors.computer_id = other
        self.report(1, self.SERIAL, "", "CN0ABC456", on=11)
        self.assertFalse(other.monitor_ids)
        self.assertLess(monitors, computer.monitor_ids)

    def test_asset_of_the_computer_is_deleted(self):
        asset = self.report(1, self.SERIAL, on=1).odoo_id
        monitor = self.monitor()
        with freeze_time("2026-01-10 10:00:00"):
            asset.unlink()
        self.assertEqual(self.periods(monitor), [("PC-1 (deleted)", 1, 10)])
        self.assertEqual(monitor.unplugged_since, day(10))
        self.assertFalse(monitor.computer_id)
        del self.ocs[1]
        self.report(2, self.SERIAL, on=11)
        self.assertIn("Moved from PC-1 (deleted) to PC-2", self.notes(monitor)[-1])

    def test_asset_of_the_monitor_is_deleted(self):
        computer = self.report(1, self.SERIAL, on=1)
        self.monitor().unlink()
        self.assertFalse(computer.monitor_connection_ids)

    def test_moved_monitor_is_untouched(self):
        self.report(1, self.SERIAL, on=1)
        self.report(2, self.SERIAL, on=2)
        self.assertTrue(self.monitor()._ocs_is_untouched())

    def test_forms_show_the_periods(self):
        computer = self.report(1, self.SERIAL, on=1).odoo_id
        with Form(self.monitor()) as form:
            self.assertEqual(len(form.connection_ids), 1)
        with Form(computer) as form:
            self.assertEqual(len(form.monitor_connection_ids), 1)
        with Form(self.backend) as form:
            form.unplugged_policy = "archive"
            form.unplugged_days = 30
        self.assertEqual(self.backend.unplugged_days, 30)

    def test_access(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.report(1, self.SERIAL, on=1)
        period = self.monitor().connection_ids
        user = new_test_user(self.env, "reader", "connector_ocs.group_ocs_user")
        self.assertEqual(period.with_user(user).computer_name, "PC-1")
        self.assertFalse(period.with_user(user).has_access("write"))
        self.monitor().company_id = other
        self.assertNotIn(period, period.with_user(user).search([]))
        view = self.monitor().with_user(new_test_user(self.env, "nobody")).get_view()
        self.assertNotIn("connection_ids", view["arch"])
