# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """What rules give to an asset."""

    _inherit = "maintenance.equipment"

    location = fields.Char(index="btree_not_null", tracking=True)

    def _ocs_filled_by_people(self):
        """What a rule gave is not entered by people, as long as it is the same."""
        names = super()._ocs_filled_by_people()
        given = {}
        for binding in self.ocs_bind_ids:
            given.update(binding.rule_values or {})
        return [
            name
            for name in names
            if name not in given
            or self._fields[name].convert_to_write(self[name], self) != given[name]
        ]

    def _is_input(self, field):
        return field.name == "location" or super()._is_input(field)
