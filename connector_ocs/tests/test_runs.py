# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta
from inspect import getmembers
from unittest import mock

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_autovacuum import is_autovacuum

from ..models.ocs_backend_run import OcsBackendRun
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestRuns(RunCase):
    """Counters and states of runs."""

    def test_counters(self):
        self.fill(1, 2, 3, 4, 5)
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        self.ocs[2]["accountinfo"] = {"TAG": "Lyon"}
        self.ocs[3]["hardware"]["ARCHIVE"] = 1
        del self.ocs[4]
        self.ocs[6] = self.machine(6)
        self.ocs[7] = self.machine(7, hardware={"DEVICEID": "_SYSTEMGROUP_"})
        run = self.import_changed()
        self.assertRecordValues(
            run,
            [
                {
                    "state": "done",
                    "seen_count": 6,
                    "new_count": 1,
                    "changed_count": 1,
                    "unchanged_count": 2,
                    "removed_count": 1,
                    "rebound_count": 0,
                    "queued_count": 0,
                    "job_count": 4,
                    "done_count": 4,
                    "failed_count": 0,
                    "left_count": 0,
                    "progress": 100,
                    "skipped_count": 2,
                }
            ],
        )
        self.assertEqual(run.skipped, {"archived": 1, "group": 1})
        self.assertIn("1 × Archived in OCS", run.skipped_reasons)
        self.assertEqual(run.sections, {"hardware": 1, "accountinfo": 1})
        self.assertIn("TAG: 1", run.changed_sections)
        self.assertTrue(run.date_end)

    def test_counters_add_up(self):
        run = self.start_run()
        for _batch in range(2):
            run._count(seen_count=3, skipped={"archived": 1, "group": 2})
        self.assertEqual(run.seen_count, 6)
        self.assertEqual(run.skipped, {"archived": 2, "group": 4})

    def test_warnings(self):
        """A choice of the detection may warn, besides what the sections say."""
        self.problems = {"monitors": {"unreadable": "The error."}}

        def choose(backend, run):
            for sentence in ("One thing.", "Another one."):
                run._warn(sentence)
            return "fingerprint"

        with mock.patch.object(OcsBackendRun, "_choose_detection", choose):
            run = self.import_changed()
        first, *others = run.warnings.splitlines()
        self.assertIn("The error.", first)
        self.assertEqual(others, ["One thing.", "Another one."])

    def test_nothing_changed(self):
        self.fill(1, 2)
        before = self.jobs()
        run = self.import_changed()
        self.assertEqual((run.state, run.unchanged_count), ("done", 2))
        self.assertEqual((run.job_count, run.progress), (0, 100))
        self.assertEqual((self.jobs() - before).method_name, "scan")

    def test_autovacuum_of_a_model_with_records(self):
        """Odoo calls the method on each model that has it, also on abstract ones."""
        for name in self.env.registry:
            model = self.env[name]
            if model._abstract and name.startswith("ocs."):
                methods = getmembers(type(model), is_autovacuum)
                self.assertEqual(methods, [], name)

    def test_progress(self):
        self.ocs = {number: self.machine(number) for number in (1, 2, 3, 4)}
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        run = self.last_run()
        self.assertEqual((run.state, run.left_count, run.progress), ("importing", 4, 0))
        self.perform(self.jobs("pending", "import_record")[:1])
        self.env.invalidate_all()
        self.assertEqual((run.left_count, run.done_count, run.progress), (3, 1, 25))
        self.perform(self.jobs("pending", "close"))
        self.assertEqual(run.state, "importing")
        self.perform_jobs()
        self.assertEqual((run.state, run.progress), ("done", 100))

    def test_started_by(self):
        self.backend.action_import_changed()
        self.assertEqual(self.last_run().origin, "button")
        self.assertEqual(self.last_run().user_id, self.env.user)
        self.perform_jobs()
        self.import_changed()
        self.assertEqual(self.last_run().origin, "schedule")
        self.assertFalse(self.last_run().user_id)

    def test_duration(self):
        run = self.import_changed()
        for duration, words in (
            (timedelta(milliseconds=300), "0 s"),
            (timedelta(seconds=59.9), "59 s"),
            (timedelta(seconds=125), "2 min 5 s"),
            (timedelta(hours=3, minutes=4, seconds=59), "3 h 4 min"),
            (timedelta(days=2, hours=1), "2 d 1 h"),
        ):
            run.date_end = run.date_start + duration
            self.assertEqual(run.duration, words)

    def test_jobs_of_a_finished_run(self):
        """They are listed whatever their state, also those of the backend."""
        self.ocs[1] = self.machine(1)
        run = self.import_changed()
        for record in (run, self.backend):
            action = record.action_view_jobs()
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(
                set(found.mapped("method_name")), {"scan", "import_record", "close"}
            )
            self.assertEqual(set(found.mapped("state")), {"done"})
            self.assertFalse(action["context"])

    def test_failed_jobs_and_retry(self):
        self.ocs = {number: self.machine(number) for number in (1, 2, 3)}
        with self.failing_imports(2, 3):
            run = self.import_changed()
        self.assertEqual((run.done_count, run.failed_count), (1, 2))
        self.assertEqual((run.state, run.progress), ("done", 100))
        listed = self.env[run.action_view_failed()["res_model"]].search(
            run.action_view_failed()["domain"]
        )
        self.assertEqual(sorted(listed.mapped("external_id")), [2, 3])
        run.action_retry_failed()
        self.env.invalidate_all()
        self.assertEqual((run.state, run.left_count), ("importing", 2))
        self.perform_jobs()
        self.assertEqual((run.state, run.done_count, run.failed_count), ("done", 3, 0))
        self.assertTrue(self.binding(2) and self.binding(3))

    def test_retry_while_another_run_is_open(self):
        self.ocs[1] = self.machine(1)
        with self.failing_imports(1):
            run = self.import_changed()
        self.backend._start_run("schedule")
        notice = run.action_retry_failed()["params"]
        self.assertIn("already running", notice["title"])
        self.assertEqual(run.state, "done")

    def test_retry_without_anything_failed(self):
        run = self.import_changed()
        run.action_retry_failed()
        self.assertEqual(run.state, "done")

    def test_cancelled_and_deleted_jobs(self):
        """The run does not wait for them."""
        self.ocs = {number: self.machine(number) for number in (1, 2, 3)}
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        run = self.last_run()
        first, second, _third = self.jobs("pending", "import_record")
        first.button_cancelled()
        second.unlink()
        self.perform_jobs()
        self.assertEqual((run.state, run.left_count), ("done", 0))

    def test_without_delay(self):
        self.ocs = {number: self.machine(number) for number in (1, 2)}
        before = self.jobs()
        self.backend.with_context(queue_job__no_delay=True).action_import_changed()
        run = self.last_run()
        self.assertEqual((run.state, run.new_count, run.done_count), ("done", 2, 2))
        self.assertEqual(self.jobs(), before)

    def test_jobs_of_an_earlier_run(self):
        """They are counted by the earlier run; the later one does not wait for them."""
        self.ocs = {1: self.machine(1), 2: self.machine(2)}
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        earlier = self.last_run()
        self.jobs("pending", "import_record")[:1].button_cancelled()
        self.jobs("pending").eta = fields.Datetime.now() + timedelta(minutes=15)
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        run = self.last_run()
        self.assertNotEqual(run, earlier)
        self.assertEqual((run.job_count, run.queued_count), (1, 1))


