# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsRuleSource(Component):
    """Source of the values that rules assign to an asset."""

    _name = "ocs.rule.source"
    _inherit = "ocs.value.source"
    _sequence = 20

    def values(self, computer, binding):
        engine = self.component(usage="rule.engine")
        result = engine.decide(computer, binding)
        self.warnings += result.warnings
        values = {}
        for effect in result.given.values():
            values.update(engine.asset_values(effect))
        if "company_id" not in values:
            values.update(self._keep_company(binding))
        if "company_id" in values and "category_id" not in values:
            values.update(self._compatible_category(result.company, binding))
        return values

    def _keep_company(self, binding):
        """Keep the company of an asset whose vendor is not of the backend's company.

        :return: dict of values, empty if the asset gets the company of the backend
        """
        company, vendor = self.backend_record.company_id, binding.partner_id
        if self.component(usage="ownership").is_protected(binding, "company_id"):
            return {}
        if self.env["ocs.rule"]._fits(vendor, company):
            return {}
        self.warnings.append(
            self.env._(
                "The vendor “%(vendor)s” of the asset does not belong to the company "
                "“%(company)s” of the backend. The asset stays in its company.",
                vendor=vendor.display_name,
                company=company.name,
            )
        )
        return {"company_id": binding.company_id.id}

    def _compatible_category(self, company, binding):
        """Return a category that users of the asset's company have access to.

        :return: dict of values, empty if the category need not change
        """
        given = self.env["maintenance.equipment.category"].browse(
            self.given.get("category_id") or ()
        )
        categories = [binding.category_id, given]
        compatible = [
            category
            for category in categories
            if not category.company_id or category.company_id == company
        ]
        if compatible == categories:
            return {}
        category = next(filter(None, compatible), None)
        if not category:
            self.warnings.append(
                self.env._(
                    "The category of the backend does not belong to the company “%s”, "
                    "which a rule sets. The asset has no category. Add a category "
                    "to the rule.",
                    company.name,
                )
            )
        return {"category_id": category.id if category else False}
