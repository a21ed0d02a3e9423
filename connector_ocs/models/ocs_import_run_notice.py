# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Type of the notification that shows a notice, whatever the user is doing.
NOTICE = "connector_ocs.notice"


class OcsImportRunNotice(models.AbstractModel):
    """What a run says of itself: its progress while it lasts, its result at the end."""

    _name = "ocs.import.run.notice"
    _inherit = "ocs.live.mixin"
    _description = "Notices of an OCS Import Run (abstract)"

    progress_label = fields.Char(compute="_compute_progress_label")

    @api.depends("state", "seen_count", "job_count")
    @api.depends_context("lang")
    def _compute_progress_label(self):
        for run in self:
            run.progress_label = run._describe_step()

    def _describe_step(self):
        """Return what the run is doing, False if it has ended."""
        if self.state == "waiting":
            return self.env._("Waiting for approval")
        if self.state == "importing":
            done, jobs = self.done_count + self.failed_count, self.job_count
            return self.env._("Importing… %(done)s of %(jobs)s", done=done, jobs=jobs)
        if self.state == "scanning":
            if not self.seen_count:
                return self.env._("Scanning for changes…")
            return self.env._("Scanning for changes… %s scanned", self.seen_count)
        return False

    def _announce(self, is_news=True):
        """Show a notice about the result to the user concerned, wherever they are.

        It is for the user who started the run, and for the person in charge if a
        scheduled run needs one.

        :param is_news: bool, whether the person in charge does not know it yet
        """
        for run in self:
            user = run.user_id if run.origin == "button" else run.backend_id.user_id
            is_wanted = run.origin == "button" or (is_news and run._needs_person())
            if user and is_wanted and not run._is_stopped_by(user):
                user._bus_send(NOTICE, run.with_context(lang=user.lang)._notice())

    def _needs_person(self):
        """Return whether somebody has to do something for imports to go on."""
        if self.state != "failed":
            return self.state == "waiting"
        earlier = ("id", "<", self.id)  # each run fails as long as OCS is down
        return self.backend_id._last_run(earlier).state != "failed"

    def _is_stopped_by(self, user):
        """Return whether this user is stopping the run, and sees the result anyway."""
        in_job = self.env.context.get("job_uuid")
        return self.state == "cancelled" and user == self.env.user and not in_job

    def _notice(self):
        """Return the notice: dict, see ``static/src/live/live_service.js``."""
        backend = self.backend_id.name
        title, kind = {
            "done": (self.env._("Import from %s finished", backend), "success"),
            "failed": (self.env._("Import from %s failed", backend), "danger"),
            "waiting": (
                self.env._("Import from %s waits for approval", backend),
                "warning",
            ),
        }.get(self.state, (self.env._("Import from %s cancelled", backend), "info"))
        message = self.message or ""
        if self.state == "done":
            message = self._describe_result()
            if self.failed_count or self.backend_id.decision_count:
                kind = "warning"
        return {"run_id": self.id, "title": title, "message": message, "type": kind}

    def _describe_result(self):
        """Return what became of the computers as a sentence."""
        imported = sum(
            (self.new_count, self.linked_count, self.changed_count, self.rebound_count)
        )
        removed, failed = self.removed_count, self.failed_count
        parts = [
            imported and self._describe_imported(imported),
            removed and self.env._("%s removed from OCS", removed),
            failed and self.env._("%s failed", failed),
        ]
        if not any(parts):
            parts = [self.env._("No computer has changed")]
        if self.backend_id.decision_count:
            parts.append(self.backend_id._describe_decisions())
        return ", ".join(filter(None, parts)) + "."

    def _describe_imported(self, number):
        if number == 1:
            return self.env._("1 computer imported")
        return self.env._("%s computers imported", number)
