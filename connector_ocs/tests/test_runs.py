# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta
from unittest import mock

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.connector.exception import NetworkRetryableError

from ..components.server_adapter import OcsServerAdapter
from ..exceptions import OcsConfigurationError
from ..models.ocs_backend_import import OcsBackend
from .runs import RunCase


def away(error=NetworkRetryableError):
    """OCS does not answer."""

    def fail(adapter):
        raise error("OCS did not answer.")

    return mock.patch.object(OcsServerAdapter, "schema", fail)


@tagged("post_install", "-at_install")
class TestRuns(RunCase):
    """A run says what it found and what came of it."""

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
                    "gone_count": 1,
                    "relinked_count": 0,
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

    def test_nothing_changed(self):
        self.fill(1, 2)
        before = self.jobs()
        run = self.import_changed()
        self.assertEqual((run.state, run.unchanged_count), ("done", 2))
        self.assertEqual((self.jobs() - before).method_name, "import_batch")

    def test_progress(self):
        self.ocs = {number: self.machine(number) for number in (1, 2, 3, 4)}
        self.backend._start_run("schedule")
        self.work("import_batch")
        run = self.last_run()
        self.assertEqual((run.state, run.left_count, run.progress), ("importing", 4, 0))
        self.perform(self.jobs("pending", "import_record")[:1])
        self.env.invalidate_all()
        self.assertEqual((run.left_count, run.done_count, run.progress), (3, 1, 25))
        self.perform(self.jobs("pending", "close_run"))
        self.assertEqual(run.state, "importing")
        self.work()
        self.assertEqual((run.state, run.progress), ("done", 100))

    def test_started_by(self):
        self.backend.action_import_changed()
        self.assertEqual(self.last_run().origin, "button")
        self.assertEqual(self.last_run().user_id, self.env.user)
        self.work()
        self.import_changed()
        self.assertEqual(self.last_run().origin, "schedule")
        self.assertFalse(self.last_run().user_id)

    def test_duration(self):
        run = self.import_changed()
        run.date_end = run.date_start + timedelta(seconds=90)
        self.assertEqual(run.duration, 90)

    def test_failed_jobs_and_retry(self):
        self.ocs = {number: self.machine(number) for number in (1, 2, 3)}
        with self.poisoned(2, 3):
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
        self.work()
        self.assertEqual((run.state, run.done_count, run.failed_count), ("done", 3, 0))
        self.assertTrue(self.binding(2) and self.binding(3))

    def test_retry_while_another_run_is_going_on(self):
        self.ocs[1] = self.machine(1)
        with self.poisoned(1):
            run = self.import_changed()
        self.backend._start_run("schedule")
        notice = run.action_retry_failed()["params"]
        self.assertIn("going on already", notice["title"])
        self.assertEqual(run.state, "done")

    def test_retry_without_anything_failed(self):
        run = self.import_changed()
        run.action_retry_failed()
        self.assertEqual(run.state, "done")

    def test_cancelled_and_deleted_jobs(self):
        """They are not waited for."""
        self.ocs = {number: self.machine(number) for number in (1, 2, 3)}
        self.backend._start_run("schedule")
        self.work("import_batch")
        run = self.last_run()
        first, second, _third = self.jobs("pending", "import_record")
        first.button_cancelled()
        second.unlink()
        self.work()
        self.assertEqual((run.state, run.left_count), ("done", 0))

    def test_without_delay(self):
        self.ocs = {number: self.machine(number) for number in (1, 2)}
        before = self.jobs()
        self.backend.with_context(queue_job__no_delay=True).action_import_changed()
        run = self.last_run()
        self.assertEqual((run.state, run.new_count, run.done_count), ("done", 2, 2))
        self.assertEqual(self.jobs(), before)

    def test_jobs_of_an_earlier_run(self):
        """They are counted there, and not waited for here."""
        self.ocs = {1: self.machine(1), 2: self.machine(2)}
        self.backend._start_run("schedule")
        self.work("import_batch")
        earlier = self.last_run()
        self.jobs("pending", "import_record")[:1].button_cancelled()
        self.jobs("pending").eta = fields.Datetime.now() + timedelta(minutes=15)
        self.backend._start_run("schedule")
        self.work("import_batch")
        run = self.last_run()
        self.assertNotEqual(run, earlier)
        self.assertEqual((run.job_count, run.queued_count), (1, 1))


