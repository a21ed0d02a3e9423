# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

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
                computers = {external_id: adapter.read(external_id)}
                importer = work.component(usage="record.importer")
                (computer_import,) = importer.start(computers)
                values.update(self._explain(work, computer_import))
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
    def _explain(self, work, computer_import):
        """:return: dict of values of an explanation"""
        verdict = work.component(usage="rule.engine").decide(computer_import)
        lines = [
            *self._fact_lines(computer_import.computer),
            *self._given_lines(work, verdict, computer_import.binding),
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
            "name": computer_import.name or str(computer_import.external_id),
            "skipped": self._skip_reason(work, computer_import),
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

    def _skip_reason(self, work, computer_import):
        """Return why the computer is not imported, or False if it is."""
        issue, importer = computer_import.issue, work.component(usage="record.importer")
        skip_reason = importer.skip_reason(computer_import)
        if skip_reason:
            reason = self.env["ocs.import.issue"]._fields["reason"]
            labels = dict(reason._description_selection(self.env))
            return skip_reason.message or labels[skip_reason.reason]
        is_decided = computer_import.binding or issue.decision
        return issue.reason == "ambiguous" and not is_decided and issue.message


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
