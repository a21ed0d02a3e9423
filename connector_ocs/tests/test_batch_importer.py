# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..components import scan_batch_importer
from ..components.scan_fingerprint_detector import OcsFingerprintDetector
from .common import OcsCase, ocs_computer


@tagged("post_install", "-at_install")
class TestBatchImporter(OcsCase):
    """Jobs that a scan enqueues."""

    def run_batch(self, after_id=0, force=False):
        """Perform the job of a batch.

        :return: the trap, and the IDs of the computers whose import it enqueued
        """
        if not after_id:
            self.run_record = self.start_run(force=force)
        position = {"after_id": after_id} if after_id else {}
        with trap_jobs() as trap:
            self.run_record.scan(**position)
        ids = [
            job.args[1]
            for job in trap.enqueued_jobs
            if job.method_name == "import_record"
        ]
        return trap, ids

    @contextmanager
    def batches_of(self, computers):
        """Scan this number of computers in each job."""
        with (
            mock.patch.object(OcsFingerprintDetector, "_batch_size", computers),
            mock.patch.object(scan_batch_importer, "ROWS_PER_JOB", computers),
        ):
            yield

    def test_new_changed_unchanged(self):
        for external_id in (1, 2):
            self.import_computer(external_id, ocs_computer())
        self.ocs[2] = ocs_computer(hardware={"NAME": "RENAMED"})
        self.ocs[3] = ocs_computer()
        _trap, ids = self.run_batch()
        self.assertEqual(ids, [2, 3])

    def test_changes_without_a_new_inventory_date(self):
        self.import_computer(1, ocs_computer())
        for change in (
            {"accountinfo": {"TAG": "Lyon"}},
            {"bios": {"SSN": "5CD1234XYZ"}},
            {"monitors": [{"SERIAL": "CN0ABC123"}]},
        ):
            self.ocs[1] = ocs_computer(**change)
            with self.subTest(change):
                self.assertEqual(self.run_batch()[1], [1])

    def test_force_imports_all(self):
        self.import_computer(1, ocs_computer())
        trap, ids = self.run_batch(force=True)
        self.assertEqual(ids, [1])
        self.assertTrue(trap.enqueued_jobs[0].kwargs["force"])

    def test_new_inventory_date_alone_enqueues_no_job(self):
        binding = self.import_computer(1, ocs_computer())
        self.ocs[1] = ocs_computer(hardware={"LASTDATE": datetime(2026, 2, 1, 8, 0)})
        _trap, ids = self.run_batch()
        self.assertEqual(ids, [])
        self.assertEqual(binding.last_inventory, datetime(2026, 2, 1, 8, 0))

    def test_batches(self):
        self.ocs = {number: ocs_computer() for number in (3, 5, 8, 13, 21)}
        seen, after_id, batches = [], 0, 0
        with self.batches_of(2):
            while after_id is not None:
                trap, ids = self.run_batch(after_id)
                seen += ids
                batches += 1
                following = [
                    job for job in trap.enqueued_jobs if job.method_name == "scan"
                ]
                after_id = following[0].kwargs["after_id"] if following else None
        self.assertEqual(seen, [3, 5, 8, 13, 21])
        self.assertEqual(batches, 3)

    def test_next_batch_has_priority_over_imports(self):
        self.ocs = {1: ocs_computer(), 2: ocs_computer()}
        with self.batches_of(1):
            trap, _ids = self.run_batch()
        priority = {job.method_name: job.priority for job in trap.enqueued_jobs}
        self.assertLess(priority["scan"], priority["import_record"])

    def test_excluded_are_listed_once(self):
        self.ocs = {
            1: ocs_computer(hardware={"DEVICEID": "_SYSTEMGROUP_", "NAME": "Laptops"}),
            2: ocs_computer(hardware={"DEVICEID": "_DOWNLOADGROUP_"}),
            3: ocs_computer(hardware={"ARCHIVE": 1}),
        }
        for _run in range(2):
            _trap, ids = self.run_batch()
            self.assertEqual(ids, [])
        issues = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id)], order="external_id"
        )
        self.assertEqual(issues.mapped("reason"), ["group", "group", "archived"])

    def test_removed_computers_are_processed_in_batches(self):
        for external_id in (1, 2, 3):
            self.import_computer(external_id, ocs_computer())
        self.ocs, self.backend.approval_percent = {}, 0
        run, position, ids = None, {}, []
        with mock.patch.object(scan_batch_importer, "REMOVED_PER_JOB", 1):
            run = self.start_run()
            while position is not None:
                with trap_jobs() as trap:
                    run.scan(**position)
                jobs = {job.method_name: job for job in trap.enqueued_jobs}
                if "import_record" in jobs:
                    ids.append(jobs["import_record"].args[1])
                position = "scan" in jobs and jobs["scan"].kwargs or None
        self.assertEqual(ids, [1, 2, 3])
        self.assertEqual((run.missing_count, run.job_count, run.state), (3, 3, "done"))

    def test_issue_is_deleted_with_its_row(self):
        self.ocs = {1: ocs_computer(hardware={"ARCHIVE": 1})}
        self.run_batch()
        self.ocs = {}
        self.run_batch()
        self.assertFalse(self.issue(1))

    def test_orphans_are_listed(self):
        self._patch_adapter(
            "search_orphans", lambda adapter, limit=100: {7: ["memories", "videos"]}
        )
        self.run_batch()
        self.assertRecordValues(self.issue(7), [{"reason": "orphan", "name": False}])
        self.assertIn("memories, videos", self.issue(7).message)

    def test_other_backends_are_not_affected(self):
        binding = self.import_computer(1, ocs_computer())
        other = self.backend.copy({"name": "Other OCS", "version": "2.9.1"})
        self.ocs = {}
        run = self.start_run(backend_id=other.id)
        run.scan()
        self.assertFalse(binding.removed_since)
