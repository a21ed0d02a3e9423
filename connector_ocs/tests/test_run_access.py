# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .runs import RunCase


@tagged("post_install", "-at_install")
class TestRetention(RunCase):
    """Runs are deleted after the retention time of their backend."""

    def age(self, run, days):
        run.date_start = fields.Datetime.now() - timedelta(days=days)

    def test_old_runs_are_deleted(self):
        self.backend.run_retention = 7
        old, recent, _last, waiting = (self.import_changed() for _run in range(4))
        self.age(old, 8)
        self.age(recent, 6)
        self.age(waiting, 8)
        waiting.state = "waiting"
        other = self.backend.copy({"version": "2.9.1", "run_retention": 30})
        retained = self.env["ocs.import.run"].create(
            {"backend_id": other.id, "origin": "schedule", "state": "done"}
        )
        self.age(retained, 8)
        self.env["ocs.import.run"]._gc_runs()
        self.assertEqual(
            (old | recent | waiting | retained).exists(), recent | waiting | retained
        )

    def test_last_run_is_kept(self):
        run = self.import_changed()
        self.age(run, 99)
        self.env["ocs.import.run"]._gc_runs()
        self.assertTrue(self.backend.last_scan)

    def test_issues_and_jobs_are_kept(self):
        self.ocs[1] = self.machine(1)
        with self.failing_imports(1):
            for _run in range(2):
                self.age(self.import_changed(), 99)
        self.import_changed()
        self.env["ocs.import.run"]._gc_runs()
        self.env.invalidate_all()
        self.assertTrue(self.issue(1) and self.jobs("failed"))
        self.assertFalse(self.issue(1).run_id or self.jobs("failed").ocs_run_id)


@tagged("post_install", "-at_install")
class TestAccess(RunCase):
    """Access to runs; managers need no access rights on jobs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env["res.company"].create({"name": "Other"})
        group = "connector_ocs.group_ocs_manager"
        cls.user = new_test_user(
            cls.env, "ocs_user", groups="connector_ocs.group_ocs_user"
        )
        cls.manager = new_test_user(cls.env, "ocs_manager", groups=group)
        cls.stranger = new_test_user(
            cls.env,
            "stranger",
            groups=group,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.ocs = {1: self.machine(1), 2: self.machine(2)}
        with self.failing_imports(2):
            self.run_before = self.import_changed()

    def test_user_reads_runs(self):
        run = self.run_before.with_user(self.user)
        self.assertEqual((run.done_count, run.failed_count, run.progress), (1, 1, 100))
        self.assertTrue(run.read() and run.backend_id.run_count)
        self.assertEqual(run.backend_id.run_state, "done")

    def test_user_cannot_press_buttons(self):
        self.run_before.write({"state": "waiting"})
        run = self.run_before.with_user(self.user)
        for action in (
            run.action_approve,
            run.action_cancel,
            run.action_retry_failed,
            run.backend_id.action_approve_run,
            run.backend_id.action_cancel_run,
            run.backend_id.action_import_changed,
        ):
            with self.subTest(action.__name__), self.assertRaises(AccessError):
                action()
        self.assertEqual(self.run_before.state, "waiting")

    def test_manager_presses_buttons(self):
        run = self.run_before.with_user(self.manager)
        self.assertFalse(self.manager.has_group("queue_job.group_queue_job_manager"))
        run.action_retry_failed()
        self.perform_jobs()
        self.assertEqual(run.failed_count, 0)
        run.backend_id.action_import_changed()
        self.assertEqual(self.last_run().user_id, self.manager)
        self.perform_jobs()
        for action, state in (
            ("action_approve", "done"),
            ("action_cancel", "cancelled"),
        ):
            self.last_run().write({"state": "waiting"})
            getattr(self.last_run().with_user(self.manager), action)()
            self.perform_jobs()
            self.assertEqual(self.last_run().state, state)

    def test_other_company(self):
        runs = self.env["ocs.import.run"].with_user(self.stranger)
        self.assertNotIn(self.run_before, runs.search([]))
        with self.assertRaises(AccessError):
            runs.browse(self.run_before.id).read(["state"])
