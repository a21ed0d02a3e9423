# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_computer

from .rules import RulesCase


@tagged("post_install", "-at_install")
class TestRulesCompanies(RulesCase):
    """Rules set a company; all other values of the asset have to match it."""

    def test_edited_company_is_kept(self):
        third = self.env["res.company"].create({"name": "Third"})
        binding = self.import_computer(1, ocs_computer())
        binding.odoo_id.company_id = third
        team = self._team("Team of the other", self.other_company)
        self.rule(company_id=self.other_company.id, maintenance_team_id=team.id)
        self.import_computer(1)
        self.assertEqual(binding.company_id, third)
        self.assertFalse(binding.maintenance_team_id)

    def test_company_owned_by_odoo_is_kept(self):
        lines = self.backend.ownership_ids
        lines.filtered(lambda each: each.name == "company_id").ownership = "odoo"
        binding = self.import_computer(1, ocs_computer())
        team = self._team("Team of the other", self.other_company)
        self.rule(company_id=self.other_company.id, maintenance_team_id=team.id)
        self.import_computer(1)
        self.assertEqual(binding.company_id, self.company)
        self.assertNotEqual(binding.maintenance_team_id, team)

    def test_rule_is_deleted(self):
        team = self._team("Team of the other", self.other_company)
        rule = self.rule(company_id=self.other_company.id)
        self.rule(maintenance_team_id=team.id)
        binding = self.import_computer(1, ocs_computer())
        self.assertEqual(binding.maintenance_team_id, team)
        rule.unlink()
        self.import_computer(1)
        self.assertEqual(binding.company_id, self.company)
        self.assertFalse(binding.has_locked_fields)
        self.assertNotEqual(binding.maintenance_team_id, team)

    def test_locked_location_of_a_deleted_rule(self):
        rule = self.rule(location="There")
        binding = self.import_computer(1, ocs_computer())
        binding.odoo_id.location = "Here"
        rule.location = "Elsewhere"
        self.import_computer(1)
        self.assertTrue(binding.has_locked_fields)
        rule.unlink()
        self.import_computer(1)
        self.assertFalse(binding.has_locked_fields)
        self.assertEqual(binding.location, "Here")
        self.rule(location="Third")
        self.import_computer(1)
        self.assertEqual(binding.location, "Here")
        binding.action_reset_to_ocs(["location"])
        self.assertEqual(binding.location, "Third")
        self.assertFalse(binding.has_locked_fields)
