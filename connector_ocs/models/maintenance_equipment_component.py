# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class MaintenanceEquipmentComponent(models.Model):
    """Component whose text comes from OCS, and which managers may write."""

    _name = "maintenance.equipment.component"
    _inherit = [
        "maintenance.equipment.component",
        "ocs.access.mixin",
        "ocs.export.mixin",
    ]
