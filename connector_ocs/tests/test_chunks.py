# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from unittest import mock

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.connector.exception import NetworkRetryableError

from ..components import scan_import_enqueuer
from ..components.bulk_importer import OcsComputerChunkImporter
from ..components.scan_fingerprint_detector import OcsFingerprintDetector
from .runs import RunCase


class ChunkCase(RunCase):
    """Test case with a small chunk size and threshold."""

    def setUp(self):
        super().setUp()
        self.backend.write({"chunk_size": 2, "chunk_threshold": 4})

    def scan(self, *numbers, force=False):
        """Scan, and enqueue the imports.

        :param numbers: computers that are new in OCS
        :return: the run
        """
        self.ocs |= {number: self.machine(number) for number in numbers}
        self.backend._start_run("schedule", force=force)
        self.perform_jobs("scan")
        return self.last_run()

    def chunks(self):
        """Return the IDs of the computers of each pending chunk."""
        jobs = self.jobs("pending", "import_chunk").sorted("id")
        return [job.args[1] for job in jobs]

    def single_imports(self):
        """Return the IDs of the computers that have a pending job of their own."""
        jobs = self.jobs("pending", "import_record").sorted("id")
        return [job.args[1] for job in jobs]

    def counts(self, run):
        """Return the computers to import, left, done and failed, without cache."""
        self.env.invalidate_all()
        names = ("job_count", "left_count", "done_count", "failed_count")
        found = tuple(run[name] for name in names)
        self.env.invalidate_all()
        return found

    @contextmanager
    def chunk_importer(self, run):
        """Replace the import of a chunk by ``run(component, ids, force)``."""
        with mock.patch.object(OcsComputerChunkImporter, "run", run):
            yield

    @contextmanager
    def falling_back(self):
        """Make a chunk enqueue a job for each of its computers."""
        fail = mock.patch.object(
            OcsComputerChunkImporter, "import_all", side_effect=ValueError
        )
        with fail, mute_logger(OcsComputerChunkImporter.__module__):
            yield

    def failing(self, error=ValueError):
        """Make the import of a chunk fail."""

        def run(importer, external_ids, force=False):
            raise error("Broken.")

        return self.chunk_importer(run)


