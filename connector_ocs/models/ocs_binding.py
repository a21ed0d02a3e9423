# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsBinding(models.AbstractModel):
    """What every link between OCS and an asset holds.

    Concrete models add ``external_id`` and the unique constraint on it.
    """

    _name = "ocs.binding"
    _inherit = "external.binding"
    _description = "OCS Binding (abstract)"

    sync_date = fields.Datetime(string="Last Change Imported", readonly=True)
    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="restrict"
    )
    odoo_id = fields.Many2one(
        "maintenance.equipment",
        string="Equipment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    ocs_serial = fields.Char(
        string="Serial Number in OCS",
        readonly=True,
        help="As OCS holds it. It becomes the serial number of the asset, unless it "
        "is a placeholder or belongs to another asset.",
    )
