# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class MaintenanceEquipment(models.Model):
    """Equipment with an explanation of the rules that set its values."""

    _inherit = "maintenance.equipment"

    def action_ocs_explain_rules(self):
        """Explain which rules set which values of this computer."""
        self.ensure_one()
        return self.ocs_bind_ids[:1].action_explain_rules()
