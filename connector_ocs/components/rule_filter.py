# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from .import_filter import SkipReason


class OcsRuleFilter(Component):
    """Leaves out the computers that a rule says not to import."""

    _name = "ocs.rule.filter"
    _inherit = "ocs.import.filter"
    _sequence = 20

    def check(self, computer, binding):
        offers = self.component(usage="rule.engine").offers(computer)
        decisions = [offer for offer in offers if offer.field == "decision"]
        if not decisions or decisions[0].value == "import":
            return None
        return SkipReason("rule", self._describe(decisions[0].rule))

    def _describe(self, rule):
        return self.env._(
            "The rule “%s” says not to import it. Change that rule, or put one before "
            "it that says to import this computer.",
            rule.name,
        )
