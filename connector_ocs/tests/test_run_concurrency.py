# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, sql_db
from odoo.tests import TransactionCase, tagged

HOST = "two-transactions.invalid"


@tagged("post_install", "-at_install")
class TestRunConcurrency(TransactionCase):
    """Runs that two transactions start or stop at the same time."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean)
        with self.transaction() as env:
            values = {"name": "OCS", "host": HOST, "user": "reader", "tz": "UTC"}
            self.backend_id = env["ocs.backend"].create(values).id
            env.cr.commit()

    def clean(self):
        with self.transaction() as env:
            backend = self.backend(env)
            runs = env["ocs.import.run"].search([("backend_id", "=", backend.id)])
            env["queue.job"].search([("ocs_run_id", "in", runs.ids)]).unlink()
            backend.unlink()
            env.cr.commit()

    @contextmanager
    def transaction(self):
        """Open a separate transaction, with its snapshot."""
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("SELECT 1")
            yield api.Environment(cr, SUPERUSER_ID, {})
            cr.rollback()

    def backend(self, env):
        return env["ocs.backend"].browse(self.backend_id)

    def test_second_transaction_starts_no_run(self):
        with self.transaction() as first, self.transaction() as second:
            self.assertTrue(self.backend(first)._start_run("schedule"))
            first.cr.commit()
            with self.assertNoLogs("odoo.sql_db"):
                self.assertFalse(self.backend(second)._start_run("schedule"))
            second.cr.commit()
        with self.transaction() as env:
            self.assertEqual(len(self.backend(env)._open_run()), 1)

    def test_stop_while_a_job_is_enqueued(self):
        """A transaction that enqueues a job of the run does not delay it."""
        with self.transaction() as env:
            self.backend(env)._start_run("schedule")
            env.cr.commit()
        with self.transaction() as importer, self.transaction() as user:
            run = self.backend(importer)._open_run()
            run._enqueue_close()
            importer.flush_all()
            run.with_env(user).action_stop()
            self.assertEqual(run.with_env(user).state, "cancelled")

    def test_job_that_another_process_starts(self):
        with self.transaction() as env:
            self.backend(env)._start_run("schedule")
            env.cr.commit()
        with self.transaction() as runner, self.transaction() as user:
            run = self.backend(runner)._open_run()
            (job,) = run._jobs(["pending"])
            run = run.with_env(user)
            job.state = "started"
            runner.cr.commit()
            with self.assertNoLogs("odoo.sql_db"):
                run._cancel_jobs(job.with_env(user))
                with self.assertRaises(SerializationFailure), user.cr.savepoint():
                    run._lock_jobs(job.with_env(user))
        with self.transaction() as env:
            self.assertEqual(job.with_env(env).state, "started")
