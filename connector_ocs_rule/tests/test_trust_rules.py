# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.connector_ocs.tests.common import ocs_computer

from .rules import RulesTrustCase


@tagged("post_install", "-at_install")
class TestTrustRules(RulesTrustCase):
    """Rules act only where the user who wrote them has access."""

    def assert_refused(self, *changes, error=UserError):
        for number, change in enumerate(changes):
            with self.subTest(number), mute_logger("odoo.addons.base.models.ir_rule"):
                with self.assertRaises(error), self.env.cr.savepoint():
                    change()
                    self.env.flush_all()

    def import_here(self):
        """Import a computer of the first company from scratch."""
        return self.import_computer(1, ocs_computer(), force=True)

    def test_rule_without_backends_applies_to_the_own_company(self):
        self.rule_of(self.stranger, company_id=self.other_company.id)
        self.rule_of(self.stranger, decision="exclude")
        binding = self.import_here()
        self.assertEqual(binding.company_id, self.company)
        self.rule_of(self.manager, location="Here")
        self.assertEqual(self.import_here().location, "Here")

    def test_rule_created_by_the_web_client(self):
        values = {"name": "Take all", "company_id": self.other_company.id}
        rules = self.env["ocs.rule"].with_user(self.stranger)
        call_kw(rules, "web_save", [[], values], {"specification": {}})
        self.assertEqual(self.import_here().company_id, self.company)

    def test_form_proposes_the_company(self):
        with Form(self.as_user(self.env["ocs.rule"], self.both)) as form:
            form.name, form.location = "Rule", "Paris"
            form.backend_ids.add(self.other_backend)
        self.assertEqual(form.record.backend_company_id, self.other_company)

    def test_nobody_writes_a_wider_rule(self):
        mine = self.rule_of(self.stranger, location="There")
        write = self.as_user(mine, self.stranger).write
        create = self.rule_of
        link_here = [(6, 0, self.backend.ids)]
        self.assert_refused(
            lambda: create(self.stranger, location="x", backend_company_id=False),
            lambda: create(
                self.stranger, location="x", backend_company_id=self.company.id
            ),
            lambda: create(self.stranger, location="x", backend_ids=link_here),
            lambda: create(
                self.stranger,
                location="x",
                backend_company_id=self.other_company.id,
                backend_ids=link_here,
            ),
            lambda: create(self.stranger, company_id=self.company.id),
            lambda: write({"backend_company_id": False}),
            lambda: write({"backend_company_id": self.company.id}),
            lambda: write({"backend_ids": link_here}),
            lambda: write({"backend_ids": [(4, self.backend.id)]}),
            lambda: write({"company_id": self.company.id}),
        )
        self.assertEqual(mine.backend_company_id, self.other_company)

    def test_nobody_changes_a_wider_rule(self):
        for values in (
            {"backend_company_id": False, "location": "x"},
            {"company_id": self.company.id, "location": "x"},
            {"backend_ids": [(6, 0, (self.backend | self.other_backend).ids)]},
        ):
            rule = self.rule(
                ("tag", "is", "Paris"),
                **{"backend_company_id": self.other_company.id, "location": "y"}
                | ({"backend_company_id": False} if "backend_ids" in values else {})
                | values,
            )
            theirs = self.as_user(rule, self.stranger)
            condition = theirs.condition_ids.browse(rule.condition_ids.ids)
            mine = self.rule_of(self.stranger, location="There")
            change = [(1, condition.id, {"value": "*"})]
            self.assert_refused(
                lambda theirs=theirs: theirs.write({"location": "z"}),
                lambda theirs=theirs, change=change: theirs.write(
                    {"condition_ids": change}
                ),
                lambda theirs=theirs: theirs.write({"condition_ids": [(5,)]}),
                theirs.unlink,
                condition.unlink,
                lambda condition=condition: condition.write({"value": "*"}),
                lambda mine=mine, change=change: self.as_user(
                    mine, self.stranger
                ).write({"condition_ids": change}),
            )

    def test_condition_is_not_moved_to_another_rule(self):
        rule = self.rule(location="Here")
        mine = self.rule_of(
            self.stranger,
            location="There",
            condition_ids=[(0, 0, {"fact": "tag", "operator": "is", "value": "x"})],
        )
        conditions = self.as_user(mine.condition_ids, self.stranger)
        self.assert_refused(
            lambda: conditions.write({"rule_id": rule.id}),
            lambda: conditions.create({"rule_id": rule.id, "value": "x"}),
            lambda: conditions.copy({"rule_id": rule.id}),
        )

    def test_values_of_another_company_are_not_revealed(self):
        team = self._team("Secret team", self.company)
        category = self._category("Secret category", self.company)
        self.assert_refused(
            lambda: self.rule_of(self.stranger, maintenance_team_id=team.id),
            lambda: self.rule_of(self.stranger, category_id=category.id),
            error=AccessError,
        )

    def test_who_has_access_to_both_companies_moves_assets(self):
        self.rule_of(self.both, company_id=self.other_company.id)
        binding = self.import_here()
        self.assertEqual(binding.company_id, self.other_company)
        self.import_computer(1, ocs_computer(hardware={"NAME": "RENAMED"}))
        self.assertEqual(binding.name, "RENAMED")
        self.assertFalse(self.issue(1))

    def test_administrator_writes_rules_for_all_companies(self):
        admin = self.create_manager(
            "admin_there", self.other_company, groups=",base.group_system"
        )
        rule = self.rule_of(admin, location="All", backend_company_id=False)
        self.assertEqual(self.import_here().location, "All")
        seen = self.as_user(self.env["ocs.rule"], self.manager).search([])
        self.assertIn(rule, seen)

    def test_backend_of_another_company_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "for each company"):
            self.rule_of(
                self.both,
                location="x",
                backend_company_id=self.company.id,
                backend_ids=[(6, 0, self.other_backend.ids)],
            )

    def test_backend_without_company(self):
        self.backend.company_id = False
        rule = self.rule_of(self.stranger, location="There")
        self.assertFalse(self.import_here().location)
        self.as_user(rule, self.stranger).backend_ids = self.backend
        self.assertEqual(self.import_here().location, "There")

    def test_backend_moves_to_another_company(self):
        self.rule_of(self.manager, location="Here")
        self.rule_of(self.stranger, location="There")
        self.assertEqual(self.import_here().location, "Here")
        self.backend.company_id = self.other_company
        self.assertEqual(self.import_here().location, "There")

    def test_users_see_rules_of_their_companies(self):
        rule = self.rule_of(self.manager, location="Secret place")
        self.assertNotIn(rule, self.env["ocs.rule"].with_user(self.stranger).search([]))
        self.assertIn(rule, self.env["ocs.rule"].with_user(self.both).search([]))

    def test_rule_that_sets_a_company_is_readable(self):
        rule = self.rule_of(self.both, company_id=self.other_company.id)
        self.env.invalidate_all()
        name = {"fields": {"display_name": {}}}
        specification = {"company_id": name, "backend_company_id": name}
        (seen,) = self.as_user(rule, self.manager).web_read(specification)
        self.assertEqual(seen["backend_company_id"]["id"], self.company.id)

    def test_company_of_a_rule_cannot_be_deleted(self):
        company = self.env["res.company"].create({"name": "Third"})
        self.rule(location="x", backend_company_id=company.id)
        with self.assertRaisesRegex(UserError, "uses this record"):
            company.unlink()


@tagged("post_install", "-at_install")
class TestTrustRulesImport(RulesTrustCase):
    """An import writes an asset of another company if a rule set that company."""

    def setUp(self):
        super().setUp()
        self.imported = self.import_computer(1, ocs_computer())
        self.asset = self.imported.odoo_id

    def test_rule_of_a_user_of_both_companies(self):
        asset = {"name": "Victim", "company_id": self.other_company.id}
        victim = self.env["maintenance.equipment"].create(asset)
        self.imported.odoo_id = victim  # as no user can
        self.imported.flush_recordset()
        self.rule_of(self.both, company_id=self.other_company.id)
        self.import_computer(1, force=True)
        self.assertEqual(victim.memory_mb, 8192)
        self.assertEqual(victim.company_id, self.other_company)

    def test_rule_moves_an_asset_back(self):
        rule = self.rule_of(self.both, company_id=self.other_company.id)
        self.import_computer(1)
        self.assertEqual(self.asset.company_id, self.other_company)
        rule.unlink()
        self.import_computer(1)
        self.assertEqual(self.asset.company_id, self.company)
        self.assertFalse(self.issue(1))