@tagged("post_install", "-at_install")
class TestChunks(ChunkCase):
    """Many computers are imported in chunks, few by a job each."""

    def test_from_the_threshold_on(self):
        self.scan(1, 2, 3, 5, 8)
        self.assertEqual(
            (self.chunks(), self.single_imports()), ([[1, 2], [3, 5], [8]], [])
        )

    def test_below_the_threshold(self):
        self.scan(1, 2, 3)
        self.assertEqual((self.chunks(), self.single_imports()), ([], [1, 2, 3]))

    def test_chunks_are_disabled(self):
        self.backend.chunk_threshold = 0
        self.scan(1, 2, 3, 4, 5)
        self.assertEqual((self.chunks(), self.single_imports()), ([], [1, 2, 3, 4, 5]))

    def test_limits(self):
        for values in (
            {"chunk_size": 0},
            {"chunk_size": 1001},
            {"chunk_threshold": -1},
            {"chunk_threshold": 5001},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.backend.write(values)

    def test_force(self):
        self.fill(1, 2, 3, 4)
        self.scan(force=True)
        self.assertEqual(self.chunks(), [[1, 2], [3, 4]])
        self.assertTrue(all(job.kwargs["force"] for job in self.jobs("pending")[1:]))

    def test_progress_of_a_run(self):
        run = self.scan(*range(1, 8))
        self.assertEqual((run.state, run.left_count), ("importing", 7))
        self.assertEqual(self.counts(run), (7, 7, 0, 0))
        self.perform(self.jobs("pending", "import_chunk").sorted("id")[:1])
        self.assertEqual(self.counts(run), (7, 5, 2, 0))
        self.perform(self.jobs("pending", "close"))
        self.assertEqual(run.state, "importing")
        self.perform_jobs()
        self.assertEqual(run.state, "done")
        self.assertEqual(self.counts(run), (7, 0, 7, 0))
        self.assertTrue(all(self.binding(number) for number in range(1, 8)))
        again = self.import_changed()
        self.assertEqual((again.state, again.unchanged_count), ("done", 7))

    def test_failed_computer_gets_its_own_job(self):
        with self.failing_imports(3):
            self.import_changed()
            self.scan(1, 2, 3)
            self.perform_jobs()
        self.assertEqual(self.issue(3).reason, "failed")
        run = self.scan(4, 5, 6, 7)
        self.assertEqual(
            (self.chunks(), self.single_imports()), ([[4, 5], [6, 7]], [3])
        )
        self.assertEqual(self.counts(run), (5, 5, 0, 0))
        self.perform_jobs()
        self.assertEqual((run.state, run.done_count), ("done", 5))
        self.assertTrue(self.binding(3))

    def test_archived_and_removed_computers_get_their_own_jobs(self):
        self.backend.approval_percent = 0
        self.fill(1, 2)
        self.ocs[1]["hardware"]["ARCHIVE"] = 1
        del self.ocs[2]
        self.scan(3, 4, 5, 6)
        self.assertEqual(
            (self.chunks(), self.single_imports()), ([[3, 4], [5, 6]], [1, 2])
        )

    def test_first_chunks_are_imported_during_the_scan(self):
        self.ocs = {number: self.machine(number) for number in range(1, 12)}
        self.backend._start_run("schedule")
        run = self.last_run()
        with (
            mock.patch.object(OcsFingerprintDetector, "_batch_size", 3),
            mock.patch.object(scan_import_enqueuer, "MAX_CHUNK_THRESHOLD", 5),
        ):
            self.perform(self.jobs("pending", "scan"))
            self.assertEqual(self.chunks(), [[1, 2], [3, 4], [5, 6]])
            self.assertEqual((run.state, run.seen_count), ("scanning", 6))
            self.perform(self.jobs("pending", "import_chunk").sorted("id")[:1])
            self.assertTrue(self.binding(1) and self.binding(2))
            self.perform(self.jobs("pending", "scan"))
        self.assertEqual(self.chunks()[2:], [[7, 8], [9, 10], [11]])
        self.perform_jobs()
        self.assertEqual((run.state, run.new_count), ("done", 11))
        self.assertEqual(self.counts(run), (11, 0, 11, 0))

    def test_without_delay(self):
        self.ocs = {number: self.machine(number) for number in (1, 2, 3, 4)}
        self.backend.with_context(queue_job__no_delay=True).action_import_changed()
        run = self.last_run()
        self.assertEqual((run.state, run.new_count), ("done", 4))

    def test_computer_already_has_a_pending_job(self):
        self.ocs[1] = self.machine(1)
        model = self.env["ocs.computer.binding"]
        model._enqueue_import(self.backend, 1)
        run = self.scan(2, 3, 4)
        self.perform_jobs()
        self.assertEqual((run.state, run.done_count), ("done", 4))
        self.assertEqual(len(self.binding(1)), 1)

    def test_related_action(self):
        self.scan(1, 2, 3, 4)
        chunk = self.jobs("pending", "import_chunk").sorted("id")[0]
        self.perform(chunk)
        action = chunk.open_related_action()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, self.binding(1) | self.binding(2))


