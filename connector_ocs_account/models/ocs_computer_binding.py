# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsComputerBinding(models.Model):
    """Binding that remembers which administrative data OCS has filled."""

    _inherit = "ocs.computer.binding"

    account_columns = fields.Json(
        readonly=True,
        help="Columns of administrative data that have had a value under this ID. OCS "
        "empties what it has filled, but not what people entered in Odoo, or what "
        "the computer had under a former ID.",
    )

    def _rebind(self, external_id, reason, device_id=""):
        result = super()._rebind(external_id, reason, device_id)
        self.account_columns = False
        return result
