# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_computer
from .trust import CompaniesCase


@tagged("post_install", "-at_install")
class TestCompanyFinder(CompaniesCase):
    """Company and category of assets when the backend gets another company."""

    def setUp(self):
        super().setUp()
        self.asset = self.import_computer(1, ocs_computer()).odoo_id

    def category(self, company):
        return self.env["maintenance.equipment.category"].create(
            {"name": "Of a company", "company_id": company.id}
        )

    def give_vendor(self):
        self.asset.partner_id = self.env["res.partner"].create(
            {"name": "Vendor here", "company_id": self.company.id}
        )

    def move_backend(self, **values):
        """Move the backend to the other company, and import as the next run does."""
        self.backend.write({"company_id": self.other_company.id, **values})
        self.import_computer(1)
        return self.binding(1)

    def test_asset_moves_with_the_backend(self):
        category = self.category(self.other_company)
        binding = self.move_backend(computer_category_id=category.id)
        self.assertEqual(self.asset.company_id, self.other_company)
        self.assertEqual(self.asset.category_id, category)
        self.assertFalse(binding.warnings)

    def test_vendor_keeps_the_company(self):
        self.give_vendor()
        binding = self.move_backend()
        self.assertEqual(self.asset.company_id, self.company)
        self.assertIn("stays in its company", binding.warnings)
        self.assertFalse(binding.has_locked_fields)
        self.asset.partner_id = False
        self.import_computer(1, force=True)
        self.assertEqual(self.asset.company_id, self.other_company)
        self.assertFalse(binding.warnings)

    def test_category_fits_the_kept_company(self):
        former = self.asset.category_id
        self.give_vendor()
        category = self.category(self.other_company)
        self.move_backend(computer_category_id=category.id)
        self.assertEqual(self.asset.category_id, former)

    def test_no_category_fits_the_kept_company(self):
        self.backend.computer_category_id = False
        self.import_computer(1)
        self.assertFalse(self.asset.category_id)
        self.give_vendor()
        category = self.category(self.other_company)
        binding = self.move_backend(computer_category_id=category.id)
        self.assertFalse(self.asset.category_id)
        self.assertIn("has no category", binding.warnings)

    def test_edited_company_is_kept(self):
        third = self.env["res.company"].create({"name": "Third"})
        self.asset.company_id = third
        binding = self.move_backend()
        self.assertEqual(self.asset.company_id, third)
        self.assertFalse(binding.warnings)