@tagged("post_install", "-at_install")
class TestFailingChunk(ChunkCase):
    """Failed computers are listed, and counted once."""

    def test_no_run_outside_of_a_job(self):
        model = self.env["ocs.computer.binding"]
        self.assertIsNone(model._current_run())
        self.assertIsNone(model.with_context(job_uuid="unknown")._current_run())

    def test_chunk_falls_back_to_single_jobs(self):
        run = self.scan(1, 2, 3, 4)
        first = self.jobs("pending", "import_chunk").sorted("id")[:1]
        with self.falling_back():
            self.perform(first)
        self.assertEqual((first.state, self.single_imports()), ("done", [1, 2]))
        self.assertEqual(self.counts(run), (4, 4, 0, 0))
        self.assertEqual(self.jobs("pending", "import_record").ocs_run_id, run)
        self.perform(self.jobs("pending", "import_chunk"))
        self.assertEqual(self.counts(run), (4, 2, 2, 0))
        self.perform(self.jobs("pending", "close"))
        self.assertEqual(run.state, "importing")
        with self.failing_imports(2):
            self.perform_jobs("import_record")
        self.assertEqual(self.counts(run), (4, 0, 3, 1))
        self.perform_jobs()
        self.assertEqual((run.state, run.progress), ("done", 100))
        self.assertEqual(self.issue(2).reason, "failed")
        run.action_retry_failed()
        self.assertEqual(self.counts(run), (4, 1, 3, 0))
        self.perform_jobs()
        self.assertEqual(self.counts(run), (4, 0, 4, 0))

    def test_chunk_fails_permanently(self):
        with self.failing():
            run = self.scan(1, 2, 3, 4)
            self.perform(self.jobs("pending", "import_chunk").sorted("id")[:1])
        self.assertEqual(self.counts(run), (4, 2, 0, 2))
        self.perform_jobs()
        self.assertEqual((run.state, run.failed_count, run.done_count), ("done", 2, 2))
        listed = self.env["ocs.import.issue"].search([("run_id", "=", run.id)])
        self.assertEqual(sorted(listed.mapped("external_id")), [1, 2])
        self.assertEqual(set(listed.mapped("message")), {"Broken."})
        # retried from the list, one by one
        self.issue(1).action_retry()
        self.perform_jobs()
        self.assertTrue(self.binding(1) and not self.issue(1))
        self.assertTrue(self.issue(2) and not self.binding(2))
        # retried from the run, each with a job of its own
        run.action_retry_failed()
        self.assertEqual((self.chunks(), self.single_imports()), ([], [1, 2]))
        self.assertEqual(self.counts(run), (4, 2, 2, 0))
        self.perform_jobs()
        self.assertEqual(self.counts(run), (4, 0, 4, 0))
        self.assertTrue(self.binding(2) and not self.issue(2))
        self.assertEqual(run.state, "done")

    def test_next_run_imports_each_by_its_own_job(self):
        with self.failing():
            self.scan(1, 2, 3, 4)
            self.perform_jobs()
        self.scan()
        self.assertEqual((self.chunks(), self.single_imports()), ([], [1, 2, 3, 4]))

    def test_ocs_does_not_answer(self):
        with self.failing(NetworkRetryableError):
            run = self.scan(1, 2, 3, 4)
            self.perform_jobs()
        self.assertEqual(self.counts(run), (4, 4, 0, 0))
        self.assertEqual(run.state, "importing")
        self.backend._run_pending_now()
        self.perform_jobs()
        self.assertEqual((run.state, run.done_count), ("done", 4))

    def test_retries_are_exhausted(self):
        run = self.scan(1, 2, 3, 4)
        chunk = self.jobs("pending", "import_chunk").sorted("id")[:1]
        chunk.write({"retry": chunk.max_retries, "state": "failed"})
        self.assertEqual(self.issue(1).import_request, "no_response")
        self.assertEqual(self.counts(run), (4, 2, 0, 2))

    def test_worker_is_killed_repeatedly(self):
        """The job runner marks the job as failed without calling the addon."""
        run = self.scan(1, 2, 3, 4)
        chunk = self.jobs("pending", "import_chunk").sorted("id")[:1]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE queue_job SET state = 'failed', exc_name = 'JobFoundDead',"
            " retry = 11 WHERE id = %s",
            (chunk.id,),
        )
        self.env.invalidate_all()
        self.perform_jobs()
        self.assertEqual((run.state, run.failed_count), ("done", 2))
        self.assertIn("killed", self.issue(1).message)
        self.assertIn("killed", self.issue(2).message)

    def test_backend_is_deleted(self):
        self.scan(1, 2, 3, 4)
        self.backend.unlink()
        with self.failing():
            self.perform_jobs()
        self.assertFalse(self.jobs("pending"))
