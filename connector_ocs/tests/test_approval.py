# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .runs import RunCase

#: Tables that hold what a person may lose.
TOUCHED = (
    "ocs_computer_binding",
    "ocs_monitor_binding",
    "ocs_import_issue",
    "maintenance_equipment",
)


class ApprovalCase(RunCase):
    """Twenty computers, a run may do away with two of them."""

    def setUp(self):
        super().setUp()
        self.backend.write({"approval_percent": 10, "approval_minimum": 0})
        self.bindings = self.fill(*range(1, 21))

    def lose(self, *numbers):
        """Computers are deleted in OCS."""
        for number in numbers:
            self.lost = self.ocs.pop(number)
        return self.import_changed()

    def archived(self):
        return sorted(
            binding.external_id for binding in self.bindings if not binding.active
        )

    def activities(self):
        self.env.invalidate_all()
        return self.backend.activity_ids


@tagged("post_install", "-at_install")
class TestLimit(ApprovalCase):
    """How many computers a run may archive or link anew without asking."""

    def test_up_to_the_share(self):
        self.assertEqual(self.lose(1, 2).state, "done")
        self.assertEqual(self.archived(), [1, 2])

    def test_above_the_share(self):
        run = self.lose(1, 2, 3)
        self.assertEqual((run.state, run.affected_count), ("waiting", 3))
        self.assertIn("3 of 20", run.message)
        self.assertEqual(self.archived(), [])

    def test_what_was_dealt_with_does_not_count(self):
        self.lose(1, 2)
        self.assertEqual(self.lose(3).state, "done")
        self.assertEqual(self.lose(4, 5).state, "waiting")  # of 17

    def test_minimum(self):
        self.backend.approval_minimum = 5
        self.assertEqual(self.lose(1, 2, 3, 4, 5).state, "done")
        self.assertEqual(self.lose(6, 7, 8, 9, 10, 11).state, "waiting")

    def test_never(self):
        self.backend.approval_percent = 0
        self.assertEqual(self.lose(*range(1, 21)).state, "done")
        self.assertEqual(len(self.archived()), 20)

    def test_nothing_left_in_ocs(self):
        """A database that was emptied, or another one."""
        self.backend.approval_percent = 99
        self.assertEqual(self.lose(*range(1, 21)).state, "waiting")

    def test_archived_in_ocs_counts(self):
        for number in (1, 2, 3):
            self.ocs[number]["hardware"]["ARCHIVE"] = 1
        run = self.import_changed()
        self.assertEqual((run.state, run.affected_count), ("waiting", 3))

    def test_linked_anew_counts(self):
        self.backend.approval_percent = 0
        self.lose(1, 2, 3)
        self.backend.approval_percent = 10
        for number in (1, 2, 3):
            self.ocs[100 + number] = self.machine(number)
        run = self.import_changed()
        self.assertEqual((run.state, run.affected_count), ("waiting", 3))
        self.assertEqual(self.archived(), [1, 2, 3])

    def test_new_and_changed_do_not_count(self):
        for number in range(1, 31):
            self.ocs[number] = self.machine(number, hardware={"NAME": "RENAMED"})
        self.assertEqual(self.import_changed().state, "done")

    def test_values(self):
        for values in (
            {"approval_percent": -1},
            {"approval_percent": 101},
            {"approval_minimum": -1},
            {"run_retention": 0},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.backend.write(values)


@tagged("post_install", "-at_install")
class TestDecision(ApprovalCase):
    """What a run that waits for a decision does, and does not."""

    def setUp(self):
        super().setUp()
        self.ocs[4]["hardware"]["NAME"] = "RENAMED"
        self.ocs[30] = self.machine(30)
        self.before = self.versions(*TOUCHED)
        self.run_before = self.lose(1, 2, 3)

    def test_nothing_is_touched(self):
        self.assertEqual(self.versions(*TOUCHED), self.before)
        for _run in range(2):
            self.import_changed()
        self.assertEqual(self.versions(*TOUCHED), self.before)
        self.assertFalse(self.jobs("pending"))
        self.assertEqual(self.backend.run_state, "waiting")

    def test_responsible_is_asked_once(self):
        for _run in range(2):
            self.import_changed()
        (activity,) = self.activities()
        self.assertEqual(activity.user_id, self.backend.user_id)
        self.assertIn("3 of 20", activity.note)

    def test_responsible_without_access(self):
        """Nobody can be asked that way, the run waits all the same."""
        self.backend.action_cancel_run()
        self.backend.user_id = new_test_user(self.env, "left", groups="base.group_user")
        self.assertEqual(self.import_changed().state, "waiting")

    def test_approved(self):
        self.backend.action_approve_run()
        self.work()
        self.assertEqual(self.last_run(), self.run_before)
        self.assertEqual(self.run_before.state, "done")
        self.assertEqual(self.archived(), [1, 2, 3])
        self.assertEqual(self.bindings[3].name, "RENAMED")
        self.assertTrue(self.binding(30))
        self.assertFalse(self.activities())

    def test_approved_up_to_the_number(self):
        self.backend.action_approve_run()
        del self.ocs[5]
        self.work()
        self.assertEqual((self.run_before.state, self.archived()), ("waiting", []))
        self.assertEqual(self.run_before.affected_count, 4)
        self.assertIn("4 of 20", self.run_before.message)
        self.backend.action_approve_run()
        self.work()
        self.assertEqual(self.archived(), [1, 2, 3, 5])

    def test_activity_says_the_number_of_now(self):
        del self.ocs[5]
        self.import_changed()
        self.assertIn("4 of 20", self.activities().note)

    def test_approved_for_this_run_only(self):
        self.backend.action_approve_run()
        self.work()
        self.assertEqual(self.lose(5, 6, 7).state, "waiting")

    def test_cancelled(self):
        self.backend.action_cancel_run()
        self.assertEqual(self.run_before.state, "cancelled")
        self.assertTrue(self.run_before.date_end)
        self.assertEqual(self.versions(*TOUCHED), self.before)
        self.assertFalse(self.activities())

    def test_approved_after_it_was_cancelled(self):
        self.backend.action_cancel_run()
        notice = self.backend.action_approve_run()["params"]
        self.assertIn("No run is waiting", notice["title"])
        self.assertEqual(self.run_before.state, "cancelled")

    def test_approved_while_it_looks_again(self):
        """The number may be another one: it is not agreed to unseen."""
        self.backend._start_run("schedule")
        notice = self.backend.action_approve_run()["params"]
        self.assertIn("already running", notice["title"])
        self.work()
        self.assertEqual((self.run_before.state, self.archived()), ("waiting", []))

    def test_cause_has_passed(self):
        self.ocs[3] = self.lost
        run = self.import_changed()
        self.assertEqual((run, run.state), (self.run_before, "done"))
        self.assertEqual(self.archived(), [1, 2])
        self.assertEqual(self.bindings[3].name, "RENAMED")
        self.assertFalse(run.message or self.activities())

    def test_button_looks_again(self):
        notice = self.backend.action_import_changed()
        self.assertIn("Import started", notice["params"]["title"])
        self.work()
        self.assertEqual(self.last_run(), self.run_before)
        self.assertEqual(self.run_before.state, "waiting")
        self.assertEqual(self.run_before.origin, "button")
        self.assertEqual(self.run_before.user_id, self.env.user)

    def test_button_for_all(self):
        """Whoever wants all computers gets them, though a run waited."""
        self.ocs[3] = self.lost
        self.backend.action_import_all()
        self.work()
        self.assertEqual(self.last_run().job_count, 21)

    def test_other_activities_stay(self):
        self.backend.activity_schedule(
            "mail.mail_activity_data_todo", summary="Mine", automated=False
        )
        self.backend.action_cancel_run()
        self.assertEqual(self.activities().mapped("summary"), ["Mine"])
