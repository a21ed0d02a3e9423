# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsCompanyFinder(Component):
    """Finder of the company of an asset."""

    _name = "ocs.company.finder"
    _inherit = "ocs.base"
    _apply_on = "ocs.computer.binding"
    _usage = "company.finder"

    def find(self, computer, binding):
        """Return the company that the asset of a computer will have.

        :param computer: nested dict, see ``ocs.computer.adapter``
        :param binding: its binding, empty if it has none
        :return: res.company, empty for an asset of all companies
        """
        return self.component(usage="rule.engine").company(computer, binding)
