# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from unittest import mock

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from ..components.match_binding import OcsComputerMatcher
from ..components.scan_reconciler import OcsComputerReconciler
from .runs import RunCase

#: Tables that must not change while a run waits for approval.
UNTOUCHED = (
    "ocs_computer_binding",
    "ocs_monitor_binding",
    "ocs_import_issue",
    "maintenance_equipment",
)


class ApprovalCase(RunCase):
    """Test case with twenty computers, of which a run may archive or rebind two."""

    def setUp(self):
        super().setUp()
        self.backend.write({"approval_percent": 10, "approval_minimum": 0})
        self.bindings = self.fill(*range(1, 21))

    def delete_in_ocs(self, *numbers):
        """Delete computers in OCS and start a run.

        :return: the run
        """
        for number in numbers:
            self.deleted = self.ocs.pop(number)
        return self.import_changed()

    def archived(self):
        """Return the IDs of the computers whose asset is archived."""
        return sorted(
            binding.external_id for binding in self.bindings if not binding.active
        )

    def activities(self):
        self.env.invalidate_all()
        return self.backend.activity_ids


@tagged("post_install", "-at_install")
class TestThreshold(ApprovalCase):
    """How many computers a run may archive or rebind without approval."""

    def test_up_to_the_threshold(self):
        self.assertEqual(self.delete_in_ocs(1, 2).state, "done")
        self.assertEqual(self.archived(), [1, 2])

    def test_above_the_threshold(self):
        run = self.delete_in_ocs(1, 2, 3)
        self.assertEqual((run.state, run.affected_count), ("waiting", 3))
        self.assertIn("3 of 20", run.message)
        self.assertEqual(self.archived(), [])

    def test_changes_of_addons(self):
        """They are made as soon as the run may continue."""
        reconcile, change = OcsComputerReconciler.reconcile, mock.Mock()

        def reconcile_more(reconciler):
            reconciliation = reconcile(reconciler)
            reconciliation.changes.append(change)
            return reconciliation

        self.startPatcher(
            mock.patch.object(OcsComputerReconciler, "reconcile", reconcile_more)
        )
        run = self.delete_in_ocs(1, 2, 3)
        self.assertEqual(run.state, "waiting")
        change.assert_not_called()
        run.action_approve()
        self.perform_jobs()
        change.assert_called_once_with()

    def test_computers_archived_before_do_not_count(self):
        self.delete_in_ocs(1, 2)
        self.assertEqual(self.delete_in_ocs(3).state, "done")
        self.assertEqual(self.delete_in_ocs(4, 5).state, "waiting")  # of 17

    def test_minimum(self):
        self.backend.approval_minimum = 5
        self.assertEqual(self.delete_in_ocs(1, 2, 3, 4, 5).state, "done")
        self.assertEqual(self.delete_in_ocs(6, 7, 8, 9, 10, 11).state, "waiting")

    def test_approval_is_disabled(self):
        self.backend.approval_percent = 0
        self.assertEqual(self.delete_in_ocs(*range(1, 21)).state, "done")
        self.assertEqual(len(self.archived()), 20)

    def test_empty_ocs_always_needs_approval(self):
        """The database was emptied, or replaced by another one."""
        self.backend.approval_percent = 99
        self.assertEqual(self.delete_in_ocs(*range(1, 21)).state, "waiting")

    def test_computers_archived_in_ocs_count(self):
        for number in (1, 2, 3):
            self.ocs[number]["hardware"]["ARCHIVE"] = 1
        run = self.import_changed()
        self.assertEqual((run.state, run.affected_count), ("waiting", 3))

    def test_rebound_computers_count(self):
        self.backend.approval_percent = 0
        self.delete_in_ocs(1, 2, 3)
        self.backend.approval_percent = 10
        for number in (1, 2, 3):
            self.ocs[100 + number] = self.machine(number)
        run = self.import_changed()
        self.assertEqual((run.state, run.affected_count), ("waiting", 3))
        self.assertEqual(self.archived(), [1, 2, 3])

    def test_matched_once(self):
        """The reconciliation matches computers only if a user may have to approve."""
        self.delete_in_ocs(1)
        with mock.patch.object(
            OcsComputerMatcher,
            "match",
            autospec=True,
            side_effect=OcsComputerMatcher.match,
        ) as match:
            for number, percent, times in ((101, 10, 1), (102, 4, 2), (103, 0, 1)):
                self.backend.approval_percent = percent
                self.ocs[number] = self.machine(number)
                match.reset_mock()
                self.assertEqual(self.import_changed().state, "done")
                matched = [call.args[1] for call in match.call_args_list]
                self.assertEqual(matched, [[number]] * times)

    def test_new_and_changed_computers_do_not_count(self):
        for number in range(1, 31):
            self.ocs[number] = self.machine(number, hardware={"NAME": "RENAMED"})
        self.assertEqual(self.import_changed().state, "done")

    def test_invalid_values(self):
        for values in (
            {"approval_percent": -1},
            {"approval_percent": 101},
            {"approval_minimum": -1},
            {"run_retention": 0},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.backend.write(values)


@tagged("post_install", "-at_install")
class TestWaitingRun(ApprovalCase):
    """A run that waits for approval."""

    def setUp(self):
        super().setUp()
        self.ocs[4]["hardware"]["NAME"] = "RENAMED"
        self.ocs[30] = self.machine(30)
        self.before = self.versions(*UNTOUCHED)
        self.waiting_run = self.delete_in_ocs(1, 2, 3)

    def test_nothing_is_written(self):
        self.assertEqual(self.versions(*UNTOUCHED), self.before)
        for _run in range(2):
            self.import_changed()
        self.assertEqual(self.versions(*UNTOUCHED), self.before)
        self.assertFalse(self.jobs("pending"))
        self.assertEqual(self.backend.run_state, "waiting")

    def test_responsible_is_asked_once(self):
        for _run in range(2):
            self.import_changed()
        (activity,) = self.activities()
        self.assertEqual(activity.user_id, self.backend.user_id)
        self.assertIn("3 of 20", activity.note)

    def test_responsible_without_access(self):
        """No activity can be assigned, but the run waits all the same."""
        self.backend.action_cancel_run()
        self.backend.user_id = new_test_user(self.env, "left", groups="base.group_user")
        self.assertEqual(self.import_changed().state, "waiting")

    def test_approve(self):
        self.backend.action_approve_run()
        self.perform_jobs()
        self.assertEqual(self.last_run(), self.waiting_run)
        self.assertEqual(self.waiting_run.state, "done")
        self.assertEqual(self.archived(), [1, 2, 3])
        self.assertEqual(self.bindings[3].name, "RENAMED")
        self.assertTrue(self.binding(30))
        self.assertFalse(self.activities())

    def test_approve_without_delay(self):
        run = self.waiting_run.with_context(queue_job__no_delay=True)
        run.action_approve()
        self.assertEqual((run.state, self.archived()), ("done", [1, 2, 3]))

    def test_approval_covers_only_the_shown_number(self):
        self.backend.action_approve_run()
        del self.ocs[5]
        self.perform_jobs()
        self.assertEqual((self.waiting_run.state, self.archived()), ("waiting", []))
        self.assertEqual(self.waiting_run.affected_count, 4)
        self.assertIn("4 of 20", self.waiting_run.message)
        self.backend.action_approve_run()
        self.perform_jobs()
        self.assertEqual(self.archived(), [1, 2, 3, 5])

    def test_activity_shows_the_current_number(self):
        del self.ocs[5]
        self.import_changed()
        self.assertIn("4 of 20", self.activities().note)

    def test_approval_is_for_one_run_only(self):
        self.backend.action_approve_run()
        self.perform_jobs()
        self.assertEqual(self.delete_in_ocs(5, 6, 7).state, "waiting")

    def test_cancel(self):
        self.backend.action_cancel_run()
        self.assertEqual(self.waiting_run.state, "cancelled")
        self.assertTrue(self.waiting_run.date_end)
        self.assertEqual(self.versions(*UNTOUCHED), self.before)
        self.assertFalse(self.activities())

    def test_approve_a_cancelled_run(self):
        self.backend.action_cancel_run()
        notice = self.backend.action_approve_run()["params"]
        self.assertIn("No run is waiting", notice["title"])
        self.assertEqual(self.waiting_run.state, "cancelled")

    def test_approve_while_scanning_again(self):
        """The number may change, so it is not approved unseen."""
        self.backend._start_run("schedule")
        notice = self.backend.action_approve_run()["params"]
        self.assertIn("already running", notice["title"])
        self.perform_jobs()
        self.assertEqual((self.waiting_run.state, self.archived()), ("waiting", []))

    def test_approval_is_no_longer_needed(self):
        self.ocs[3] = self.deleted
        run = self.import_changed()
        self.assertEqual((run, run.state), (self.waiting_run, "done"))
        self.assertEqual(self.archived(), [1, 2])
        self.assertEqual(self.bindings[3].name, "RENAMED")
        self.assertFalse(run.message or self.activities())

    def test_import_changed_scans_again(self):
        notice = self.backend.action_import_changed()
        self.assertIn("Import started", notice["params"]["title"])
        self.perform_jobs()
        run = self.last_run()
        self.assertEqual((run, run.state), (self.waiting_run, "waiting"))
        self.assertEqual((run.origin, run.user_id), ("button", self.env.user))

    def test_import_all_does_not_wait(self):
        self.ocs[3] = self.deleted
        self.backend.action_import_all()
        self.perform_jobs()
        self.assertEqual(self.last_run().job_count, 21)

    def test_other_activities_are_kept(self):
        todo = "mail.mail_activity_data_todo"
        self.backend.activity_schedule(todo, summary="Mine", automated=False)
        self.backend.action_cancel_run()
        self.assertEqual(self.activities().mapped("summary"), ["Mine"])


@tagged("post_install", "-at_install")
class TestSecondComparison(ApprovalCase):
    """What computers share shows that IDs belong to other machines than it seemed."""

    def setUp(self):
        super().setUp()
        for number in (1, 2, 3):
            # as if the agent had been installed again, but a copy reports the same
            uuid = self.ocs[number]["hardware"]["UUID"]
            self.ocs[number] = self.reinstalled(100 + number, uuid, day=2)
            self.ocs[200 + number] = self.reinstalled(200 + number, uuid, day=1)
        self.waiting_run = self.import_changed()

    def reinstalled(self, number, uuid, day):
        hardware = {"UUID": uuid, "LASTDATE": datetime(2026, 1, day)}
        return self.machine(number, hardware=hardware, bios={"SSN": ""})

    def test_question(self):
        run = self.waiting_run
        self.assertEqual((run.state, run.affected_count), ("waiting", 3))
        self.assertIn("3 whose ID another machine has", run.message)
        self.assertEqual(self.bindings[:3].mapped("external_id"), [1, 2, 3])

    def test_approve(self):
        run = self.waiting_run
        run.action_approve()
        self.perform_jobs()
        self.assertEqual((run.state, run.removed_count), ("done", 3))
        for number, binding in enumerate(self.bindings[:3], 1):
            self.assertEqual((binding.name, binding.active), (f"PC-{number}", False))
            self.assertEqual(self.binding(number).name, f"PC-{100 + number}")
