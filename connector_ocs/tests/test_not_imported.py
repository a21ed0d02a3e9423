# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .runs import RunCase
from .test_asset_matcher import AssetCase

REASONS = (
    "ambiguous",
    "archived",
    "company",
    "deleted",
    "failed",
    "group",
    "ignored",
    "orphan",
    "replaced",
    "tag",
)
TO_DO = {"ambiguous", "company", "failed", "replaced"}
REMEDIES = (
    "action_retry",
    "action_create_asset",
    "action_ignore",
    "action_import_again",
    "action_remove",
)


@tagged("post_install", "-at_install")
class TestRemedies(RunCase):
    """Each reason says what it means, and has a remedy."""

    def setUp(self):
        super().setUp()
        issues = self.env["ocs.import.issue"]
        self.listed = {
            reason: issues._record(self.backend, number, reason, name=f"PC-{number}")
            for number, reason in enumerate(REASONS, start=1)
        }
        self.listed["ignored"]._decide("ignore")

    @property
    def all(self):
        return self.env["ocs.import.issue"].union(*self.listed.values())

    def import_one(self, number):
        """Import a computer without a run, which would update the list."""
        self.ocs[number] = self.machine(number)
        self.import_computer(number)
        return self.binding(number)

    def test_every_reason_is_explained(self):
        field = self.env["ocs.import.issue"]._fields["reason"]
        known = {key for key, _label in field.selection}
        self.assertLessEqual(set(REASONS), known)
        for issue in self.all:
            with self.subTest(issue.reason):
                self.assertTrue(issue.explanation)
                self.assertEqual(issue.description, issue.explanation)
                issue.message = "The cause."
                self.assertEqual(issue.description, "The cause.")

    def test_what_needs_a_person_comes_first(self):
        action = self.env.ref("connector_ocs.ocs_import_issue_action")
        self.assertEqual(action.context, "{'search_default_to_do': 1}")
        found = self.all.filtered(lambda issue: issue.status == "to_do")
        self.assertEqual(set(found.mapped("reason")), TO_DO)
        self.assertEqual(set((self.all - found).mapped("status")), {"none"})

    def test_remedy_applies_to_those_that_it_fits(self):
        for method, reasons in (
            ("action_retry", {"failed"}),
            ("action_create_asset", {"ambiguous"}),
            ("action_import_again", {"ignored"}),
        ):
            with self.subTest(method), self.env.cr.savepoint() as savepoint:
                notice = getattr(self.all, method)()["params"]
                queued = self.all.filtered(lambda issue: issue.status == "queued")
                self.assertEqual(set(queued.mapped("reason")), reasons)
                self.assertEqual(notice["title"], "Import queued")
                self.assertIn("9 left unchanged. Only ", notice["message"])
                savepoint.rollback()

    def test_ignore(self):
        notice = self.all.action_ignore()["params"]
        ignored = self.all.filtered(lambda issue: issue.reason == "ignored")
        names = ("ambiguous", "failed", "tag", "ignored")
        expected = self.env["ocs.import.issue"].union(
            *(self.listed[each] for each in names)
        )
        self.assertEqual(ignored, expected)
        self.assertIn("7 left unchanged", notice["message"])

    def test_remove(self):
        deleted = self.listed.pop("deleted")
        (deleted | self.listed["archived"]).action_remove()
        self.assertFalse(deleted.exists())
        self.assertTrue(self.listed["archived"].exists())

    def test_no_button_refuses(self):
        """Where nothing can be done, a notice says why."""
        issue = self.listed["archived"]
        for method in REMEDIES:
            with self.subTest(method):
                notice = getattr(issue, method)()["params"]
                self.assertEqual(
                    (notice["title"], notice["type"]),
                    ("Nothing was changed", "warning"),
                )
                self.assertTrue(notice["message"])
                self.assertEqual((issue.reason, issue.status), ("archived", "none"))

    def test_replaced(self):
        self.listed["replaced"].action_import_changed()
        self.assertTrue(self.backend._open_run())

    def test_tag(self):
        action = self.listed["tag"].action_open_backend()
        self.assertEqual(action["res_id"], self.backend.id)

    def test_company(self):
        issue = self.listed["company"]
        self.assertFalse(issue.can_open_asset)
        issue.binding_id = self.import_one(20)
        self.assertTrue(issue.can_open_asset)
        action = issue.action_open_asset()
        self.assertEqual(action["res_id"], issue.binding_id.odoo_id.id)

    def test_company_that_the_user_does_not_see(self):
        issue = self.listed["company"]
        issue.binding_id = self.import_one(20)
        other = self.env["res.company"].create({"name": "Other"})
        issue.binding_id.odoo_id.company_id = other
        user = new_test_user(
            self.env, "ocs_elsewhere", groups="connector_ocs.group_ocs_manager"
        )
        self.assertFalse(issue.with_user(user).can_open_asset)

    def test_readers_see_no_remedy(self):
        reader = new_test_user(
            self.env, "ocs_onlooker", groups="connector_ocs.group_ocs_user"
        )
        for kind in ("list", "form", "kanban"):
            view = self.env.ref(f"connector_ocs.ocs_import_issue_view_{kind}")
            arch = self.env["ocs.import.issue"].with_user(reader)
            arch = etree.fromstring(arch.get_view(view.id, kind)["arch"])
            names = {each.get("name") for each in arch.iter("button")}
            self.assertLessEqual(names, {"action_explain_rules"})


