# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .ocs_rule import EFFECTS


class OcsRuleTarget(models.AbstractModel):
    """Record that rules can set on assets; it cannot be deleted while one does."""

    _name = "ocs.rule.target"
    _description = "Target of OCS Rules (abstract)"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._get_ocs_rules()._concerned_backends()._request_imports("rules")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used_by_ocs_rule(self):
        rule = self._get_ocs_rules()[:1]
        if rule:
            raise UserError(
                self.env._(
                    "The OCS rule “%s” uses this record. Change or delete that rule "
                    "first. It may be archived.",
                    rule.name,
                )
            )

    def _get_ocs_rules(self):
        """Return the rules, including archived ones, that set one of these records."""
        # sudo: rules that the user is not allowed to see count as well
        rules = self.env["ocs.rule"].sudo().with_context(active_test=False)
        names = [
            name
            for name in (*EFFECTS, "backend_company_id")
            if rules._fields[name].comodel_name == self._name
        ]
        return rules.search(Domain.OR(Domain(name, "in", self.ids) for name in names))


class MaintenanceEquipmentCategory(models.Model):
    _name = "maintenance.equipment.category"
    _inherit = ["maintenance.equipment.category", "ocs.rule.target"]


class MaintenanceTeam(models.Model):
    _name = "maintenance.team"
    _inherit = ["maintenance.team", "ocs.rule.target"]


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "ocs.rule.target"]


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["res.users", "ocs.rule.target"]
