# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class OcsComputerBinding(models.Model):
    """Binding that leaves its former ID to a computer that was merged into it."""

    _inherit = "ocs.computer.binding"

    def _rebind(self, external_id, reason, device_id=""):
        self.env["ocs.asset.alias"]._before_rebind(self, external_id)
        return super()._rebind(external_id, reason, device_id)
