# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging
import threading
from contextlib import contextmanager, suppress

from psycopg2 import errors

from odoo import SUPERUSER_ID, api, sql_db
from odoo.service.model import PG_CONCURRENCY_ERRORS_TO_RETRY
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from ..lib.installed import Installed

NEW = Installed("A title of two jobs", "Nobody", "1.0")


@tagged("post_install", "-at_install")
class TestConcurrency(TransactionCase):
    """Two jobs that add the same title at the same time."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean)

    def clean(self):
        with self.transaction() as env:
            env.cr.execute("DELETE FROM ocs_software WHERE name = %s", [NEW.name])
            env.cr.commit()

    @contextmanager
    def transaction(self):
        """Open a separate transaction, as a job does."""
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("SELECT 1")  # takes the snapshot of the transaction
            env = api.Environment(cr, SUPERUSER_ID, {})
            yield env
            cr.rollback()

    def add(self, env):
        env["ocs.software"]._add([NEW])
        env["ocs.software.version"]._add([NEW])

    def test_second_job_is_retried(self):
        with self.transaction() as first, self.transaction() as second:
            self.add(first)
            first.cr.commit()
            with self.assertRaises(errors.SerializationFailure) as caught:
                self.add(second)
            self.assertIn(caught.exception.pgcode, PG_CONCURRENCY_ERRORS_TO_RETRY)
            second.cr.rollback()
            self.add(second)
            ((title, version, _date),) = second["ocs.software.version"]._find([NEW])
            self.assertTrue(title and version)

    def as_jobs(self):
        """Make the code act as in a job runner from now on."""
        titles = type(self.env["ocs.software"])
        self.patch(titles, "_can_retry", lambda _titles: True)

    def test_both_jobs_are_retried(self):
        """Both miss the title, and neither waits for the other or fails."""
        self.as_jobs()
        with self.transaction() as first, self.transaction() as second:
            for env in (first, second):
                asset = env["maintenance.equipment"].create({"name": "PC"})
                job = env["ocs.software.installation"]
                with self.assertRaises(RetryableJobError) as caught:
                    job._replace(asset, [NEW])
                self.assertTrue(caught.exception.ignore_retry)
            second.cr.rollback()
            asset = second["maintenance.equipment"].create({"name": "PC"})
            job._replace(asset, [NEW])
            self.assertEqual(asset.ocs_software_count, 1)

    def test_errors_are_logged_afterwards(self):
        """Two jobs at once leave the logger as they found it."""
        self.as_jobs()
        logger = logging.getLogger("odoo.sql_db")
        before = (logger.propagate, logger.handlers, logger.disabled, logger.filters)
        both, first_left = threading.Barrier(2, timeout=10), threading.Event()

        def add(titles, installed):
            if both.wait():
                first_left.wait(10)

        def job():
            with self.transaction() as env, suppress(RetryableJobError):
                env["ocs.software"]._add_missing([NEW])
            first_left.set()

        self.patch(type(self.env["ocs.software"]), "_add_with_versions", add)
        threads = [threading.Thread(target=job) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        after = (logger.propagate, logger.handlers, logger.disabled, logger.filters)
        self.assertEqual(after, before)

    def test_title_is_being_added(self):
        """A job starts while another transaction is still open."""
        with self.transaction() as user, self.transaction() as job:
            self.add(user)
            self.as_jobs()
            with (
                self.assertNoLogs("odoo.sql_db"),
                self.assertRaises(RetryableJobError),
            ):
                job["ocs.software"]._ensure([NEW])

    def test_needed_title_is_not_deleted(self):
        """The daily cleanup runs between the search and the use by an import."""
        with self.transaction() as first:
            self.add(first)
            first.cr.commit()
        with self.transaction() as job, self.transaction() as cleanup:
            ((title, version, _date),) = job["ocs.software.version"]._find([NEW])
            asset = job["maintenance.equipment"].create({"name": "PC"})
            job["ocs.software.installation"]._replace(asset, [NEW])
            cleanup["ocs.software"]._gc_unused()
            cleanup.cr.commit()
            self.assertTrue(job["ocs.software.version"].browse(version).exists())
        with self.transaction() as job, self.transaction() as cleanup:
            asset = job["maintenance.equipment"].create({"name": "PC"})
            cleanup["ocs.software"]._gc_unused()
            cleanup.cr.commit()
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.SerializationFailure),
            ):
                job["ocs.software.installation"]._replace(asset, [NEW])
