# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsRuleSource(Component):
    """Values that rules give to an asset."""

    _name = "ocs.rule.source"
    _inherit = "ocs.value.source"
    _sequence = 20

    def values(self, computer, binding):
        engine = self.component(usage="rule.engine")
        verdict = engine.decide(computer, binding)
        self.warnings += verdict.warnings
        values = {}
        for offer in verdict.given.values():
            values.update(engine.asset_values(offer))
        if "company_id" not in values:
            values.update(self._staying(binding))
        if "company_id" in values and "category_id" not in values:
            values.update(self._fitting_category(verdict.company, binding))
        return values

    def _staying(self, binding):
        """An asset cannot go back to a company to which its vendor does not belong."""
        company, vendor = self.backend_record.company_id, binding.partner_id
        if self.component(usage="ownership").keeps(binding, "company_id"):
            return {}
        if self.env["ocs.rule"]._fits(vendor, company):
            return {}
        self.warnings.append(
            self.env._(
                "The vendor “%(vendor)s” of the asset does not belong to the company "
                "“%(company)s” of the backend: the asset stays where it is.",
                vendor=vendor.display_name,
                company=company.name,
            )
        )
        return {"company_id": binding.company_id.id}

    def _fitting_category(self, company, binding):
        """Users of a company cannot open an asset in a category of another one."""
        given = self.env["maintenance.equipment.category"].browse(
            self.given.get("category_id") or ()
        )
        categories = [binding.category_id, given]
        fitting = [
            category
            for category in categories
            if not category.company_id or category.company_id == company
        ]
        if fitting == categories:
            return {}
        category = next(filter(None, fitting), None)
        if not category:
            self.warnings.append(
                self.env._(
                    "The category of the backend does not belong to the company "
                    "“%s” that a rule gives: the asset has no category. Add one to "
                    "the rule.",
                    company.name,
                )
            )
        return {"category_id": category.id if category else False}
