# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command
from odoo.tests import tagged

from ..components.account_adapter import AccountField
from .common import AccountCase


@tagged("post_install", "-at_install")
class TestRulesCompanies(AccountCase):
    """Rules set a company; administrative data has to match it."""

    def setUp(self):
        super().setUp()
        if "ocs.rule" not in self.env:
            self.skipTest("There are no rules without connector_ocs_rule.")
        self.company = self.backend.company_id
        self.other_company = self.env["res.company"].create({"name": "Other"})
        tag = {"fact": "tag", "operator": "is", "value": "There"}
        self.env["ocs.rule"].create(
            {
                "name": "Rule",
                "condition_ids": [Command.create(tag)],
                "company_id": self.other_company.id,
            }
        )

    def _category(self, name, company=None):
        return self.env["maintenance.equipment.category"].create(
            {"name": name, "company_id": company and company.id}
        )

    def test_vendor_of_another_company_is_not_set(self):
        vendor = self.env["res.partner"].create(
            {"name": "Vendor here", "company_id": self.company.id}
        )
        self.found.append(AccountField("fields_5", "Vendor", "text", {}))
        self.map("fields_5", "partner_id")
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
        for _again in range(2):
            binding = self.import_with(fields_5="Servers", TAG="There")
            self.assertEqual(binding.category_id, servers)
            self.assertFalse(binding.warnings)
