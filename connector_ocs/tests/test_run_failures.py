# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged

from odoo.addons.connector.exception import NetworkRetryableError

from ..components.server_adapter import OcsServerAdapter
from ..exceptions import OcsConfigurationError
from .runs import RunCase


def away(error=NetworkRetryableError):
    """OCS does not answer."""

    def fail(adapter):
        raise error("OCS did not answer.")

    return mock.patch.object(OcsServerAdapter, "schema", fail)


@tagged("post_install", "-at_install")
class TestFailedScan(RunCase):
    """A look for changes that fails says why, and blocks nothing."""

    def test_needs_a_person(self):
        with away(OcsConfigurationError):
            run = self.import_changed()
        self.assertEqual(run.state, "failed")
        self.assertEqual(run.message, "OCS did not answer.")
        self.assertEqual(self.backend.last_error, "OCS did not answer.")
        self.assertEqual(self.import_changed().state, "done")
        self.assertFalse(self.backend.last_error)

    def test_ocs_is_away(self):
        """The look waits; whoever asks meanwhile learns why it did not happen."""
        with away():
            first = self.import_changed()
            self.assertEqual(first.state, "scanning")
            self.import_changed()
        self.assertEqual(first.state, "failed")
        self.assertIn("OCS did not answer.", first.message)

    def test_no_scan_is_made_for_a_run_that_is_over(self):
        """OCS was away for a while, with a run of the schedule every few minutes."""
        with away():
            for _run in range(3):
                self.import_changed()
        looks = []
        scan = self._scan

        def count(adapter, after_id=0, limit=500):
            looks.append(after_id)
            return scan(after_id, limit)

        self._patch_adapter("scan", count)
        self.work()
        self.assertEqual(len(looks), 1)
        states = self.backend.run_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["failed", "failed", "done"])

    def test_late_failure_leaves_a_run_that_is_over(self):
        run = self.import_changed()
        for job in self.jobs("done"):
            job.state = "failed"
        self.assertEqual(run.state, "done")
        self.assertFalse(self.backend.last_error)

    def test_failed_in_the_middle(self):
        """What a look that fails has touched is as it was."""
        self.ocs = {1: self.machine(1)}

        def fail(adapter, limit=100):
            raise ValueError("Poison.")

        self._patch_adapter("search_orphans", fail)
        run = self.import_changed()
        self.assertEqual(run.state, "failed")
        self.assertEqual((run.seen_count, run.job_count), (0, 0))
        self.assertFalse(self.jobs("pending"))

    def test_retry_of_the_scan_starts_no_second_one(self):
        with away(OcsConfigurationError):
            run = self.import_changed()
        run.action_retry_failed()
        self.work()
        self.assertEqual(run.state, "failed")

    def test_archived_backend(self):
        self.backend._start_run("schedule")
        self.backend.active = False
        self.work()
        self.assertEqual(self.last_run().state, "failed")
        self.assertIn("archived", self.last_run().message)

    def test_backend_is_deleted(self):
        self.ocs = {1: self.machine(1)}
        self.backend._start_run("schedule")
        self.work("import_batch")
        self.backend.copy({"version": "2.9.1"})._start_run("schedule")
        self.backend.unlink()
        self.work()
        self.assertFalse(self.jobs("pending"))
