# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.components.filter_base import SkipReason


class OcsRuleFilter(Component):
    """Filter that skips computers excluded by a rule."""

    _name = "ocs.rule.filter"
    _inherit = "ocs.import.filter"
    _sequence = 20

    def check(self, computer_import):
        effects = self.component(usage="rule.engine").effects(computer_import)
        decisions = [effect for effect in effects if effect.field == "decision"]
        if not decisions or decisions[0].value == "import":
            return None
        return SkipReason("rule", self._describe(decisions[0].rule))

    def _describe(self, rule):
        return self.env._(
            "The rule “%s” excludes this computer from the import. Change that rule, "
            "or add a rule before it that imports this computer.",
            rule.name,
        )
