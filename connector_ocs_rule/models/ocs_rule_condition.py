# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.rules import Condition, network, split_networks, split_values

NETWORK_OPERATORS = ("in_network", "not_in_network")


class OcsRuleCondition(models.Model):
    """Condition on a fact of a computer that a rule requires."""

    _name = "ocs.rule.condition"
    _inherit = "ocs.setting"
    _description = "OCS Rule Condition"
    _order = "rule_id, id"

    rule_id = fields.Many2one("ocs.rule", required=True, index=True, ondelete="cascade")
    fact = fields.Selection(
        [
            ("tag", "TAG"),
            ("name", "Name"),
            ("ip", "IP address"),
            ("domain", "Domain or workgroup"),
            ("os", "Operating system"),
            ("chassis_type", "Chassis type"),
            ("manufacturer", "Manufacturer"),
            ("model", "Model"),
            ("user", "OCS user"),
        ],
        string="OCS Field",
        required=True,
        default="tag",
    )
    operator = fields.Selection(
        [
            ("is", "is"),
            ("is_not", "is not"),
            ("contains", "contains"),
            ("matches", "matches"),
            ("in_network", "is in network"),
            ("not_in_network", "is not in network"),
        ],
        required=True,
        default="is",
        help="“matches” compares with a pattern, in which * stands for any characters "
        "and ? for a single one. The comparison ignores case.",
    )
    value = fields.Char(
        required=True,
        help="Separate several values with semicolons. One of them must match; with "
        "“is not”, none of them may match. Write networks as 192.0.2.0/24 or "
        "2001:db8::/32.",
    )

    @api.depends("fact", "operator", "value")
    def _compute_display_name(self):
        facts = dict(self._fields["fact"]._description_selection(self.env))
        operators = dict(self._fields["operator"]._description_selection(self.env))
        for each in self:
            each.display_name = " ".join(
                (
                    facts.get(each.fact, ""),
                    operators.get(each.operator, ""),
                    each.value or "",
                )
            )

    @api.onchange("fact")
    def _onchange_fact(self):
        if (self.fact == "ip") != (self.operator in NETWORK_OPERATORS):
            self.operator = "in_network" if self.fact == "ip" else "is"

    @api.constrains("fact", "operator", "value")
    def _check_value(self):
        for condition in self:
            condition._check_operator()
            if not condition._parsed().values:
                raise ValidationError(
                    self.env._(
                        "The condition on “%s” has no value. Enter one or remove the "
                        "condition.",
                        condition._label(),
                    )
                )
            if condition.fact == "ip":
                condition._check_networks()

    def _check_operator(self):
        if (self.fact == "ip") == (self.operator in NETWORK_OPERATORS):
            return
        if self.fact == "ip":
            raise ValidationError(
                self.env._(
                    "IP addresses can only be compared with networks. Choose “is in "
                    "network” or “is not in network”; a single address is also a "
                    "network."
                )
            )
        raise ValidationError(
            self.env._(
                "“%s” is not an IP address, so it cannot be compared with a network. "
                "Choose another operator.",
                self._label(),
            )
        )

    def _check_networks(self):
        for text in self._parsed().values:
            try:
                network(text)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "“%s” is not an IP network. Write it as 192.0.2.0/24 or "
                        "2001:db8::/32, or as a single address.",
                        text,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        conditions = super().create(vals_list)
        conditions.rule_id._concerned_backends()._request_imports("rules")
        return conditions

    def write(self, vals):
        concerned = self.rule_id._concerned_backends()
        result = super().write(vals)
        (concerned | self.rule_id._concerned_backends())._request_imports("rules")
        return result

    def unlink(self):
        concerned = self.rule_id._concerned_backends()
        result = super().unlink()
        concerned._request_imports("rules")
        return result

    def _parsed(self):
        """:return: :class:`odoo.addons.connector_ocs_rule.lib.rules.Condition`"""
        self.ensure_one()
        split = split_networks if self.operator in NETWORK_OPERATORS else split_values
        return Condition(self.fact, self.operator, split(self.value))

    def _label(self):
        facts = dict(self._fields["fact"]._description_selection(self.env))
        return facts[self.fact]
