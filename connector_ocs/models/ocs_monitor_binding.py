# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsMonitorBinding(models.Model):
    """A monitor that OCS reports (table monitors) and its asset."""

    _name = "ocs.monitor.binding"
    _inherit = "ocs.binding"
    _inherits = {"maintenance.equipment": "odoo_id"}
    _description = "OCS Monitor"
    _order = "backend_id, external_id"

    external_id = fields.Char(
        string="Key in OCS",
        required=True,
        readonly=True,
        help="The serial number; without one, the computer's id in OCS and the make.",
    )

    _external_id_uniq = models.Constraint(
        "UNIQUE(backend_id, external_id)",
        "This monitor of OCS is bound to an asset already.",
    )
    _odoo_id_uniq = models.Constraint(
        "UNIQUE(backend_id, odoo_id)",
        "This asset is bound to a monitor of the same OCS already.",
    )

    def action_open_equipment(self):
        """The form of the asset."""
        self.ensure_one()
        return self.odoo_id._get_records_action()
