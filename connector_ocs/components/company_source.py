# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsCompanySource(Component):
    """Source of a company and a category that fit the other values of an asset."""

    _name = "ocs.company.source"
    _inherit = "ocs.value.source"
    # after all sources that give a company or a category
    _sequence = 90

    def values(self, computer_import):
        binding, company = computer_import.binding, self.backend_record.company_id
        if computer_import.values.get("company_id") != company.id:
            return self._compatible_category(computer_import)
        finder = self.component(usage="company.finder")
        if not finder.is_kept(binding) or finder.is_protected(binding):
            return {}
        computer_import.warnings.append(self._describe_kept(binding.partner_id))
        category = self._compatible_category(computer_import)
        return {"company_id": binding.company_id.id, **category}

    def _describe_kept(self, vendor):
        return self.env._(
            "The vendor “%(vendor)s” of the asset does not belong to the company "
            "“%(company)s” of the backend. The asset stays in its company.",
            vendor=vendor.display_name,
            company=self.backend_record.company_id.name,
        )

    def _compatible_category(self, computer_import):
        """Return a category that users of the asset's company have access to.

        :return: dict of values, empty if the category need not change
        """
        finder = self.component(usage="company.finder")
        company = finder.find(computer_import)
        given = self.env["maintenance.equipment.category"].browse(
            computer_import.values.get("category_id") or ()
        )
        if finder.fits(given, company):
            return {}
        category = computer_import.binding.category_id
        if category and finder.fits(category, company):
            return {"category_id": category.id}
        computer_import.warnings.append(
            self.env._(
                "The category of the backend does not belong to the company “%s” of "
                "the asset. The asset has no category. Choose a category of this "
                "company.",
                company.name,
            )
        )
        return {"category_id": False}
