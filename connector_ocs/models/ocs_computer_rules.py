# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class OcsComputerBinding(models.Model):
    """Which rules are for a computer."""

    _inherit = "ocs.computer.binding"

    def action_explain_rules(self):
        """Which rule gave what to this computer."""
        self.ensure_one()
        self.check_access("read")
        return self.env["ocs.rule.explanation"]._open(self.backend_id, self.external_id)


class OcsImportIssue(models.Model):
    """Why a rule leaves a computer out."""

    _inherit = "ocs.import.issue"

    def action_explain_rules(self):
        """Which rules are for this computer of OCS."""
        self.ensure_one()
        self.check_access("read")
        return self.env["ocs.rule.explanation"]._open(self.backend_id, self.external_id)
