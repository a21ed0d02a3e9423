# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsImportRequest(models.AbstractModel):
    """Request that follows a change of rules."""

    _inherit = "ocs.import.request"

    import_request = fields.Selection(
        selection_add=[("rules", "The rules have changed")],
        ondelete={"rules": "set settings"},
    )
