# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class OcsImportIssue(models.Model):
    """Computer that a rule excludes, and explanation of the rules that apply to it."""

    _inherit = "ocs.import.issue"

    reason = fields.Selection(
        selection_add=[("rule", "Excluded by a rule"), ("ambiguous",)],
        ondelete={"rule": "cascade"},
    )

    @api.model
    def _skip_reasons(self):
        return (*super()._skip_reasons(), "rule")

    @api.model
    def _reasons_to_ignore(self):
        return (*super()._reasons_to_ignore(), "rule")

    def action_explain_rules(self):
        """Explain which rules apply to this OCS computer."""
        self.ensure_one()
        self.check_access("read")
        return self.env["ocs.rule.explanation"]._open(self.backend_id, self.external_id)