@tagged("post_install", "-at_install")
class TestSecondRun(RunCase):
    """Starting a second run while one is open is harmless."""

    def setUp(self):
        super().setUp()
        self.ocs = {1: self.machine(1)}
        self.backend._start_run("schedule")
        self.run_before = self.last_run()

    def test_button_starts_no_second_run(self):
        for stage in ("scanning", "importing"):
            with self.subTest(stage):
                self.assertEqual(self.run_before.state, stage)
                notice = self.backend.action_import_changed()["params"]
                self.assertIn("already running", notice["title"])
                self.assertIn("No other import was started", notice["message"])
                self.assertEqual(self.last_run(), self.run_before)
            self.perform_jobs("scan")

    def test_schedule_starts_no_second_run(self):
        before = self.jobs()
        self.backend._start_run("schedule")
        self.assertEqual(self.last_run(), self.run_before)
        self.assertEqual(self.jobs(), before)

    def test_run_started_by_another_transaction(self):
        """This transaction does not see the run of the other one yet."""
        nothing = self.env["ocs.import.run"]
        jobs = self.jobs()
        with (
            mock.patch.object(OcsBackendRun, "_open_run", lambda backend: nothing),
            mock.patch.object(
                OcsBackendRun, "_has_started_elsewhere", return_value=True
            ),
        ):
            self.backend._start_run("schedule")
            notice = self.backend.action_import_changed()["params"]
        self.assertIn("already running", notice["title"])
        self.assertEqual(self.last_run(), self.run_before)
        self.assertEqual(self.jobs(), jobs)

    def test_one_open_run_at_most(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.run_before.copy()
            self.env.flush_all()

    def test_next_run_in_the_same_transaction(self):
        self.run_before._close()
        values = {"backend_id": self.backend.id, "origin": "button"}
        following = self.run_before.create(values)
        self.assertEqual((self.run_before.state, following.state), ("done", "scanning"))

    def test_interrupted_scan_is_closed(self):
        self.jobs().unlink()
        run = self.import_changed()
        self.assertEqual(self.run_before.state, "failed")
        self.assertIn("interrupted", self.run_before.message)
        self.assertEqual((run.state, run.new_count), ("done", 1))

    def test_interrupted_import_is_closed(self):
        self.perform_jobs("scan")
        self.jobs("pending").button_cancelled()
        self.import_changed()
        self.assertEqual(self.run_before.state, "done")
        self.assertTrue(self.binding(1))

    def test_last_job_of_a_run_finishes_after_it(self):
        """The run was closed while its only job was postponed by an outage."""
        self.perform_jobs("scan")
        late = self.jobs("pending", "import_record")
        late.eta = fields.Datetime.now() + timedelta(minutes=15)
        run = self.import_changed()
        self.assertEqual(self.run_before.state, "done")
        self.assertEqual((run.state, run.queued_count), ("done", 1))
        self.assertTrue(self.binding(1))
