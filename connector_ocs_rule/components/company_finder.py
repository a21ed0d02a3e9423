# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsCompanyFinder(Component):
    """Finder of the company that rules give an asset."""

    _inherit = "ocs.company.finder"

    def find(self, computer_import):
        return self.component(usage="rule.engine").company(computer_import)

    def configured(self, computer_import):
        for effect in self.component(usage="rule.engine").effects(computer_import):
            if effect.field == "company_id":
                return effect.value
        return super().configured(computer_import)