@tagged("post_install", "-at_install")
class TestDecidedComputers(AssetCase):
    """A computer that was decided on needs nobody any more."""

    def setUp(self):
        super().setUp()
        self.use_keys("name")
        self.one, self.other = (
            self.create_asset(name="PC-7"),
            self.create_asset(name="PC-7"),
        )
        self.import_changed()
        self.waiting = self.issue(7)
        self.assertEqual(self.waiting.status, "to_do")

    def lose_job(self):
        imports = [("method_name", "=", "import_record"), ("state", "=", "pending")]
        self.env["queue.job"].search(imports).unlink()

    def test_row_no_longer_asks(self):
        notice = self.waiting._link(self.one)["params"]
        self.assertEqual(self.waiting.status, "queued")
        self.assertIn("linked it to “PC-7”", self.waiting.description)
        self.assertFalse(self.waiting.can_be_ignored)
        opened = notice["next"]
        self.assertIn("search_default_to_do", opened["context"])
        self.perform_jobs()
        self.assertFalse(self.issue(7))

    def test_bulk_action_leaves_the_list_open(self):
        waiting = self.waiting.with_context(ocs_in_list=True)
        notice = waiting.action_create_asset()["params"]
        self.assertEqual(notice["next"]["type"], "ir.actions.act_window_close")
        self.assertIn("create a new asset", self.waiting.description)

    def test_candidate_changes_meanwhile(self):
        self.waiting._link(self.one)
        self.other.active = False
        self.assertEqual(self.waiting.status, "queued")

    def test_next_run_imports_if_the_job_is_lost(self):
        for decide in (
            lambda: self.waiting._link(self.one),
            lambda: self.waiting.action_ignore() and self.waiting.action_import_again(),
        ):
            with self.subTest(), self.env.cr.savepoint() as savepoint:
                decide()
                self.assertEqual(self.waiting.status, "queued")
                self.lose_job()
                self.assertEqual(self.import_changed().job_count, 1)
                self.assertNotEqual(self.issue(7).status, "queued")
                savepoint.rollback()

    def test_it_asks_again_if_the_decision_is_no_longer_possible(self):
        self.waiting._link(self.one)
        self.one.unlink()
        self.create_asset(name="PC-7")
        self.perform_jobs()
        self.assertEqual(self.issue(7).status, "to_do")

    def test_failure_is_shown(self):
        self.waiting.action_create_asset()
        issue = self.waiting._record(self.backend, 7, "failed", message="Broken.")
        self.assertEqual((issue, issue.status), (self.waiting, "to_do"))
        self.assertFalse(issue.import_request)
        issue.action_retry()
        self.assertEqual(issue.status, "queued")

    def test_two_people_decide_at_once(self):
        first, second = (
            new_test_user(self.env, login, groups="connector_ocs.group_ocs_manager")
            for login in ("ocs_first", "ocs_second")
        )
        self.waiting.with_user(first)._link(self.one.with_user(first))
        late = self.waiting.with_user(second)
        with self.assertRaisesRegex(UserError, "^ocs_first .* linked it"):
            late._link(self.other.with_user(second))
        notice = late.action_create_asset()["params"]
        self.assertIn(f"{first.name} linked it", notice["message"])
        self.assertFalse(notice["title"] == "Import queued")
        self.assertEqual(self.waiting.linked_id, self.one)
        self.perform_jobs()
        self.assertEqual(self.binding(7).odoo_id, self.one)
        for decide in (
            lambda: late._link(self.other.with_user(second)),
            late.action_create_asset,
            late.action_ignore,
        ):
            with self.assertRaisesRegex(UserError, "The list has changed meanwhile"):
                decide()

    def test_one_archived_candidate(self):
        """It is not called several."""
        self.use_keys("serial")
        self.one.serial_no = self.ocs[7]["bios"]["SSN"]
        self.one.active = False
        self.import_changed()
        issue = self.issue(7)
        self.assertEqual(issue.candidate_ids, self.one)
        for text in (issue._describe_reason(), issue.message, issue.explanation):
            self.assertNotIn("everal", text)
        self.assertIn("it is archived", issue.message)
