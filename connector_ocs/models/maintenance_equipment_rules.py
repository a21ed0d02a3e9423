# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """Equipment with a location, and with the rules that set its values."""

    _inherit = "maintenance.equipment"

    location = fields.Char(index="btree_not_null", tracking=True)

    def _is_input(self, field):
        return field.name == "location" or super()._is_input(field)

    def action_ocs_explain_rules(self):
        """Explain which rules set which values of this computer."""
        self.ensure_one()
        return self.ocs_bind_ids[:1].action_explain_rules()
