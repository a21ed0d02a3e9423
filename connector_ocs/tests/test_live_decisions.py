# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import new_test_user, tagged

from ..models.ocs_backend_decision import DECISION
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestOpenDecisions(RunCase):
    """One activity for the person in charge, as long as decisions are open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "connector_ocs.group_ocs_manager"
        cls.person = new_test_user(cls.env, "ocs-person", groups=group)
        cls.backend.user_id = cls.person

    def list_issues(self, *external_ids, reason="ambiguous"):
        issues = self.env["ocs.import.issue"]
        for external_id in external_ids:
            self.ocs.pop(external_id, None)
            issues |= issues._record(self.backend, external_id, reason)
        return issues

    def close(self):
        self.start_run()._close()

    def activities(self):
        self.env.invalidate_all()
        kind = self.env.ref(DECISION)
        return self.backend.activity_ids.filtered(
            lambda each: each.activity_type_id == kind
        )

    def asked(self):
        """Return the texts of the open activities."""
        return self.activities().mapped("summary")

    def report(self):
        self.env.invalidate_all()
        return self.backend.decision_report

    def test_end_of_a_run(self):
        self.close()
        self.assertEqual((self.asked(), self.report()), ([], False))
        self.list_issues(1)
        self.assertEqual(self.asked(), [])
        self.close()
        self.assertEqual(self.asked(), ["OCS: 1 computer needs a decision"])
        self.assertEqual(self.activities().user_id, self.person)
        self.assertEqual(self.report(), "1 computer needs a decision")

    def test_one_activity(self):
        self.list_issues(1)
        self.close()
        activity = self.activities()
        self.list_issues(2, reason="company")
        self.list_issues(3)
        self.close()
        self.assertEqual(self.asked(), ["OCS: 3 computers need a decision"])
        self.assertEqual(self.activities(), activity)

    def test_nothing_new(self):
        """A run without new decisions writes nothing."""
        self.list_issues(1)
        self.close()
        before = self.versions("mail_activity")
        self.close()
        self.assertEqual(self.versions("mail_activity"), before)

    def test_reasons_without_decision(self):
        for number, reason in enumerate(("failed", "tag", "archived", "replaced"), 1):
            self.list_issues(number, reason=reason)
        self.close()
        self.assertEqual((self.asked(), self.report()), ([], False))

    def test_decisions_of_users(self):
        first, second = self.list_issues(1, 2)
        self.close()
        first.action_ignore()
        self.assertEqual(self.asked(), ["OCS: 1 computer needs a decision"])
        second.with_user(self.person).action_create_asset()
        self.assertEqual((self.asked(), self.report()), ([], False))

    def test_import_clears_the_last_one(self):
        self.list_issues(1)
        self.close()
        self.import_computer(1, self.machine(1))
        self.assertFalse(self.issue(1))
        self.assertEqual(self.asked(), [])

    def test_imports_do_not_update_it(self):
        """Those that run at the same time would collide."""
        self.list_issues(1, 2)
        self.close()
        before = self.versions("mail_activity")
        self.import_computer(1, self.machine(1))
        self.assertEqual(self.versions("mail_activity"), before)
        self.close()
        self.assertEqual(self.asked(), ["OCS: 1 computer needs a decision"])

    def test_done_without_decision(self):
        """Whoever marks it as done is asked again if there is more to decide."""
        self.list_issues(1)
        self.close()
        self.activities().action_done()
        self.close()
        self.assertEqual(self.asked(), [])
        self.list_issues(2)
        self.close()
        self.assertEqual(self.asked(), ["OCS: 2 computers need a decision"])

    def test_asked_again_after_all_was_decided(self):
        self.list_issues(1)
        self.close()
        self.activities().action_done()
        self.issue(1).unlink()
        self.list_issues(2)
        self.close()
        self.assertEqual(self.asked(), ["OCS: 1 computer needs a decision"])

    def test_other_person_in_charge(self):
        self.list_issues(1)
        self.close()
        self.backend.user_id = self.env.ref("base.user_admin")
        self.close()
        self.assertEqual(self.activities().user_id, self.backend.user_id)
        self.backend.user_id.active = False
        self.close()
        self.assertEqual(self.activities().user_id, self.env.user)

    def test_approval_is_another_activity(self):
        """The end of a run answers its question, not the others."""
        self.list_issues(1)
        self.close()
        run = self.start_run()
        run._wait_for_approval(2, "Approve it?")
        self.assertTrue(self.backend._request_approval(run))
        self.env.invalidate_all()
        self.assertEqual(len(self.backend.activity_ids), 2)
        self.assertEqual(self.asked(), ["OCS: 1 computer needs a decision"])
        run.action_cancel()
        self.env.invalidate_all()
        self.assertEqual(self.backend.activity_ids, self.activities())

    def test_archived_backend(self):
        self.list_issues(1)
        self.close()
        self.backend.action_archive()
        self.assertEqual(self.asked(), [])
        self.backend.action_unarchive()
        self.assertEqual(self.asked(), ["OCS: 1 computer needs a decision"])

    def test_list(self):
        issues = self.list_issues(1, 2)
        self.list_issues(3, reason="failed")
        action = self.backend.action_view_decisions()
        found = self.env["ocs.import.issue"].search(action["domain"])
        self.assertEqual(found, issues)

    def test_other_backends(self):
        other = self.backend.copy()
        self.list_issues(1)
        self.close()
        self.assertFalse(other.decision_count)
        self.assertFalse(other.activity_ids)
