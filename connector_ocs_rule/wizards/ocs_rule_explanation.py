# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

from odoo.addons.connector_ocs.lib import eligibility

from ..lib.rules import facts

KINDS = [
    ("fact", "OCS value"),
    ("given", "Set by a rule"),
    ("passed_over", "Not used"),
]


class OcsRuleExplanation(models.TransientModel):
    """Wizard that explains which rules apply to a computer and what they set."""

    _name = "ocs.rule.explanation"
    _description = "OCS Rule Explanation"

    name = fields.Char(readonly=True)
    backend_id = fields.Many2one("ocs.backend", readonly=True, ondelete="cascade")
    external_id = fields.Integer(string="ID in OCS", readonly=True)
    skipped = fields.Text(string="Why Not Imported", readonly=True)
    warnings = fields.Text(readonly=True)
    fact_ids = fields.One2many(
        "ocs.rule.explanation.line",
        "explanation_id",
        string="Current OCS Values",
        domain=[("kind", "=", "fact")],
        readonly=True,
    )
    given_ids = fields.One2many(
        "ocs.rule.explanation.line",
        "explanation_id",
        string="Values Set by Rules",
        domain=[("kind", "=", "given")],
        readonly=True,
    )
    passed_over_ids = fields.One2many(
        "ocs.rule.explanation.line",
        "explanation_id",
        string="Matching Rules Without Effect",
        domain=[("kind", "=", "passed_over")],
        readonly=True,
    )

    @api.model
    def _open(self, backend, external_id):
        """Read the current data of a computer from OCS and explain its rules.

        :param external_id: int, hardware.ID
        :return: action of the form
        :raises UserError: OCS cannot be read or no longer has the computer
        """
        backend._check_user("read")
        values = {"backend_id": backend.id, "external_id": external_id}
        with backend._as_user_error():
            # sudo: rules can also set records of other companies
            backend = backend._for_import("read")
            with backend.work_on("ocs.computer.binding") as work:
                adapter = work.component(usage="backend.adapter")
                computer = adapter.read(external_id)
                computer["external_id"] = external_id
                values.update(self._explain(work, computer))
        explanation = self.create(values)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Rules Explained"),
            "res_model": self._name,
            "res_id": explanation.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.model
    def _explain(self, work, computer):
        """:return: dict of values of an explanation"""
        binding = work.component(usage="binder").to_internal(computer["external_id"])
        verdict = work.component(usage="rule.engine").decide(computer, binding)
        lines = [
            *self._fact_lines(computer),
            *self._given_lines(work, verdict, binding),
            *(
                self._line("passed_over", offer, why)
                for offer, why in verdict.passed_over
            ),
        ]
        fields_of_kind = {kind: f"{kind}_ids" for kind, _label in KINDS}
        values = {name: [] for name in fields_of_kind.values()}
        for line in lines:
            values[fields_of_kind[line["kind"]]].append((0, 0, line))
        return {
            "name": computer["hardware"]["NAME"] or str(computer["external_id"]),
            "skipped": self._skip_reason(work, computer, binding),
            "warnings": "\n".join(verdict.warnings) or False,
            **values,
        }

    def _fact_lines(self, computer):
        known = facts(computer)
        selection = self.env["ocs.rule.condition"]._fields["fact"]
        return [
            {
                "kind": "fact",
                "label": label,
                "value": ", ".join(known[fact])
                if fact in known
                else self.env._("Unknown: no condition on it is met"),
            }
            for fact, label in selection._description_selection(self.env)
        ]

    def _given_lines(self, work, verdict, binding):
        engine = work.component(usage="rule.engine")
        return [
            self._line("given", offer, self._compare(binding, engine, offer))
            for offer in verdict.given.values()
        ]

    def _compare(self, binding, engine, offer):
        """Return a sentence whether the asset has the value of a rule, or False."""
        values = engine.asset_values(offer)
        if not values:
            return False
        if not binding:
            return self.env._("No asset")
        model_fields = binding._fields
        for name, value in values.items():
            field = model_fields[name]
            if field.convert_to_cache(value, binding) != field.convert_to_cache(
                binding[name], binding
            ):
                return self.env._("Not set on the asset")
        return self.env._("Set on the asset")

    def _line(self, kind, offer, note):
        return {
            "kind": kind,
            "label": offer.rule._label(offer.field),
            "value": offer.rule._describe(offer.field, offer.value),
            "rule_id": offer.rule.id,
            "note": note,
        }

    def _skip_reason(self, work, computer, binding):
        """Return why the computer is not imported, or False if it is."""
        exclusion = eligibility.exclusion(computer)
        if exclusion:
            reason = self.env["ocs.import.issue"]._fields["reason"]
            return dict(reason._description_selection(self.env))[exclusion]
        skip_reason = work.component(usage="record.importer")._skip_reason_of(
            computer, binding
        )
        if skip_reason:
            return skip_reason.message
        issues = self.env["ocs.import.issue"]
        issue = issues._find(work.collection, computer["external_id"])
        waits = issue.reason == "ambiguous" and not (binding or issue.decision)
        return waits and issue.message


class OcsRuleExplanationLine(models.TransientModel):
    """Line of an explanation: a fact, or the value of a rule for a field."""

    _name = "ocs.rule.explanation.line"
    _description = "OCS Rule Explanation Line"

    explanation_id = fields.Many2one(
        "ocs.rule.explanation", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True)
    label = fields.Char(string="Field")
    value = fields.Char()
    rule_id = fields.Many2one("ocs.rule", ondelete="cascade")
    note = fields.Char()
