# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import nullcontext
from unittest import mock

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..models.ocs_import_run import OcsImportRun
from .test_chunks import ChunkCase


@tagged("post_install", "-at_install")
class TestStop(ChunkCase):
    """Stopping a run: the next one imports the rest."""

    def stop(self, run):
        run.action_stop()
        self.env.invalidate_all()

    def scanning(self, run):
        """Let a scan have locked the run."""
        nothing = run.browse()
        return mock.patch.object(
            OcsImportRun, "try_lock_for_update", lambda *args, **kwargs: nothing
        )

    def test_stop_an_import_in_chunks(self):
        run = self.scan(*range(1, 8))
        first, second = self.jobs("pending", "import_chunk").sorted("id")[:2]
        self.perform(first)
        second.state = "started"
        self.stop(run)
        self.assertEqual((run.state, bool(run.date_end)), ("cancelled", True))
        self.assertEqual((run.done_count, run.left_count), (2, 2))
        self.assertEqual(run.cancelled_count, 3)
        self.assertIn("2 computers processed", run.message)
        self.assertIn("2 still being imported", run.message)
        self.assertIn("3 cancelled", run.message)
        self.assertNotIn("failed", run.message)
        self.assertNotIn("not completed", run.message)
        self.assertFalse(self.jobs("pending"))
        # running jobs finish
        self.perform(second)
        self.assertEqual(self.counts(run), (7, 0, 4, 0))
        self.assertEqual(run.state, "cancelled")
        # the next run imports the rest
        following = self.import_changed()
        self.assertEqual((following.state, following.new_count), ("done", 3))
        self.assertTrue(all(self.binding(number) for number in range(1, 8)))

    def test_stop_a_scan(self):
        self.ocs[1] = self.machine(1)
        self.backend._start_run("schedule")
        run = self.last_run()
        self.stop(run)
        self.assertEqual(run.state, "cancelled")
        self.assertIn("scan of OCS was not completed", run.message)
        self.assertFalse(self.jobs("pending"))
        self.assertFalse(self.backend.last_error)
        self.assertEqual(self.import_changed().new_count, 1)

    def test_stop_single_imports(self):
        self.fill(1, 2)
        for number in (1, 2):
            self.ocs[number]["hardware"]["NAME"] = f"NEW-{number}"
        run = self.scan()
        self.stop(run)
        self.assertEqual(self.binding(1).name, "PC-1")
        following = self.import_changed()
        self.assertEqual((following.changed_count, following.state), (2, "done"))
        self.assertEqual(self.binding(1).name, "NEW-1")

    def test_next_run_retries_failed_computers(self):
        self.ocs[1] = self.machine(1)
        with self.failing_imports(1):
            self.import_changed()
        run = self.scan()
        self.assertEqual(self.single_imports(), [1])
        self.stop(run)
        self.import_changed()
        self.assertTrue(self.binding(1) and not self.issue(1))

    def test_next_run_finds_removed_computers(self):
        self.backend.approval_percent = 0
        binding = self.fill(1)
        self.ocs = {}
        self.stop(self.scan())
        self.assertFalse(binding.removal_action)
        self.import_changed()
        self.assertEqual(binding.removal_action, "archive")

    def test_removed_computer_is_counted_once(self):
        """By the run whose import handles it, although another one found it."""
        self.fill(1, 2, 3)
        del self.ocs[2]
        self.ocs[3] = self.machine(9)
        run = self.scan()
        self.stop(run)
        following = self.import_changed()
        self.assertEqual((run.removed_count, following.removed_count), (0, 2))
        self.assertEqual(following.done_count, 3)

    def test_run_is_already_finished(self):
        run = self.import_changed()
        with self.scanning(run):  # whoever has locked it
            notice = run.action_stop()["params"]
        self.assertIn("Nothing to stop", notice["title"])
        self.assertEqual((notice["type"], run.state), ("info", "done"))
        notice = self.backend.action_stop_run()["params"]
        self.assertIn("Nothing to stop", notice["title"])

    def test_stop_from_the_backend(self):
        run = self.scan(1)
        self.assertEqual((run.left_count, run.cancelled_count), (1, 0))
        notice = self.backend.action_stop_run()["params"]
        self.assertEqual((run.state, self.backend.run_state), ("cancelled",) * 2)
        self.assertIn("1 cancelled", run.message)
        self.assertNotIn("still being imported", run.message)
        self.assertEqual(notice["message"], run.message)
        self.assertEqual(notice["type"], "info")

    def test_stop_a_running_scan(self):
        """The scan has locked the run: a job stops the run afterwards."""
        run = self.scan(1)
        with self.scanning(run):
            notice = run.action_stop()["params"]
        self.assertIn("stopping", notice["title"])
        self.assertEqual(notice["type"], "info")
        self.assertEqual(run.state, "importing")
        self.perform_jobs()
        self.assertEqual(run.state, "cancelled")
        self.assertIn(self.env.user.name, run.message)
        self.assertFalse(self.binding(1))

    def test_readers_do_not_stop_a_running_scan(self):
        run = self.scan(1)
        reader = new_test_user(self.env, "stop_reader", "connector_ocs.group_ocs_user")
        with self.scanning(run), self.assertRaises(AccessError):
            run.with_user(reader).action_stop()
        self.assertFalse(self.jobs("pending", "stop"))
        self.perform_jobs()
        self.assertEqual(run.state, "done")
        with self.assertRaises(AccessError):
            run.with_user(reader).action_stop()

    def test_jobs_that_start_meanwhile(self):
        run = self.scan(1, 2, 3)
        started = self.jobs("pending", "import_record").sorted("id")[0]

        def conflict(run, jobs):
            if started in jobs:
                raise SerializationFailure()

        with mock.patch.object(type(run), "_lock_jobs", conflict):
            self.stop(run)
        self.assertEqual(self.single_imports(), [started.args[1]])
        self.assertEqual((run.cancelled_count, run.left_count), (2, 1))
        results = set(self.jobs("cancelled").mapped("result"))
        self.assertEqual(results, {"Its run was stopped."})

    def test_access_rights(self):
        run = self.scan(1)
        reader = new_test_user(self.env, "stop_reader", "connector_ocs.group_ocs_user")
        manager = new_test_user(
            self.env, "stop_manager", "connector_ocs.group_ocs_manager"
        )
        buttons = ((run, "action_stop"), (self.backend, "action_stop_run"))
        for user, is_allowed in ((reader, False), (manager, True)):
            for record, name in buttons:
                with self.subTest(user=user.login, model=record._name):
                    views = record.with_user(user).get_views([(False, "form")])
                    arch = views["views"]["form"]["arch"]
                    self.assertEqual(f'name="{name}"' in arch, is_allowed)
                    denied = self.assertRaises(AccessError)
                    with nullcontext() if is_allowed else denied:
                        getattr(record.with_user(user), name)()
        self.assertEqual(run.state, "cancelled")
