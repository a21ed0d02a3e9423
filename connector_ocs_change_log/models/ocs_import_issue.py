# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsImportIssue(models.Model):
    """Issue that may be a row of the change log without a computer."""

    _inherit = "ocs.import.issue"

    reason = fields.Selection(
        selection_add=[("unknown", "Change of an unknown computer")],
        ondelete={"unknown": "cascade"},
    )
