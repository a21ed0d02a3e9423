# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Fields that only make sense together, as the assignment of an asset.
ASSIGNMENT = {"assign_date", "department_id", "employee_id", "equipment_assign_to"}


class MaintenanceEquipment(models.Model):
    """Equipment that is assigned to an employee, a department or another owner."""

    _inherit = "maintenance.equipment"

    ocs_owner_user_id = fields.Many2one(
        "res.users",
        string="Owner (Not an Employee)",
        domain=[("share", "=", False)],
        index="btree_not_null",
        copy=False,
        help="Owner of an asset that is not assigned to an employee or a department. "
        "Set by OCS rules whose owner is a user without an employee.",
    )

    @api.depends("ocs_owner_user_id")
    def _compute_owner(self):
        """Keep the owner, which HR would set to the user who saves the asset."""
        result = super()._compute_owner()
        for equipment in self:
            if equipment.equipment_assign_to == "other" and equipment.ocs_owner_user_id:
                equipment.owner_user_id = equipment.ocs_owner_user_id
        return result

    def _ocs_fields_to_take(self, other, names):
        names = set(super()._ocs_fields_to_take(other, names)) - ASSIGNMENT
        has_nobody = not (self.employee_id or self.department_id)
        if has_nobody and (other.employee_id or other.department_id):
            names |= ASSIGNMENT
        return names
