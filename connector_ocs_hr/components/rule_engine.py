# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsRuleEngine(Component):
    """Rule engine that sets the owner as the employee of the asset."""

    _inherit = "ocs.rule.engine"

    def asset_values(self, effect):
        if effect.field != "owner_user_id":
            return super().asset_values(effect)
        if effect.value._name == "hr.employee":
            return {
                "equipment_assign_to": "employee",
                "employee_id": effect.value.id,
                "ocs_owner_user_id": False,
            }
        return {
            "equipment_assign_to": "other",
            "employee_id": False,
            "ocs_owner_user_id": effect.value.id,
        }

    def _describe(self, owner):
        if owner._name != "hr.employee":
            return super()._describe(owner)
        return f"{owner.name} ({owner.work_email})"
