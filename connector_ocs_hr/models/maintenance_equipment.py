# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class MaintenanceEquipment(models.Model):
    """An owner who is no employee."""

    _inherit = "maintenance.equipment"

    ocs_owner_user_id = fields.Many2one(
        "res.users",
        string="Owner without Employee",
        domain=[("share", "=", False)],
        index="btree_not_null",
        copy=False,
        help="Owner of an asset that neither an employee nor a department uses. OCS "
        "rules give it when they name a user who is no employee.",
    )

    @api.depends("ocs_owner_user_id")
    def _compute_owner(self):
        """HR would have whoever saved the asset own it."""
        result = super()._compute_owner()
        for equipment in self:
            if equipment.equipment_assign_to == "other" and equipment.ocs_owner_user_id:
                equipment.owner_user_id = equipment.ocs_owner_user_id
        return result
