# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.connector_ocs.tests.common import ocs_computer

from .rules import RulesCase


@tagged("post_install", "-at_install")
class TestRulesAccess(RulesCase):
    """Access to rules, and the explanation of rules for a computer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "rules_user", groups="connector_ocs.group_ocs_user"
        )
        cls.manager = new_test_user(
            cls.env, "rules_manager", groups="connector_ocs.group_ocs_manager"
        )
        cls.stranger = new_test_user(
            cls.env,
            "rules_stranger",
            groups="connector_ocs.group_ocs_manager",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    def explain(self, record, user=None):
        action = record.with_user(user or self.manager).action_explain_rules()
        explanation = self.env[action["res_model"]].browse(action["res_id"])
        return explanation.with_user(user or self.manager)

    def given(self, explanation):
        return {
            line.label: (line.value, line.rule_id.name, line.note)
            for line in explanation.given_ids
        }

    def test_access_rights(self):
        rule = self.rule(("tag", "is", "Paris"), location="Paris")
        self.assertEqual(rule.with_user(self.user).condition_summary, "TAG is Paris")
        for record, values in (
            (rule, {"location": "Lyon"}),
            (rule.condition_ids, {"value": "Lyon"}),
        ):
            as_user = record.with_user(self.user)
            for change in (
                lambda as_user=as_user, values=values: as_user.write(values),
                as_user.unlink,
                as_user.copy,
            ):
                with self.subTest(record._name), self.assertRaises(AccessError):
                    change()
        rule.with_user(self.manager).location = "Lyon"
        rule.with_user(self.manager).copy().unlink()

    def test_companies(self):
        theirs = self.backend.copy(
            {"name": "OCS of the other", "company_id": self.other_company.id}
        )
        archived = theirs.copy({"name": "Archived OCS", "active": False})
        backends = self.backend
        for chosen, is_seen in (
            (backends.browse(), False),
            (self.backend, False),
            (theirs, True),
            (self.backend | theirs, False),
            (archived, True),
        ):
            rule = self.rule(
                ("tag", "is", "Paris"),
                location="Paris",
                backend_ids=[(6, 0, chosen.ids)],
            )
            for record in (rule, rule.condition_ids):
                with self.subTest(chosen.mapped("name"), model=record._name):
                    model = self.env[record._name].with_user(self.stranger)
                    found = model.search([("id", "=", record.id)])
                    self.assertEqual(bool(found), is_seen)

    def test_explanation(self):
        self.rule(("tag", "is", "Paris"), name="First", location="Paris")
        self.rule(name="Second", location="Lyon", category_id=self.category.id)
        binding = self.import_computer(1, ocs_computer())
        binding.location = "Elsewhere"
        explanation = self.explain(binding)
        self.assertEqual(
            self.given(explanation),
            {
                "Location": ("Paris", "First", "Not set on the asset"),
                "Category": ("Notebooks", "Second", "Set on the asset"),
            },
        )
        passed = explanation.passed_over_ids
        self.assertEqual((passed.rule_id.name, passed.value), ("Second", "Lyon"))
        self.assertIn("“First”", passed.note)
        known = {line.label: line.value for line in explanation.fact_ids}
        self.assertEqual(known["TAG"], "Paris")
        self.assertEqual(known["IP address"], "192.0.2.10")
        self.assertFalse(explanation.skipped)
        self.assertEqual(len(known), 9)

    def test_explanation_reads_current_values(self):
        self.rule(("tag", "is", "Lyon"), location="Lyon")
        binding = self.import_computer(1, ocs_computer())
        self.ocs[1] = ocs_computer(accountinfo={"TAG": "Lyon"})
        explanation = self.explain(binding)
        self.assertEqual(self.given(explanation)["Location"][0], "Lyon")
        self.assertFalse(binding.location)  # an explanation writes nothing

    def test_explanation_of_skipped_computers(self):
        self.rule(name="No PCs", decision="exclude", location="Attic")
        self.import_computer(1, ocs_computer())
        explanation = self.explain(self.issue(1))
        self.assertIn("No PCs", explanation.skipped)
        self.assertEqual(
            self.given(explanation),
            {
                "Import Decision": ("Do not import", "No PCs", False),
                "Location": ("Attic", "No PCs", "No asset"),
            },
        )
        self.import_computer(2, ocs_computer(hardware={"ARCHIVE": 1}))
        self.assertEqual(self.explain(self.issue(2)).skipped, "Archived in OCS")

    def test_explanation_of_values_that_cannot_be_set(self):
        self.rule(name="First", maintenance_team_id=self.team.id)
        self.rule(name="Second", owner_source="ocs")
        binding = self.import_computer(
            1, ocs_computer(hardware={"USERID": "nobody at all"})
        )
        self.team.active = False
        explanation = self.explain(binding)
        self.assertIn("archived", explanation.warnings)
        notes = {line.rule_id.name: line.note for line in explanation.passed_over_ids}
        self.assertIn("archived", notes["First"])
        self.assertIn("no user", notes["Second"])

    def test_explanation_of_a_removed_computer(self):
        binding = self.import_computer(1, ocs_computer())
        self.ocs.clear()
        with self.assertRaisesRegex(UserError, "no computer with the ID 1"):
            self.explain(binding)

    def test_explanation_with_a_disabled_section(self):
        self.rule(("tag", "is_not", "Lyon"), location="Paris")
        binding = self.import_computer(1, ocs_computer())
        sections = self.backend.section_ids
        self.backend.section_ids = sections.filtered(
            lambda each: each.table_name != "accountinfo"
        )
        explanation = self.explain(binding)
        known = {line.label: line.value for line in explanation.fact_ids}
        self.assertIn("Unknown", known["TAG"])
        self.assertFalse(explanation.given_ids)

    def test_users_may_read_their_explanations(self):
        self.rule(location="Paris", technician_user_id=self.technician.id)
        binding = self.import_computer(1, ocs_computer())
        explanation = self.explain(binding, self.user)
        shown = explanation.web_read(
            {"skipped": {}, "given_ids": {"fields": {"rule_id": {"fields": {}}}}}
        )
        self.assertEqual(len(shown[0]["given_ids"]), 2)
        with self.assertRaises(AccessError):
            explanation.with_user(self.manager).read(["name"])
        with self.assertRaises(AccessError):
            self.explain(binding, self.stranger)
        technician = new_test_user(
            self.env, "rules_other", groups="maintenance.group_equipment_manager"
        )
        with self.assertRaises(AccessError):
            self.explain(binding, technician)
