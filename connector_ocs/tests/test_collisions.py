# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from unittest import mock

from psycopg2 import errors

from odoo import SUPERUSER_ID, api, sql_db
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.connector.exception import NetworkRetryableError
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job

from ..components.computer_importer import OcsComputerImporter
from .runs import RunCase

FIRST, SECOND = "5CG0001XYZ", "5CG0002XYZ"


class Collision(errors.SerializationFailure):
    """Error of PostgreSQL, with the code that only PostgreSQL can set."""

    pgcode = "40001"


@tagged("post_install", "-at_install")
class TestRetries(RunCase):
    """A collision costs seconds, an OCS that does not respond minutes."""

    def delays(self, error, attempts):
        """Return after how many seconds a failing import is retried each time."""
        self.ocs[1] = self.machine(1)
        self.env["ocs.computer.binding"]._enqueue_import(self.backend, 1)
        job, found = self.jobs("pending", "import_record"), []
        retry_seconds = Job._get_retry_seconds

        def spy(job, seconds=None):
            found.append(retry_seconds(job, seconds))
            return found[-1]

        with (
            mock.patch.object(OcsComputerImporter, "start", side_effect=error),
            mock.patch.object(Job, "_get_retry_seconds", spy),
        ):
            for _attempt in range(attempts):
                self.perform(job)
        return found

    def test_collisions(self):
        for error in (
            Collision("could not serialize access due to concurrent update"),
            RetryableJobError("Another job has just imported the same record."),
        ):
            with self.subTest(error=error), self.env.cr.savepoint() as savepoint:
                first, second, third = self.delays(error, 3)
                self.assertIn(first, (1, 2))
                self.assertIn(second, (2, 3))
                self.assertIn(third, (3, 4))
                savepoint.rollback()

    def test_ocs_does_not_respond(self):
        error = NetworkRetryableError("No answer.")
        self.assertEqual(self.delays(error, 5), [10, 60, 300, 300, 900])

    def test_given_delay(self):
        """Another job imports the same computer."""
        error = RetryableJobError("Locked.", seconds=2, ignore_retry=True)
        self.assertEqual(self.delays(error, 2), [2, 2])

    def test_other_errors_fail(self):
        others = errors.UndefinedTable(), errors.UniqueViolation()
        for number, error in enumerate(others, 1):
            self.ocs[number] = self.machine(number)
            with mock.patch.object(OcsComputerImporter, "_mapped", side_effect=error):
                self.import_changed()
            with self.subTest(error=error):
                self.assertEqual(self.issue(number).reason, "failed")

    def test_not_while_a_user_waits(self):
        """Odoo itself repeats the request of a user."""
        self.ocs[1] = self.machine(1)
        error = Collision()
        with (
            mock.patch.object(OcsComputerImporter, "start", side_effect=error),
            self.assertRaises(errors.SerializationFailure),
        ):
            self.env["ocs.computer.binding"].import_record(self.backend, 1)


@tagged("post_install", "-at_install")
class TestTwoJobs(RunCase):
    """Two jobs at the same time, each with its own connection to PostgreSQL."""

    def setUp(self):
        super().setUp()
        name = "OCS of two jobs"
        with self.transaction() as env:
            backend = env["ocs.backend"].create(
                {"name": name, "host": "ocs.invalid", "user": "u", "version": "2.9.1"}
            )
            backend._unfold_categories()  # as at the start of each run
            self.backend_id = backend.id
            env.cr.commit()
        self.addCleanup(self.clean)

    def clean(self):
        with self.transaction() as env:
            backend = env["ocs.backend"].browse(self.backend_id)
            domain = [("backend_id", "=", backend.id)]
            bindings = env["ocs.computer.binding"].with_context(active_test=False)
            bindings.search(domain).odoo_id.unlink()
            backend.unlink()
            env["queue.job"].search([("name", "=like", "OCS%")]).unlink()
            env.cr.commit()

    @contextmanager
    def transaction(self):
        """Open a separate transaction, as a job does."""
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("SELECT 1")  # takes the snapshot of the transaction
            yield api.Environment(cr, SUPERUSER_ID, dict(self.env.context))
            cr.rollback()

    def run_job(self, env, method, ids):
        """Perform a job in a transaction, without committing it."""
        model = env["ocs.computer.binding"].with_context(job_uuid="none")
        backend = env["ocs.backend"].browse(self.backend_id)
        getattr(model, method)(backend, ids)
        env.flush_all()

    def run_jobs(self, method, *groups):
        """Perform jobs that start before the first of them is committed.

        :return: number of attempts
        """
        attempts, waiting = 0, list(groups)
        while waiting:
            with self.transaction() as late:
                done = waiting.pop(0)
                with self.transaction() as env:
                    self.run_job(env, method, done)
                    env.cr.commit()
                attempts += 1
                if not waiting:
                    break
                try:
                    self.run_job(late, method, waiting[0])
                except RetryableJobError as error:
                    self.assertLessEqual(max(error.seconds), 2)
                    attempts += 1
                else:
                    waiting.pop(0)
                    late.cr.commit()
                    attempts += 1
        return attempts

    def serials(self):
        with self.transaction() as env:
            backend = env["ocs.backend"].browse(self.backend_id)
            model = env["ocs.computer.binding"]
            return [model._find(backend, each).serial_no for each in (1, 2)]

    def test_swapped_serials(self):
        """The second job is retried once, and both have the right number."""
        for method, as_argument in (
            ("import_record", lambda number: number),
            ("import_chunk", lambda number: [number]),
        ):
            for first, second in ((1, 2), (2, 1)):
                with self.subTest(method=method, first=first):
                    self.ocs = {number: self.machine(number) for number in (1, 2)}
                    groups = [as_argument(each) for each in (first, second)]
                    self.run_jobs(method, *groups)
                    self.assertEqual(self.serials(), [FIRST, SECOND])
                    self.ocs[1]["bios"]["SSN"] = SECOND
                    self.ocs[2]["bios"]["SSN"] = FIRST
                    with mute_logger("odoo.sql_db"):
                        attempts = self.run_jobs(method, *groups)
                    self.assertEqual(self.serials(), [SECOND, FIRST])
                    self.assertEqual(attempts, 3)
                    self.clean_assets()

    def clean_assets(self):
        with self.transaction() as env:
            model = env["ocs.computer.binding"]
            model.search([("backend_id", "=", self.backend_id)]).odoo_id.unlink()
            env.cr.commit()

    def test_unrelated_computers(self):
        """Their jobs do not disturb each other."""
        self.ocs = {number: self.machine(number) for number in (1, 2)}
        self.assertEqual(self.run_jobs("import_record", 1, 2), 2)

    def test_archived_computers(self):
        """They do not write to a computer that has a conflict."""
        self.ocs = {number: self.machine(number) for number in (1, 2, 3)}
        self.run_jobs("import_record", 1, 2, 3)
        with self.transaction() as env:
            model = env["ocs.computer.binding"]
            bindings = model.search([("backend_id", "=", self.backend_id)])
            (bindings[0] + bindings[1])._mark_removed()
            bindings[2].is_conflicting = True
            env.cr.commit()
        del self.ocs[1], self.ocs[2]
        self.assertEqual(self.run_jobs("import_record", 1, 2), 2)
