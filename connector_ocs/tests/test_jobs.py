# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.queue_job.job import Job, identity_exact
from odoo.addons.queue_job.tests.common import trap_jobs

from .common import OcsCase, ocs_computer


@tagged("post_install", "-at_install")
class TestJobs(OcsCase):
    """Descriptions, channels, retries and failures of jobs."""

    def setUp(self):
        super().setUp()
        self.model = self.env["ocs.computer.binding"]

    def stored_job(self, external_id=1):
        """Enqueue an import and return its ``queue.job`` record."""
        job = self.model.with_delay().import_record(self.backend, external_id)
        return self.env["queue.job"].search([("uuid", "=", job.uuid)])

    def fail_job(self, external_id=1, message="The reason."):
        """Mark an import as failed, as the job runner does."""
        record = self.stored_job(external_id)
        job = Job.load(self.env, record.uuid)
        job.set_failed(exc_name="ValueError", exc_message=message)
        job.store()
        return record

    def test_channel_and_retries(self):
        record = self.stored_job()
        function = self.env.ref(
            "connector_ocs.job_function_ocs_computer_binding_import_record"
        )
        self.assertEqual(record.channel, "root.ocs")
        self.assertEqual(record.job_function_id, function)
        self.assertEqual(function._parse_retry_pattern()[1], 10)

    def test_one_pending_job_per_computer(self):
        with trap_jobs() as trap:
            for _click in range(2):
                self.model._enqueue_import(self.backend, 1, "PC")
        trap.assert_jobs_count(1)

    def test_description_names_computer_and_backend(self):
        with trap_jobs() as trap:
            self.model._enqueue_import(self.backend, 1, "PC-1")
        description = trap.enqueued_jobs[0].description
        for part in ("PC-1", "1", self.backend.name):
            self.assertIn(part, description)

    def test_job_stores_no_payload(self):
        with trap_jobs() as trap:
            self.model._enqueue_import(self.backend, 1, "PC-1")
        trap.assert_enqueued_job(
            self.model.import_record, args=(self.backend, 1), kwargs={"force": False}
        )

    def test_failure_of_a_new_computer_is_listed(self):
        self.fail_job(1, "The reason.")
        self.assertRecordValues(
            self.issue(1), [{"reason": "failed", "message": "The reason."}]
        )

    def test_failure_is_shown_on_the_computer(self):
        binding = self.import_computer(1, ocs_computer())
        self.fail_job(1, "The reason.")
        self.assertEqual(binding.last_error, "The reason.")
        self.assertEqual(self.issue(1).display_name, "PC")
        self.import_computer(1, force=True)
        self.assertFalse(binding.last_error)

    def test_unexpected_errors_in_words(self):
        """The message is a sentence, whatever the exception is."""
        trace = "Traceback\npymysql.err.OperationalError: (1045, 'Access denied')\n"
        unexpected = "An unexpected error occurred: "
        for name, message, expected in (
            ("builtins.KeyError", "NAME", f"{unexpected}KeyError: NAME"),
            ("builtins.ValueError", "Not a number", f"{unexpected}Not a number"),
            (
                "pymysql.err.OperationalError",
                "1045",
                f"{unexpected}OperationalError: 1045: Access denied",
            ),
            ("odoo.exceptions.UserError", "('The reason.',)", "The reason."),
            ("odoo.exceptions.MissingError", "", "odoo.exceptions.MissingError"),
        ):
            with self.subTest(name):
                record = self.stored_job(1)
                job = Job.load(self.env, record.uuid)
                is_number = message.isdigit()
                job.set_failed(
                    exc_name=name,
                    exc_message=message,
                    exc_info=trace if is_number else f"Traceback\n{name}: '{message}'",
                )
                job.store()
                self.assertEqual(self.issue(1).message, expected)

    def test_failures_of_other_jobs_are_not_listed(self):
        job = self.env["queue.job"].with_delay()._test_job()
        job = Job.load(self.env, job.uuid)
        job.set_failed(exc_name="ValueError", exc_message="The reason.")
        job.store()
        self.assertFalse(self.env["ocs.import.issue"].search([]))

    def test_failed_import_is_retried_once_and_after_changes(self):
        def count_jobs():
            with trap_jobs() as trap:
                self.start_run().scan()
            return len(trap.enqueued_jobs)

        self.ocs[1] = ocs_computer()
        self.fail_job(1)
        self.assertEqual(count_jobs(), 1)
        self.assertEqual(count_jobs(), 0)
        self.ocs[1] = ocs_computer(hardware={"NAME": "RENAMED"})
        self.assertEqual(count_jobs(), 1)

    def test_import_that_failed_during_an_outage_is_always_retried(self):
        self.ocs[1] = ocs_computer()
        for _outage in range(3):
            record = self.stored_job(1)
            job = Job.load(self.env, record.uuid)
            job.retry = job.max_retries
            job.set_failed(exc_name="FailedJobError", exc_message="Max. retries")
            job.store()
            with trap_jobs() as trap:
                self.start_run().scan()
            trap.assert_jobs_count(1)

    def test_retry_forces_the_import(self):
        self.fail_job(1)
        with trap_jobs() as trap:
            self.issue(1).action_retry()
        trap.assert_enqueued_job(
            self.model.import_record, args=(self.backend, 1), kwargs={"force": True}
        )

    def test_retry_runs_a_postponed_job_now(self):
        self.fail_job(1)
        waiting = self.model.with_delay(
            eta=900, identity_key=identity_exact
        ).import_record(self.backend, 1, force=True)
        self.issue(1).action_retry()
        jobs = self.env["queue.job"].search([("state", "=", "pending")])
        self.assertEqual(jobs.mapped("uuid"), [waiting.uuid])
        self.assertFalse(jobs.eta)

    def test_related_action_of_an_import(self):
        record = self.fail_job(1)
        self.assertEqual(record.open_related_action()["res_id"], self.issue(1).id)
        binding = self.import_computer(1, ocs_computer())
        action = record.open_related_action()
        self.assertEqual(action["res_model"], "maintenance.equipment")
        self.assertEqual(action["res_id"], binding.odoo_id.id)

    def test_related_action_of_a_scan(self):
        run = self.start_run()
        job = run.with_delay().scan()
        record = self.env["queue.job"].search([("uuid", "=", job.uuid)])
        action = record.open_related_action()
        self.assertEqual(action["res_model"], "ocs.import.run")
        self.assertEqual(action["res_id"], run.id)

    def test_failure_of_a_scan_is_shown_on_the_backend(self):
        run = self.start_run()
        job = run.with_delay().scan()
        job = Job.load(self.env, job.uuid)
        job.set_failed(exc_name="ValueError", exc_message="The reason.")
        job.store()
        self.assertEqual(self.backend.last_error, "The reason.")
        self.assertEqual(run.state, "failed")
        self.assertEqual(run.message, "The reason.")

    def test_skipped_computer_is_no_failure(self):
        binding = self.import_computer(1, ocs_computer())
        self.import_computer(1, ocs_computer(hardware={"ARCHIVE": 1}))
        self.assertFalse(binding.last_error)
        self.assertEqual(binding.skip_reason, "archived")
