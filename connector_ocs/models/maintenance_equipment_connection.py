# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class MaintenanceEquipmentConnection(models.Model):
    """Period whose text comes from OCS, and which managers may write."""

    _name = "maintenance.equipment.connection"
    _inherit = [
        "maintenance.equipment.connection",
        "ocs.access.mixin",
        "ocs.export.mixin",
    ]
