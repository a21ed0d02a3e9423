# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsRuleSource(Component):
    """Source of the values that rules assign to an asset."""

    _name = "ocs.rule.source"
    _inherit = "ocs.value.source"
    _sequence = 20

    def values(self, computer_import):
        engine = self.component(usage="rule.engine")
        result = engine.decide(computer_import)
        computer_import.warnings += result.warnings
        values = {}
        for effect in result.given.values():
            values.update(engine.asset_values(effect))
        return values
