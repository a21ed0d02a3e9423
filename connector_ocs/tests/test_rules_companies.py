# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from ..components.account_adapter import AccountField
from .common import ocs_computer
from .rules import RulesCase
from .test_account_fields import AccountCase


@tagged("post_install", "-at_install")
class TestRulesCompanies(RulesCase, AccountCase):
    """Rules set a company; all other values of the asset have to match it."""

    def test_vendor_of_another_company_is_not_set(self):
        vendor = self.env["res.partner"].create(
            {"name": "Vendor here", "company_id": self.company.id}
        )
        self.found.append(AccountField("fields_5", "Vendor", "text", {}))
        self.map("fields_5", "partner_id")
        self.rule(("tag", "is", "There"), company_id=self.other_company.id)
        binding = self.import_with(fields_5=vendor.name, TAG="There")
        self.assertEqual(binding.company_id, self.other_company)
        self.assertFalse(binding.partner_id)
        self.assertIn("Vendor here", binding.warnings)

    def test_vendor_of_the_company_of_a_rule_is_set(self):
        vendor = self.env["res.partner"].create(
            {"name": "Vendor there", "company_id": self.other_company.id}
        )
        self.found.append(AccountField("fields_5", "Vendor", "text", {}))
        self.map("fields_5", "partner_id")
        self.rule(("tag", "is", "There"), company_id=self.other_company.id)
        binding = self.import_with(fields_5=vendor.name, TAG="There")
        self.assertEqual(binding.partner_id, vendor)
        self.assertFalse(binding.warnings)
        self.import_with(fields_5=vendor.name, TAG="Here")
        self.assertEqual(binding.company_id, self.other_company)
        self.assertIn("stays in its company", binding.warnings)
        self.assertFalse(binding.has_locked_fields)
        binding.partner_id = False
        self.import_with(fields_5="", TAG="Here")
        self.assertEqual(binding.company_id, self.company)

    def test_category_of_administrative_data(self):
        self.backend.computer_category_id = self._category("Mine", self.company)
        servers = self._category("Servers")
        self.found.append(AccountField("fields_5", "Category", "text", {}))
        self.map("fields_5", "category_id")
        self.rule(("tag", "is", "There"), company_id=self.other_company.id)
        for _again in range(2):
            binding = self.import_with(fields_5="Servers", TAG="There")
            self.assertEqual(binding.category_id, servers)
            self.assertFalse(binding.warnings)

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
