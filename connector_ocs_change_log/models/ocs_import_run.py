# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsImportRun(models.Model):
    """Run that may detect changes by the change log."""

    _inherit = "ocs.import.run"

    detection = fields.Selection(
        selection_add=[("changelog", "Change log in OCS")],
        ondelete={"changelog": "set default"},
    )
    change_log_range = fields.Json(
        readonly=True,
        help="Number and last ID of the pending changes when computers were compared.",
    )
