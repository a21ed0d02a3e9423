# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime, timedelta
from unittest import mock

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import OcsCase

NOW = datetime(2026, 1, 31, 12)


@tagged("post_install", "-at_install")
class TestSchedule(OcsCase):
    """A backend imports automatically, as often as it is set to."""

    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("connector_ocs.ir_cron_import_changed")
        self.env["ocs.backend"].search([]).active = False
        self.backend.active = True
        self.set_clock(NOW)

    def set_clock(self, now):
        patcher = mock.patch.object(fields.Datetime, "now", return_value=now)
        patcher.start()
        self.addCleanup(patcher.stop)

    def started(self):
        """Run the scheduled action, and return the backends that it imports from."""
        with trap_jobs() as trap:
            self.cron.ir_actions_server_id.run()
        runs = [job.recordset for job in trap.enqueued_jobs]
        for run in runs:
            run._close()
        return [run.backend_id for run in runs]

    def triggers(self):
        """Return the dates when the scheduled action runs besides its interval."""
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
        return triggers.mapped("call_at")

    def test_nothing_is_imported_unless_asked(self):
        self.assertTrue(self.cron.active)
        self.assertFalse(self.backend.import_automatically)
        self.assertEqual(self.started(), [])

    def test_interval(self):
        self.backend.write({"import_automatically": True, "import_interval": 30})
        self.assertEqual(self.backend.next_import, NOW)
        self.assertIn(NOW, self.triggers())
        self.assertEqual(self.started(), [self.backend])
        later = NOW + timedelta(minutes=30)
        self.assertEqual(self.backend.next_import, later)
        self.assertIn(later, self.triggers())
        self.set_clock(later - timedelta(minutes=1))
        self.assertEqual(self.started(), [])
        self.set_clock(later)
        self.assertEqual(self.started(), [self.backend])

    def test_each_backend_has_its_own_interval(self):
        other = self.backend.copy({"name": "Other", "version": "2.9.1"})
        self.assertFalse(other.import_automatically)
        other.write({"import_automatically": True, "import_interval": 60})
        self.backend.write({"import_automatically": True, "import_interval": 10})
        self.assertCountEqual(self.started(), [self.backend, other])
        self.set_clock(NOW + timedelta(minutes=10))
        self.assertEqual(self.started(), [self.backend])

    def test_running_import_is_not_interrupted(self):
        self.backend.import_automatically = True
        self.backend._start_run("button")
        self.cron.ir_actions_server_id.run()
        self.assertEqual(self.backend.run_count, 1)
        self.assertEqual(self.backend.next_import, NOW + timedelta(minutes=5))

    def test_switched_off(self):
        self.backend.import_automatically = True
        self.backend.import_automatically = False
        self.assertFalse(self.backend.next_import)
        self.assertEqual(self.started(), [])

    def test_archived_and_untested_backends(self):
        self.backend.import_automatically = True
        self.backend.active = False
        self.assertFalse(self.backend.next_import)
        self.backend.write({"active": True, "version": False})
        self.assertEqual(self.started(), [])

    def test_at_least_one_minute(self):
        for minutes in (0, -5):
            with (
                self.subTest(minutes=minutes),
                self.assertRaisesRegex(ValidationError, "at least 1 minute"),
            ):
                self.backend.import_interval = minutes

    def test_inactive_action_is_told(self):
        self.backend.import_automatically = True
        self.assertFalse(self.backend.schedule_report)
        self.cron.active = False
        self.backend.invalidate_recordset()
        self.assertIn(self.cron.name, self.backend.schedule_report)
        self.cron.unlink()
        self.backend.invalidate_recordset()
        self.assertIn("inactive", self.backend.schedule_report)
        self.backend.import_interval = 7

    def test_managers_need_no_other_rights(self):
        user = new_test_user(self.env, "manager", "connector_ocs.group_ocs_manager")
        backend = self.backend.with_user(user)
        backend.import_automatically = True
        self.assertEqual(backend.next_import, NOW)
        self.assertFalse(backend.schedule_report)
