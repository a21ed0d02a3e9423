# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models


class MaintenanceEquipmentCategory(models.Model):
    _inherit = "maintenance.equipment.category"

    @api.depends("equipment_ids")
    def _compute_fold(self):
        """Search for categories in use instead of counting their assets.

        Counting takes long in a large fleet, and each new asset would trigger it.
        """
        # before the search, which reads it
        self.fold = False
        used = self.search([("id", "in", self.ids), ("equipment_ids", "!=", False)])
        (self - used).fold = True
