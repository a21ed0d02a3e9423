# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models


class OcsRule(models.Model):
    """Rules that set an employee as the owner."""

    _inherit = "ocs.rule"

    @api.model
    def _fits(self, value, company):
        is_employee = getattr(value, "_name", None) == "hr.employee"
        return (is_employee and not company) or super()._fits(value, company)
