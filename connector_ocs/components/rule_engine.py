# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo import models

from odoo.addons.component.core import Component

from ..models.ocs_rule import EFFECTS


class Offer(NamedTuple):
    """What one rule says about one field."""

    rule: models.BaseModel
    #: one of EFFECTS
    field: str
    #: record or str
    value: object


class Verdict:
    """What the rules say about a computer."""

    def __init__(self, company, is_kept=False):
        """
        :param company: res.company of the asset unless a rule gives another one
        :param is_kept: whether no rule can, since it belongs to people
        """
        #: {field: :class:`Offer`} of the first rule that gives something usable
        self.given = {}
        #: list of (:class:`Offer`, sentence why it does not count)
        self.passed_over = []
        #: sentences for the technician
        self.warnings = []
        self._company = company
        self._is_kept = is_kept

    @property
    def company(self):
        """Company that the asset will be of."""
        offer = None if self._is_kept else self.given.get("company_id")
        return offer.value if offer else self._company


class OcsRuleEngine(Component):
    """Applies the rules to a computer."""

    _name = "ocs.rule.engine"
    _inherit = "ocs.base"
    _apply_on = "ocs.computer.binding"
    _usage = "rule.engine"

    def offers(self, computer):
        """What the rules for a computer say, in their order.

        :param computer: nested dict, see ``ocs.computer.adapter``
        :return: list of :class:`Offer`
        """
        rules = self.env["ocs.rule"]._matching(self.backend_record, computer)
        return [
            Offer(rule, field, value)
            for rule in rules
            for field, value in rule._effects().items()
        ]

    def decide(self, computer, binding):
        """What an import gives to the asset because of rules.

        For each field the first rule counts that gives something which can be used.

        :param computer: nested dict, see ``ocs.computer.adapter``
        :param binding: its binding, empty when it has none
        :return: :class:`Verdict`
        """
        verdict = self._verdict(binding)
        offers = self.offers(computer)
        for field in EFFECTS:
            for offer in offers:
                if offer.field == field:
                    self._weigh(verdict, offer, computer, binding)
        return verdict

    def company(self, computer, binding):
        """Company that the asset will be of.

        :return: res.company, may be empty
        """
        verdict = self._verdict(binding)
        for offer in self.offers(computer):
            if offer.field == "company_id":
                self._weigh(verdict, offer, computer, binding)
        return verdict.company

    def asset_values(self, offer):
        """Fields of the asset that an offer sets.

        :return: dict {field of the asset: value to write}
        """
        if offer.field == "decision":
            return {}
        is_record = isinstance(offer.value, models.BaseModel)
        return {offer.field: offer.value.id if is_record else offer.value}

    def _verdict(self, binding):
        company = self.backend_record.company_id
        if not binding:
            return Verdict(company)
        is_kept = self.component(usage="ownership").keeps(binding, "company_id")
        vendor = binding.partner_id
        if not is_kept and self.env["ocs.rule"]._fits(vendor, company):
            return Verdict(company)
        return Verdict(binding.company_id, is_kept=is_kept)

    def _weigh(self, verdict, offer, computer, binding):
        first = verdict.given.get(offer.field)
        if first:
            why = self.env._("The rule “%s” comes before it.", first.rule.name)
            verdict.passed_over.append((offer, why))
            return
        user_id = computer["hardware"]["USERID"]
        settled = self._settle_owner(verdict, offer, user_id)
        objection = self._objection(verdict, settled, user_id, binding)
        if not objection:
            verdict.given[offer.field] = settled
            return
        verdict.passed_over.append((offer, objection))
        if settled.value:
            verdict.warnings.append(objection)

    def _settle_owner(self, verdict, offer, user_id):
        """The offer, with the record of the owner."""
        if offer.field != "owner_user_id":
            return offer
        finder = self.component(usage="owner.finder")
        if isinstance(offer.value, models.BaseModel):
            return offer._replace(value=finder.of_user(offer.value, verdict.company))
        return offer._replace(value=finder.find(user_id, verdict.company))

    def _objection(self, verdict, offer, user_id, binding):
        """Why the asset cannot have it.

        :return: sentence, or None
        """
        value = offer.value
        if isinstance(value, str):
            return None
        if not value:
            return self.env._("OCS reports no user who is known in Odoo.")
        if len(value) > 1:
            return self.env._(
                "The OCS user “%(user)s” may be any of %(names)s: the rule “%(rule)s” "
                "gives no owner.",
                user=user_id,
                names=", ".join(map(self._describe, value)),
                rule=offer.rule.name,
            )
        if offer.rule._is_archived(value):
            return self.env._(
                "The rule “%(rule)s” gives the archived %(field)s “%(name)s”: it is "
                "not used.",
                rule=offer.rule.name,
                field=offer.rule._label(offer.field),
                name=value.display_name,
            )
        return self._company_objection(verdict, offer, binding)

    def _company_objection(self, verdict, offer, binding):
        if offer.field == "company_id":
            vendor = binding.partner_id
            fits = offer.rule._fits(vendor, offer.value) if vendor else True
            return None if fits else self._describe_vendor(offer, vendor)
        if offer.rule._fits(offer.value, verdict.company):
            return None
        return self.env._(
            "The rule “%(rule)s” gives the %(field)s “%(name)s”, which does not belong "
            "to the company of the asset: it is not used.",
            rule=offer.rule.name,
            field=offer.rule._label(offer.field),
            name=offer.value.display_name,
        )

    def _describe_vendor(self, offer, vendor):
        return self.env._(
            "The rule “%(rule)s” gives the company “%(company)s”, to which the vendor "
            "“%(vendor)s” of the asset does not belong: it is not used.",
            rule=offer.rule.name,
            company=offer.value.name,
            vendor=vendor.display_name,
        )

    def _describe(self, owner):
        """Name and login, since names may be the same."""
        return f"{owner.display_name} ({owner.login})"
