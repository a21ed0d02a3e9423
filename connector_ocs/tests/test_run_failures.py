# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged

from odoo.addons.connector.exception import NetworkRetryableError

from ..components.server_adapter import OcsServerAdapter
from ..exceptions import OcsConfigurationError
from .runs import RunCase


def ocs_unavailable(error=NetworkRetryableError):
    """Make each scan fail because OCS does not answer."""

    def fail(adapter):
        raise error("OCS did not answer.")

    return mock.patch.object(OcsServerAdapter, "schema", fail)


@tagged("post_install", "-at_install")
class TestFailedScan(RunCase):
    """A failed scan reports its error and does not block later runs."""

    def test_configuration_error(self):
        with ocs_unavailable(OcsConfigurationError):
            run = self.import_changed()
        self.assertEqual(run.state, "failed")
        self.assertEqual(run.message, "OCS did not answer.")
        self.assertEqual(self.backend.last_error, "OCS did not answer.")
        self.assertEqual(self.import_changed().state, "done")
        self.assertFalse(self.backend.last_error)

    def test_ocs_is_unavailable(self):
        """The scan is postponed; the next run closes it with its error."""
        with ocs_unavailable():
            first = self.import_changed()
            self.assertEqual(first.state, "scanning")
            self.import_changed()
        self.assertEqual(first.state, "failed")
        self.assertIn("OCS did not answer.", first.message)

    def test_ocs_becomes_unavailable_during_a_scan(self):
        """The scan and an import that it has enqueued are both postponed."""
        with ocs_unavailable():
            first = self.import_changed()
        self.env["ocs.computer.binding"]._enqueue_import(self.backend, 9, run=first)
        scan, imported = self.jobs("pending").sorted("id")
        imported.write({"eta": scan.eta, "result": scan.result})
        self.import_changed()
        self.assertEqual(first.state, "failed")
        self.assertIn("OCS did not answer.", first.message)

    def test_closed_run_is_not_scanned(self):
        """During an outage, the schedule started several runs."""
        with ocs_unavailable():
            for _run in range(3):
                self.import_changed()
        scans = []
        scan = self._scan

        def count(adapter, after_id=0, limit=500):
            scans.append(after_id)
            return scan(after_id, limit)

        self._patch_adapter("scan", count)
        self.perform_jobs()
        self.assertEqual(len(scans), 1)
        states = self.backend.run_ids.sorted("id").mapped("state")
        self.assertEqual(states, ["failed", "failed", "done"])

    def test_late_failure_does_not_change_a_finished_run(self):
        run = self.import_changed()
        for job in self.jobs("done"):
            job.state = "failed"
        self.assertEqual(run.state, "done")
        self.assertFalse(self.backend.last_error)

    def test_failed_scan_is_rolled_back(self):
        self.ocs = {1: self.machine(1)}

        def fail(adapter, limit=100):
            raise ValueError("The reason.")

        self._patch_adapter("search_orphans", fail)
        run = self.import_changed()
        self.assertEqual(run.state, "failed")
        self.assertEqual((run.seen_count, run.job_count), (0, 0))
        self.assertFalse(self.jobs("pending"))

    def test_retry_does_not_restart_a_failed_scan(self):
        with ocs_unavailable(OcsConfigurationError):
            run = self.import_changed()
        run.action_retry_failed()
        self.perform_jobs()
        self.assertEqual(run.state, "failed")

    def test_backend_is_deleted(self):
        self.ocs = {1: self.machine(1)}
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        self.backend.copy({"version": "2.9.1"})._start_run("schedule")
        self.backend.unlink()
        self.perform_jobs()
        self.assertFalse(self.jobs("pending"))
