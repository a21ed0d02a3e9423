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
        if "company_id" in values and "category_id" not in values:
            values.update(self._fitting_category(verdict.company, binding))
        return values

    def _fitting_category(self, company, binding):
        """Users of a company cannot open an asset in a category of another one."""
        categories = [binding.category_id, self.backend_record.computer_category_id]
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
