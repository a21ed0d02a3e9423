# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.rules import facts, holds

#: Fields that a rule can set. The company comes before the others because they depend
#: on it. All except the decision are fields of the asset.
EFFECTS = (
    "decision",
    "company_id",
    "category_id",
    "maintenance_team_id",
    "technician_user_id",
    "location",
    "owner_user_id",
)
#: Stands for the user that OCS reports.
OCS_USER = "ocs"


class OcsRule(models.Model):
    """Rule that sets fields of the assets of matching computers or excludes them."""

    _name = "ocs.rule"
    _inherit = ["ocs.setting", "ocs.rule.scope"]
    _description = "OCS Rule"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    condition_ids = fields.One2many(
        "ocs.rule.condition",
        "rule_id",
        string="Conditions",
        copy=True,
        help="All conditions must be met. A rule without conditions applies to all "
        "computers.",
    )
    decision = fields.Selection(
        [("import", "Always import"), ("exclude", "Do not import")],
        string="Import Decision",
        help="Do not import: the computer is skipped and listed under “Not Imported”. "
        "Always import: the computer is imported even if a later rule excludes it.",
    )
    company_id = fields.Many2one("res.company", ondelete="restrict")
    category_id = fields.Many2one(
        "maintenance.equipment.category", ondelete="restrict", index="btree_not_null"
    )
    maintenance_team_id = fields.Many2one(
        "maintenance.team", ondelete="restrict", index="btree_not_null"
    )
    technician_user_id = fields.Many2one(
        "res.users",
        string="Technician",
        ondelete="restrict",
        domain=[("share", "=", False)],
        index="btree_not_null",
    )
    location = fields.Char()
    owner_source = fields.Selection(
        [("user", "This user"), (OCS_USER, "The user reported by OCS")],
        string="Owner",
    )
    owner_user_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        domain=[("share", "=", False)],
        index="btree_not_null",
    )
    condition_summary = fields.Char(
        string="If", compute="_compute_condition_summary", compute_sudo=True
    )
    effect_summary = fields.Char(
        string="Then", compute="_compute_effect_summary", compute_sudo=True
    )
    problem = fields.Text(
        compute="_compute_problem",
        compute_sudo=True,
        help="Values of the rule that are archived and therefore not used.",
    )

    @api.depends("condition_ids.display_name")
    def _compute_condition_summary(self):
        for rule in self:
            conditions = rule.condition_ids.mapped("display_name")
            rule.condition_summary = ", ".join(conditions) or self.env._("Always")

    @api.depends("owner_source", *EFFECTS)
    def _compute_effect_summary(self):
        for rule in self:
            rule.effect_summary = ", ".join(
                f"{self._label(field)}: {rule._describe(field, value)}"
                for field, value in rule._effects().items()
            )

    @api.depends(
        "company_id.active",
        "maintenance_team_id.active",
        "technician_user_id.active",
        "owner_user_id.active",
        "owner_source",
    )
    def _compute_problem(self):
        for rule in self:
            rule.problem = "\n".join(
                self.env._(
                    "%(field)s: %(name)s is archived, so the rule does not set it.",
                    field=self._label(field),
                    name=value.display_name,
                )
                for field, value in rule._effects().items()
                if self._is_archived(value)
            )

    @api.constrains("name", "owner_source", *EFFECTS)
    def _check_effects(self):
        for rule in self:
            if rule.owner_source == "user" and not rule.owner_user_id:
                raise ValidationError(
                    self.env._("Choose the user that the rule sets as the owner.")
                )
            if not rule._effects():
                raise ValidationError(
                    self.env._(
                        "The rule “%s” has no effect. Choose a value for it to set, "
                        "or an import decision.",
                        rule.name,
                    )
                )

    @api.constrains(
        "company_id", "category_id", "maintenance_team_id", "technician_user_id"
    )
    def _check_companies(self):
        for rule in self.filtered("company_id"):
            for field, value in rule._effects().items():
                if not self._fits(value, rule.company_id):
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(name)s does not belong to the company "
                            "%(company)s that the rule sets.",
                            field=self._label(field),
                            name=value.display_name,
                            company=rule.company_id.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._concerned_backends()._request_imports("rules")
        rules._check_access_to_values()
        return rules

    def write(self, vals):
        concerned = self._concerned_backends()
        result = super().write(vals)
        (concerned | self._concerned_backends())._request_imports("rules")
        if not vals.keys().isdisjoint(EFFECTS):
            self._check_access_to_values()
        return result

    def unlink(self):
        concerned = self._concerned_backends()
        result = super().unlink()
        concerned._request_imports("rules")
        return result

    def _check_access_to_values(self):
        """Check that the user has access to the records that the rules set.

        Imports run with all rights. Not a constraint, which has all rights, too.
        """
        for value in (each for rule in self for each in rule._effects().values()):
            if isinstance(value, models.BaseModel):
                value.check_access("read")

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if not (default or {}).get("name"):
            for rule, values in zip(self, copies, strict=True):
                values["name"] = self.env._("%s (copy)", rule.name)
        return copies

    @api.model
    def _find_rules(self, backend):
        """:return: see ``_rules`` of the backend"""
        return tuple(
            (rule.id, tuple(each._parsed() for each in rule.condition_ids))
            for rule in self._of(backend)
        )

    @api.model
    def _matching(self, backend, computer):
        """Return the rules of a backend whose conditions are all met, in their order.

        :param computer: nested dict, see ``ocs.computer.adapter``
        """
        rules = backend._rules()
        known = facts(computer) if rules else {}
        found = self.browse(
            rule_id
            for rule_id, conditions in rules
            if all(holds(each, known) for each in conditions)
        )
        return found._filtered_access("read")

    def _effects(self):
        """Return the values that the rule sets.

        :return: dict {one of EFFECTS: value}: a record, a str, or ``OCS_USER``
        """
        self.ensure_one()
        effects = {field: self[field] for field in EFFECTS if self[field]}
        effects.pop("owner_user_id", None)
        if self.owner_source == OCS_USER:
            effects["owner_user_id"] = OCS_USER
        elif self.owner_source and self.owner_user_id:
            effects["owner_user_id"] = self.owner_user_id
        return effects

    @api.model
    def _is_archived(self, value):
        """Return whether a value of a rule is archived."""
        is_record = isinstance(value, models.BaseModel)
        return (
            is_record and "active" in value._fields and not all(value.mapped("active"))
        )

    @api.model
    def _fits(self, value, company):
        """Return whether an asset of a company can have a value of a rule.

        :param company: res.company, empty for an asset shared by all companies
        """
        if not isinstance(value, models.BaseModel) or value == company:
            return True
        if "company_ids" in value._fields:  # a user
            return not company or company in value.company_ids
        return not value.company_id or value.company_id == company

    @api.model
    def _label(self, field):
        """Return the label of one of EFFECTS."""
        name = "owner_source" if field == "owner_user_id" else field
        return self._fields[name]._description_string(self.env)

    @api.model
    def _describe(self, field, value):
        """Return the text that shows a value of a rule.

        :param field: one of EFFECTS
        :param value: its value from ``_effects``
        """
        if isinstance(value, models.BaseModel):
            return ", ".join(value.mapped("display_name"))
        name = "owner_source" if field == "owner_user_id" else field
        if self._fields[name].type != "selection":
            return value
        return dict(self._fields[name]._description_selection(self.env))[value]
