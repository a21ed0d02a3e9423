# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models


class MaintenanceEquipmentCategory(models.Model):
    _inherit = "maintenance.equipment.category"

    @api.depends("equipment_ids")
    def _compute_fold(self):
        """Look for one asset: to count all takes long in a fleet, for each new one."""
        equipment = self.env["maintenance.equipment"]
        self.fold = False
        for category in self:
            mine = [("category_id", "=", category.id)]
            category.fold = not equipment.search_count(mine, limit=1)
