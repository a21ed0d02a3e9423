# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Type of the activity that asks for decisions.
DECISION = "connector_ocs.activity_type_decision"


class OcsBackendDecision(models.AbstractModel):
    """Decisions that computers of a backend wait for, and who is asked for them."""

    _name = "ocs.backend.decision"
    _description = "Decisions on Computers of an OCS Backend (abstract)"

    decision_count = fields.Integer(
        string="Number of Computers to Decide On", compute="_compute_decisions"
    )
    decision_report = fields.Char(compute="_compute_decisions")

    @api.depends_context("lang")
    def _compute_decisions(self):
        issues = self.env["ocs.import.issue"]
        groups = issues._read_group(
            issues._to_decide_domain(self), ["backend_id"], ["__count"]
        )
        counts = {backend.id: count for backend, count in groups}
        for backend in self:
            backend.decision_count = counts.get(backend.id, 0)
            backend.decision_report = backend._describe_decisions()

    def _describe_decisions(self):
        """Return how many computers wait for a decision, False if none does."""
        if not self.decision_count:
            return False
        if self.decision_count == 1:
            return self.env._("1 computer needs a decision")
        return self.env._("%s computers need a decision", self.decision_count)

    def action_view_decisions(self):
        """Open the list of the computers that need a decision."""
        action = self.action_view_issues()
        domain = self.env["ocs.import.issue"]._to_decide_domain(self)
        return dict(action, domain=list(domain))

    def _ask_for_decisions(self):
        """Update the activity of each backend: one, as long as a decision is open."""
        self._recount_decisions()
        for backend in self:
            if backend.decision_count and backend.active:
                backend._update_decision_activity()
            else:
                backend._forget_decisions()

    def _forget_decisions(self):
        """Remove the activity if no decision is open any more.

        Jobs that run at the same time do not update it, which the end of a run does:
        they would collide.
        """
        self._recount_decisions()
        for backend in self:
            if not backend.decision_count or not backend.active:
                backend._decision_activities().unlink()

    def _recount_decisions(self):
        self.invalidate_recordset(["decision_count", "decision_report"])

    def _update_decision_activity(self):
        """Create or update the activity.

        Whoever marks it as done is not asked again before something has changed.
        """
        user, asked = self._person_in_charge(), self._decision_activities()
        backend = self.with_context(lang=user.lang)
        summary = backend.env._("OCS: %s", backend._describe_decisions())
        opened = asked.filtered("active")
        for name, value in (("summary", summary), ("user_id", user)):
            opened.filtered(lambda each, n=name, v=value: each[n] != v)[name] = value
        if not opened and summary not in asked.mapped("summary"):
            self.activity_schedule(DECISION, summary=summary, user_id=user.id)

    def _decision_activities(self):
        """Return the activities that asked for decisions, open or done."""
        return self.with_context(active_test=False).activity_search([DECISION])
