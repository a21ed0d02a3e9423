# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import new_test_user, tagged

from .live_bus import BusMixin
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestNotices(BusMixin, RunCase):
    """Who is told the result of a run, wherever they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "connector_ocs.group_ocs_manager"
        cls.starter = new_test_user(cls.env, "ocs-starter", groups=group)
        cls.person = new_test_user(cls.env, "ocs-person", groups=group)
        cls.backend.user_id = cls.person

    def setUp(self):
        super().setUp()
        self.ocs = {number: self.machine(number) for number in range(1, 4)}
        self.forget_sent()

    def start(self, force=False):
        """Start a run as a user does, and perform its jobs."""
        self.backend.with_user(self.starter)._start_manually(force)
        self.perform_jobs()

    def told(self):
        """Return what was told since the last call, without the ID of the run."""
        found = [
            (user, payload["type"], payload["message"])
            for user, payload in self.notices()
        ]
        self.forget_sent()
        return found

    def test_done(self):
        self.start()
        notices = self.notices()
        self.assertEqual(
            notices,
            [
                (
                    self.starter,
                    {
                        "run_id": self.last_run().id,
                        "title": "Import from Test OCS finished",
                        "message": "3 computers imported.",
                        "type": "success",
                    },
                )
            ],
        )

    def test_failed_computers(self):
        with self.failing_imports(2, 3):
            self.start()
        self.assertEqual(
            self.told(), [(self.starter, "warning", "1 computer imported, 2 failed.")]
        )

    def test_decisions(self):
        run = self.start_run(user_id=self.starter.id)
        self.env["ocs.import.issue"]._record(self.backend, 9, "ambiguous")
        self.forget_sent()
        run._close()
        message = "No computer has changed, 1 computer needs a decision."
        self.assertEqual(self.told(), [(self.starter, "warning", message)])

    def test_nothing_to_do(self):
        self.start()
        self.forget_sent()
        self.start()
        self.assertEqual(
            self.told(), [(self.starter, "success", "No computer has changed.")]
        )

    def test_schedule_is_silent(self):
        self.import_changed("schedule")
        self.assertEqual(self.last_run().state, "done")
        self.assertEqual(self.told(), [])

    def test_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.starter.lang = "fr_FR"
        languages = []
        run_class = type(self.env["ocs.import.run"])
        describe = run_class._describe_result

        def spy(run):
            languages.append(run.env.lang)
            return describe(run)

        with mock.patch.object(run_class, "_describe_result", spy):
            self.start()
        self.assertEqual(languages, ["fr_FR"])

    def fail_scheduled(self):
        self.backend._start_run("schedule")
        self.last_run()._fail("OCS cannot be reached.")

    def test_scheduled_run_fails(self):
        """The person in charge is told once, not by each run until OCS is back."""
        self.fail_scheduled()
        self.assertEqual(
            self.told(), [(self.person, "danger", "OCS cannot be reached.")]
        )
        self.fail_scheduled()
        self.assertEqual(self.told(), [])
        self.import_changed("schedule")
        self.fail_scheduled()
        self.assertEqual(len(self.told()), 1)

    def test_nobody_in_charge(self):
        self.backend.user_id = False
        self.fail_scheduled()
        self.assertEqual(self.told(), [])

    def delete_all(self):
        self.import_changed("schedule")
        self.backend.approval_minimum = 0
        self.ocs.clear()
        self.forget_sent()

    def test_scheduled_run_waits(self):
        """The same question is asked once, however often OCS is scanned."""
        self.delete_all()
        run = self.import_changed("schedule")
        self.assertEqual(run.state, "waiting")
        self.assertEqual(self.told(), [(self.person, "warning", run.message)])
        self.import_changed("schedule")
        self.assertEqual((run.state, self.told()), ("waiting", []))

    def test_question_with_special_characters(self):
        self.delete_all()
        run = self.import_changed("schedule")
        self.assertEqual(len(self.told()), 1)
        for message in ("The office's <OCS> & “more”.", "Another one."):
            run.message = message
            self.assertTrue(self.backend._request_approval(run))
            self.env.invalidate_all()
            self.assertFalse(self.backend._request_approval(run))

    def test_run_of_a_user_waits(self):
        self.delete_all()
        self.import_changed("schedule")
        self.forget_sent()
        self.start()
        run = self.last_run()
        self.assertEqual(self.told(), [(self.starter, "warning", run.message)])

    def test_stopped_by_another_user(self):
        self.backend.with_user(self.starter)._start_manually(False)
        run = self.last_run()
        run.with_user(self.person).action_stop()
        self.assertEqual(self.told(), [(self.starter, "info", run.message)])

    def test_stopped_by_the_user_who_started_it(self):
        """The button shows the result at once."""
        self.backend.with_user(self.starter)._start_manually(False)
        self.last_run().with_user(self.starter).action_stop()
        self.assertEqual(self.told(), [])
