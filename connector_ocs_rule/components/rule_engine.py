# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo import models

from odoo.addons.component.core import Component

from ..models.ocs_rule import EFFECTS


class RuleEffect(NamedTuple):
    """Value that one rule sets for one field."""

    rule: models.BaseModel
    #: one of EFFECTS
    field: str
    #: record or str
    value: object


class RuleResult:
    """Values that the rules assign to the asset of a computer."""

    def __init__(self, company, is_protected=False):
        """
        :param company: res.company of the asset unless a rule sets another one
        :param is_protected: whether the import must not change the company
        """
        #: {field: :class:`RuleEffect`} of the first rule with a usable value
        self.given = {}
        #: list of (:class:`RuleEffect`, sentence why it is not used)
        self.passed_over = []
        #: sentences for the technician
        self.warnings = []
        self._company = company
        self._is_protected = is_protected

    @property
    def company(self):
        """Company that the asset will belong to."""
        effect = None if self._is_protected else self.given.get("company_id")
        return effect.value if effect else self._company


class OcsRuleEngine(Component):
    """Engine that applies the rules to a computer."""

    _name = "ocs.rule.engine"
    _inherit = "ocs.lookup"
    _apply_on = "ocs.computer.binding"
    _usage = "rule.engine"

    def effects(self, computer_import):
        """Return the effects of the rules that match a computer, in their order.

        :param computer_import: ``ComputerImport`` of the connector
        :return: list of :class:`RuleEffect`
        """
        return self._look_up(computer_import, self._match_all)

    def _match_all(self, imports):
        """Match several computers, see ``effects``."""
        return [self._match(each.computer) for each in imports]

    def _match(self, computer):
        rules = self.env["ocs.rule"]._matching(self.backend_record, computer)
        return [
            RuleEffect(rule, field, value)
            for rule in rules
            for field, value in rule._effects().items()
        ]

    def decide(self, computer_import):
        """Return what the rules assign to the asset of a computer.

        The first rule with a usable value applies to each field.

        :param computer_import: as for ``effects``
        :return: :class:`RuleResult`
        """
        result = self._new_result(computer_import.binding)
        effects = self.effects(computer_import)
        for field in EFFECTS:
            for effect in effects:
                if effect.field == field:
                    self._apply(result, effect, computer_import)
        return result

    def company(self, computer_import):
        """Return the company that the asset will belong to.

        :param computer_import: as for ``effects``
        :return: res.company, may be empty
        """
        result = self._new_result(computer_import.binding)
        for effect in self.effects(computer_import):
            if effect.field == "company_id":
                self._apply(result, effect, computer_import)
        return result.company

    def asset_values(self, effect):
        """Return the fields of the asset that an effect sets.

        :return: dict {field of the asset: value to write}
        """
        if effect.field == "decision":
            return {}
        is_record = isinstance(effect.value, models.BaseModel)
        return {effect.field: effect.value.id if is_record else effect.value}

    def _new_result(self, binding):
        finder = self.component(usage="company.finder")
        is_protected = bool(binding) and finder.is_protected(binding)
        return RuleResult(finder.default(binding), is_protected=is_protected)

    def _apply(self, result, effect, computer_import):
        first = result.given.get(effect.field)
        if first:
            reason = self.env._("The rule “%s” takes precedence.", first.rule.name)
            result.passed_over.append((effect, reason))
            return
        user_id = computer_import.computer["hardware"]["USERID"]
        resolved = self._resolve_owner(result, effect, user_id)
        binding = computer_import.binding
        problem = self._problem(result, resolved, user_id, binding)
        if not problem:
            result.given[effect.field] = resolved
            return
        result.passed_over.append((effect, problem))
        if resolved.value:
            result.warnings.append(problem)

    def _resolve_owner(self, result, effect, user_id):
        """Return the effect with the record of the owner."""
        if effect.field != "owner_user_id":
            return effect
        finder = self.component(usage="owner.finder")
        if isinstance(effect.value, models.BaseModel):
            return effect._replace(value=finder.of_user(effect.value, result.company))
        return effect._replace(value=finder.find(user_id, result.company))

    def _problem(self, result, effect, user_id, binding):
        """Return the reason why an effect cannot be used.

        :return: sentence, or None
        """
        value = effect.value
        if isinstance(value, str):
            return None
        if not value:
            return self.env._("OCS reports no user who exists in Odoo.")
        if len(value) > 1:
            return self.env._(
                "The OCS user “%(user)s” may be any of %(names)s. The rule “%(rule)s” "
                "sets no owner.",
                user=user_id,
                names=", ".join(map(self._describe, value)),
                rule=effect.rule.name,
            )
        if effect.rule._is_archived(value):
            return self.env._(
                "The rule “%(rule)s” sets the archived %(field)s “%(name)s”. It is "
                "not used.",
                rule=effect.rule.name,
                field=effect.rule._label(effect.field),
                name=value.display_name,
            )
        return self._company_problem(result, effect, binding)

    def _company_problem(self, result, effect, binding):
        if effect.field == "company_id":
            vendor = binding.partner_id
            fits = effect.rule._fits(vendor, effect.value) if vendor else True
            return None if fits else self._describe_vendor(effect, vendor)
        if effect.rule._fits(effect.value, result.company):
            return None
        return self.env._(
            "The rule “%(rule)s” sets the %(field)s “%(name)s”, which does not "
            "belong to the company of the asset. It is not used.",
            rule=effect.rule.name,
            field=effect.rule._label(effect.field),
            name=effect.value.display_name,
        )

    def _describe_vendor(self, effect, vendor):
        return self.env._(
            "The rule “%(rule)s” sets the company “%(company)s”, to which the "
            "vendor “%(vendor)s” of the asset does not belong. It is not used.",
            rule=effect.rule.name,
            company=effect.value.name,
            vendor=vendor.display_name,
        )

    def _describe(self, owner):
        """Return name and login, since several users may have the same name."""
        return f"{owner.display_name} ({owner.login})"
