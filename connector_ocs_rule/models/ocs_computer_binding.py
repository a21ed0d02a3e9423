# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class OcsComputerBinding(models.Model):
    """Explanation of the rules that apply to a computer."""

    _inherit = "ocs.computer.binding"

    def action_explain_rules(self):
        """Explain which rules apply to this computer."""
        self.ensure_one()
        self.check_access("read")
        return self.env["ocs.rule.explanation"]._open(self.backend_id, self.external_id)
