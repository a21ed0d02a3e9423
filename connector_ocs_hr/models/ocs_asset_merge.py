# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models

#: Fields that only make sense together, as the assignment of an asset.
ASSIGNMENT = {"assign_date", "department_id", "employee_id", "equipment_assign_to"}


class OcsAssetMerge(models.Model):
    """Merge that takes over the assignment of an asset as a whole."""

    _inherit = "ocs.asset.merge"

    def _missing(self, destination, other):
        names = set(super()._missing(destination, other)) - ASSIGNMENT
        has_nobody = not (destination.employee_id or destination.department_id)
        if has_nobody and (other.employee_id or other.department_id):
            names |= ASSIGNMENT
        return names
