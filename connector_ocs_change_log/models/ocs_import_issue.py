# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.fields import Domain


class OcsImportIssue(models.Model):
    """Issue that may be a row of the change log without a computer."""

    _inherit = "ocs.import.issue"

    reason = fields.Selection(
        selection_add=[("unknown", "Change of an unknown computer")],
        ondelete={"unknown": "cascade"},
    )

    @api.model
    def _of_computers(self, backend, domain=Domain.TRUE):
        domain &= Domain("reason", "!=", "unknown")
        return super()._of_computers(backend, domain)