@tagged("post_install", "-at_install")
class TestSecondRun(RunCase):
    """A second run while one is going on is harmless."""

    def setUp(self):
        super().setUp()
        self.ocs = {1: self.machine(1)}
        self.backend._start_run("schedule")
        self.run_before = self.last_run()

    def test_button_says_so(self):
        for stage in ("looking", "importing"):
            with self.subTest(stage):
                self.assertEqual(self.run_before.state, stage)
                notice = self.backend.action_import_changed()["params"]
                self.assertIn("going on already", notice["title"])
                self.assertIn("Nothing else was started", notice["message"])
                self.assertEqual(self.last_run(), self.run_before)
            self.work("import_batch")

    def test_schedule(self):
        before = self.jobs()
        self.backend._start_run("schedule")
        self.assertEqual(self.last_run(), self.run_before)
        self.assertEqual(self.jobs(), before)

    def test_begun_by_another_transaction(self):
        """This one sees OCS's runs as they were when it began."""
        nothing = self.env["ocs.import.run"]
        jobs = self.jobs()
        with mock.patch.object(OcsBackend, "_open_run", lambda backend: nothing):
            self.backend._start_run("schedule")
            notice = self.backend.action_import_changed()["params"]
        self.assertIn("going on already", notice["title"])
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

    def test_interrupted_look_is_closed(self):
        self.jobs().unlink()
        run = self.import_changed()
        self.assertEqual(self.run_before.state, "failed")
        self.assertIn("interrupted", self.run_before.message)
        self.assertEqual((run.state, run.new_count), ("done", 1))

    def test_interrupted_import_is_closed(self):
        self.work("import_batch")
        self.jobs("pending").button_cancelled()
        self.import_changed()
        self.assertEqual(self.run_before.state, "done")
        self.assertTrue(self.binding(1))

    def test_last_job_of_a_run_ends_after_it(self):
        """The run was closed meanwhile, because its job only waited for OCS."""
        self.work("import_batch")
        late = self.jobs("pending", "import_record")
        late.eta = fields.Datetime.now() + timedelta(minutes=15)
        run = self.import_changed()
        self.assertEqual(self.run_before.state, "done")
        self.assertEqual((run.state, run.queued_count), ("done", 1))
        self.assertTrue(self.binding(1))


@tagged("post_install", "-at_install")
class TestFailedLook(RunCase):
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
            self.assertEqual(first.state, "looking")
            self.import_changed()
        self.assertEqual(first.state, "failed")
        self.assertIn("OCS did not answer.", first.message)

    def test_no_look_is_made_for_a_run_that_is_over(self):
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

    def test_retry_of_the_look_starts_no_second_one(self):
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


@tagged("post_install", "-at_install")
class TestRetention(RunCase):
    """Runs are kept as long as the backend says."""

    def age(self, run, days):
        run.date_start = fields.Datetime.now() - timedelta(days=days)

    def test_old_runs_are_deleted(self):
        self.backend.run_retention = 7
        old, recent, waiting = (self.import_changed() for _run in range(3))
        self.age(old, 8)
        self.age(recent, 6)
        self.age(waiting, 8)
        waiting.state = "waiting"
        other = self.backend.copy({"version": "2.9.1", "run_retention": 30})
        kept = self.env["ocs.import.run"].create(
            {"backend_id": other.id, "origin": "schedule", "state": "done"}
        )
        self.age(kept, 8)
        self.env["ocs.import.run"]._gc_runs()
        self.assertEqual(
            (old | recent | waiting | kept).exists(), recent | waiting | kept
        )

    def test_last_one_stays(self):
        run = self.import_changed()
        self.age(run, 99)
        self.env["ocs.import.run"]._gc_runs()
        self.assertTrue(self.backend.last_look)

    def test_issue_and_jobs_outlive_it(self):
        self.ocs[1] = self.machine(1)
        with self.poisoned(1):
            for _run in range(2):
                self.age(self.import_changed(), 99)
        self.import_changed()
        self.env["ocs.import.run"]._gc_runs()
        self.env.invalidate_all()
        self.assertTrue(self.issue(1) and self.jobs("failed"))
        self.assertFalse(self.issue(1).run_id or self.jobs("failed").ocs_run_id)


@tagged("post_install", "-at_install")
class TestAccess(RunCase):
    """Who sees runs and decides about them; managers have no right on jobs."""

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
        with self.poisoned(2):
            self.run_before = self.import_changed()

    def test_user_reads(self):
        run = self.run_before.with_user(self.user)
        self.assertEqual((run.done_count, run.failed_count, run.progress), (1, 1, 100))
        self.assertTrue(run.read() and run.backend_id.run_count)
        self.assertEqual(run.backend_id.run_state, "done")

    def test_user_decides_nothing(self):
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

    def test_manager_decides(self):
        run = self.run_before.with_user(self.manager)
        self.assertFalse(self.manager.has_group("queue_job.group_queue_job_manager"))
        run.action_retry_failed()
        self.work()
        self.assertEqual(run.failed_count, 0)
        run.backend_id.action_import_changed()
        self.assertEqual(self.last_run().user_id, self.manager)
        self.work()
        for action, state in (
            ("action_approve", "done"),
            ("action_cancel", "cancelled"),
        ):
            self.last_run().write({"state": "waiting"})
            getattr(self.last_run().with_user(self.manager), action)()
            self.work()
            self.assertEqual(self.last_run().state, state)

    def test_other_company(self):
        runs = self.env["ocs.import.run"].with_user(self.stranger)
        self.assertNotIn(self.run_before, runs.search([]))
        with self.assertRaises(AccessError):
            runs.browse(self.run_before.id).read(["state"])
