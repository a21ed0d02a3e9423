# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models import ocs_backend_monitors
from .monitors import MonitorMixin, day
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestMonitorPolicies(MonitorMixin, RunCase):
    """Policies for unplugged monitors."""

    def unplug(self, policy):
        """Report a monitor on day 1, and unplug it on day 2."""
        self.backend.unplugged_policy = policy
        self.computer = self.report(1, self.SERIAL, on=1)
        self.asset = self.monitor()
        self.report(1, on=2)

    def archive(self, on):
        with freeze_time(on):
            self.backend._cron_archive_unplugged()

    def test_unlink_policy(self):
        self.unplug("unlink")
        self.assertFalse(self.asset.computer_id)
        self.assertEqual(self.asset.unplugged_since, day(2))
        self.assertEqual(self.periods(self.asset), [("PC-1", 1, 2)])
        self.assert_idempotent(1)
        self.archive("2030-01-01")
        self.assertTrue(self.asset.active)

    def test_keep_policy(self):
        self.unplug("keep")
        self.assertEqual(self.asset.computer_id, self.computer.odoo_id)
        self.assertEqual(self.asset.unplugged_since, day(2))
        self.assertEqual(self.periods(self.asset), [("PC-1", 1, 2)])
        self.assert_idempotent(1)
        self.archive("2030-01-01")
        self.assertTrue(self.asset.active)

    def test_kept_monitor_is_plugged_in_again(self):
        self.unplug("keep")
        self.report(1, self.SERIAL, on=3)
        self.assertEqual(self.periods(self.asset), [("PC-1", 1, 2), ("PC-1", 3, False)])
        self.assertFalse(self.asset.unplugged_since)
        self.assert_idempotent(1)

    def test_kept_monitor_moves(self):
        """Even if its former computer was inventoried later."""
        self.unplug("keep")
        other = self.report(2, self.SERIAL, on=1)
        self.assertEqual(self.asset.computer_id, other.odoo_id)
        self.assertFalse(other.warnings)
        self.assertEqual(self.periods(self.asset), [("PC-1", 1, 2), ("PC-2", 2, False)])

    def test_kept_monitor_moves_to_the_other_computer(self):
        """That one reports it as well, and is imported in the same run."""
        self.backend.unplugged_policy = "keep"
        self.report(1, self.SERIAL, on=2)
        other = self.report(2, self.SERIAL, on=1)
        self.assertFalse(other.monitor_ids)
        self.report(1, on=3)
        self.assertEqual(self.monitor().computer_id, other.odoo_id)
        self.assertFalse(other.warnings)
        self.assertEqual(self.import_changed().changed_count, 0)

    def test_change_of_policy_unlinks_kept_monitors(self):
        self.unplug("keep")
        self.backend.unplugged_policy = "unlink"
        self.assertFalse(self.asset.computer_id)
        self.assertEqual(self.asset.unplugged_since, day(2))
        self.assertEqual(self.periods(self.asset), [("PC-1", 1, 2)])

    def test_archive_policy(self):
        self.unplug("archive")
        self.assertFalse(self.asset.computer_id)
        self.archive("2026-04-02 09:00:00")  # an hour before 90 days have passed
        self.assertTrue(self.asset.active)
        self.archive("2026-04-02 11:00:00")
        self.assertFalse(self.asset.active)
        self.assertIn("since 2026-01-02 10:00", self.notes(self.asset)[-1])
        before = self.tables()
        self.archive("2026-05-01")
        self.assertEqual(self.tables(), before)
        self.assert_idempotent(1)

    def test_archived_monitor_is_restored(self):
        self.unplug("archive")
        self.archive("2027-01-01")
        other = self.report(2, self.SERIAL, on=20)
        self.assertTrue(self.asset.active)
        self.assertEqual(self.asset.computer_id, other.odoo_id)
        self.assertIn("The asset was unarchived", self.notes(self.asset)[-1])
        self.assert_idempotent(2)
        self.report(2, on=21)
        self.archive("2027-01-01")
        self.assertFalse(self.asset.active)

    def test_manually_archived_monitor_stays_archived(self):
        self.unplug("archive")
        self.asset.active = False
        self.archive("2027-01-01")
        self.report(1, self.SERIAL, on=20)
        self.assertFalse(self.asset.active)
        self.assertFalse(self.asset.unplugged_since)

    def test_manually_restored_monitor_stays_active(self):
        """It is not archived again until it is unplugged again."""
        self.unplug("archive")
        self.archive("2027-01-01")
        self.asset.active = True
        self.archive("2027-01-02")
        self.assertTrue(self.asset.active)
        self.asset.active = False
        self.report(1, self.SERIAL, on=20)
        self.assertFalse(self.asset.active)
        self.asset.active = True
        self.report(1, on=21)
        self.archive("2027-01-01")
        self.assertFalse(self.asset.active)

    def test_archive_in_batches(self):
        self.backend.unplugged_policy = "archive"
        self.report(1, "CN0ABC111", "CN0ABC222", "CN0ABC333", on=1)
        monitors = self.computer_monitors(1)
        self.report(1, on=2)
        trigger = type(self.env["ir.cron"])
        with (
            mock.patch.object(ocs_backend_monitors, "BATCH_SIZE", 2),
            mock.patch.object(trigger, "_trigger") as triggered,
        ):
            self.archive("2027-01-01")
            self.assertEqual(len(monitors.filtered("active")), 1)
            triggered.assert_called_once_with()
            self.archive("2027-01-01")
            self.assertFalse(monitors.filtered("active"))
            triggered.assert_called_once_with()

    def computer_monitors(self, external_id):
        return self.binding(external_id).monitor_ids

    def test_days_are_positive(self):
        with self.assertRaises(ValidationError):
            self.backend.unplugged_days = 0
