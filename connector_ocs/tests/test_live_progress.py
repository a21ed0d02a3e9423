# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo import Command
from odoo.tests import new_test_user, tagged

from ..models.queue_job import SHOWN_EACH
from .live_bus import BusMixin
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestLiveProgress(BusMixin, RunCase):
    """When open forms are told that something has changed."""

    def setUp(self):
        super().setUp()
        self.ocs = {number: self.machine(number) for number in range(1, 4)}
        self.forget_sent()

    def commit(self):
        """Run what waits for the commit of this transaction."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.cr.postcommit.run()
        self.env.invalidate_all()

    def test_each_step_of_a_run(self):
        """Imports tell after their commit only."""
        self.backend._start_run("schedule")
        self.assertEqual(self.progress(), [self.backend.id])
        for step, backends in (
            ("scan", {self.backend.id}),
            ("import_record", set()),
            ("close", {self.backend.id}),
        ):
            self.forget_sent()
            self.perform_jobs(step)
            with self.subTest(step=step):
                self.assertEqual(set(self.progress()), backends)
        self.assertEqual(self.last_run().state, "done")

    def test_many_writes_are_told_once(self):
        run = self.start_run()
        self.forget_sent()
        for number in range(5):
            run._count(seen_count=number)
        run.flush_recordset()
        self.assertEqual(self.progress(), [self.backend.id])

    def test_nothing_is_told_if_nothing_is_done(self):
        run = self.start_run()
        self.forget_sent()
        run.read(["state", "progress", "progress_label"])
        self.backend.read(["run_state", "run_label", "decision_count"])
        self.assertFalse(self.progress())

    def test_single_imports_are_told_one_in_some(self):
        """Thousands of jobs do not send a notification each."""
        self.ocs = {number: self.machine(number) for number in range(1, 26)}
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        self.commit()
        self.forget_sent()
        expected = 0
        for job in self.jobs("pending", "import_record"):
            self.perform(job)
            self.commit()
            expected += job.id % SHOWN_EACH == 0
        self.assertGreaterEqual(expected, 2)
        self.assertEqual(len(self.progress()), expected)

    def test_each_chunk_is_told(self):
        self.backend.write({"chunk_threshold": 1, "chunk_size": 1})
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        chunks = self.jobs("pending", "import_chunk")
        self.assertEqual(len(chunks), 3)
        for chunk in chunks:
            self.commit()
            self.forget_sent()
            self.perform(chunk)
            self.assertFalse(self.progress())
            self.commit()
            self.assertEqual(self.progress(), [self.backend.id])

    def test_imports_do_not_write_to_the_run(self):
        """Those that run at the same time would collide."""
        self.backend.write({"chunk_threshold": 1, "chunk_size": 1})
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        before = self.versions("ocs_import_run", "ocs_backend", "mail_activity")
        self.perform_jobs("import_chunk")
        self.commit()
        after = self.versions("ocs_import_run", "ocs_backend", "mail_activity")
        self.assertEqual(before, after)

    def test_what_is_rolled_back_is_not_told(self):
        run = self.start_run()
        self.forget_sent()
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            run._count(seen_count=1)
            raise ValueError
        self.assertFalse(self.progress())
        run._count(seen_count=1)
        self.assertEqual(self.progress(), [self.backend.id])

    def test_preview(self):
        self.backend.action_preview()
        self.assertEqual(set(self.progress()), {self.backend.id})
        self.forget_sent()
        preview = self.env["ocs.import.preview"].search([], limit=1)
        self.assertEqual(preview.progress_label, "Comparing…")
        preview.write({"total_count": 9, "seen_count": 4})
        self.assertEqual(preview.progress_label, "Comparing… 4 of 9")
        self.assertEqual(self.progress(), [self.backend.id])
        self.forget_sent()
        with self.enter_registry_test_mode():
            self.perform_jobs("examine")
        self.assertEqual((preview.state, preview.progress_label), ("done", False))
        self.assertEqual(set(self.progress()), {self.backend.id})

    def test_labels(self):
        run = self.start_run()
        for values, label in (
            ({}, "Scanning for changes…"),
            ({"seen_count": 7}, "Scanning for changes… 7 scanned"),
            ({"state": "waiting"}, "Waiting for approval"),
            ({"state": "done"}, False),
        ):
            with self.subTest(label=label):
                run.write(values)
                self.assertEqual(run.progress_label, label)
                self.assertEqual(self.backend.run_label, label)

    def test_label_of_imports(self):
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        run = self.last_run()
        self.assertEqual(run.progress_label, "Importing… 0 of 3")
        for job, label in zip(
            self.jobs("pending", "import_record"),
            ("Importing… 1 of 3", "Importing… 2 of 3", "Importing… 3 of 3"),
            strict=True,
        ):
            self.perform(job)
            self.env.invalidate_all()
            self.assertEqual(run.progress_label, label)
            self.assertEqual(self.backend.run_label, label)


@tagged("post_install", "-at_install")
class TestLiveChannels(RunCase):
    """Who may follow the progress of a backend."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.user = new_test_user(
            cls.env, "ocs-follower", groups="connector_ocs.group_ocs_user"
        )

    def channels(self, user, *names):
        """Return the channels of backends that a user gets.

        :param names: strings that the browser of the user sends
        """
        request = mock.MagicMock()
        request.session.uid = user.id
        path = "odoo.addons.bus.models.ir_websocket.wsrequest"
        with mock.patch(path, request):
            websocket = self.env["ir.websocket"].with_user(user)
            found = websocket._build_bus_channel_list(list(names))
        backends = [
            each for each in found if getattr(each, "_name", "") == "ocs.backend"
        ]
        self.assertFalse({"connector_ocs.backend_1"} & set(map(str, found)))
        return [each.id for each in backends]

    def name(self):
        return f"connector_ocs.backend_{self.backend.id}"

    def test_user_of_ocs(self):
        self.assertEqual(self.channels(self.user, self.name()), [self.backend.id])

    def test_only_who_asks(self):
        self.assertEqual(self.channels(self.user), [])

    def test_other_users(self):
        for groups in ("base.group_user", "base.group_portal", "base.group_public"):
            with self.subTest(groups=groups):
                user = new_test_user(self.env, f"ocs-{groups}", groups=groups)
                self.assertEqual(self.channels(user, self.name()), [])

    def test_other_company(self):
        self.backend.company_id = self.company
        self.assertEqual(self.channels(self.user, self.name()), [])
        self.user.company_ids = [Command.link(self.company.id)]
        self.assertEqual(self.channels(self.user, self.name()), [self.backend.id])

    def test_nonsense(self):
        for name in (
            "connector_ocs.backend_0",
            "connector_ocs.backend_999999999",
            "connector_ocs.backend_99999999999999999999",
            "connector_ocs.backend_",
            "connector_ocs.backend_1; --",
        ):
            with self.subTest(name=name):
                self.assertEqual(self.channels(self.user, name), [])

    def test_channel_cannot_be_guessed(self):
        """A browser sends strings, and the channel of a backend is none."""
        self.start_run()
        self.env.cr.flush()
        row = self.env["bus.bus"].search([], order="id desc", limit=1)
        self.assertEqual(
            row.channel, f'["{self.env.cr.dbname}","ocs.backend",{self.backend.id}]'
        )
