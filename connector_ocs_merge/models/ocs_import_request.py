# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsImportRequest(models.AbstractModel):
    """Request that follows a merge."""

    _inherit = "ocs.import.request"

    import_request = fields.Selection(
        selection_add=[("merged", "Assets were merged, or a merge was undone")],
        ondelete={"merged": "set settings"},
    )
