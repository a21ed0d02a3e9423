# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import mute_logger

from odoo.addons.queue_job.job import (
    CANCELLED,
    ENQUEUED,
    PENDING,
    WAIT_DEPENDENCIES,
    identity_exact,
)

from .ocs_computer_jobs import MAX_RETRIES

#: A job in any of these states did not begin.
NOT_STARTED = (WAIT_DEPENDENCIES, PENDING, ENQUEUED)

#: A run in any of these states can be stopped.
GOING_ON = ("scanning", "importing")

#: Stopping goes before all other jobs.
STOP_PRIORITY = 0


# one class for what a run shows, one for what happens to it
# pylint: disable=consider-merging-classes-inherited
class OcsImportRun(models.Model):
    """A person stops a run: what has not begun is left to the next one."""

    _inherit = "ocs.import.run"

    def action_stop(self):
        """Import no more of it; what is at work comes to its end."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in GOING_ON:
            return self.backend_id._notify(
                self.env._("There is nothing to stop"),
                self.env._("This run is over already, or waits for a decision."),
                kind="info",
            )
        if not self.try_lock_for_update(allow_referencing=True):
            # a look for changes counts in this row until it is committed
            self.env["ocs.computer.binding"]._enqueue_stop(self)
            return self.backend_id._notify(
                self.env._("The run is stopping"),
                self.env._("A look for changes is at work: it comes to its end first."),
                kind="info",
            )
        self._stop(self.env.user)
        return self.backend_id._notify(
            self.env._("The run was stopped"), self.message, kind="info"
        )

    def _stop(self, user):
        """Cancel the jobs that have not begun, and close the run.

        :param user: res.users who wants it
        """
        was_scanning = self.state == "scanning"
        self._cancel_jobs(self._jobs(NOT_STARTED))
        self._forget_tries()
        self.invalidate_recordset()  # the counters
        self.message = self._describe_stop(user, was_scanning)
        self._close("cancelled")

    def _cancel_jobs(self, jobs):
        """Cancel jobs, but those that another process has begun meanwhile."""
        values = {"state": CANCELLED, "date_cancelled": fields.Datetime.now()}
        values["result"] = self.env._("Its run was stopped.")
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                jobs.write(values)
        except SerializationFailure:
            half = len(jobs) // 2
            for part in (jobs[:half], jobs[half:]) if half else ():
                self._cancel_jobs(part)

    def _forget_tries(self):
        """What failed before and was to be tried again is tried by the next run."""
        failed = self.env["ocs.import.issue"].search(
            [
                ("backend_id", "=", self.backend_id.id),
                ("reason", "=", "failed"),
                ("digests", "!=", False),
            ]
        )
        failed.write({"digests": False})

    def _describe_stop(self, user, was_scanning):
        parts = (
            (True, self.env._("%s computers were done", self.done_count)),
            (self.failed_count, self.env._("%s failed", self.failed_count)),
            (
                self.left_count,
                self.env._("%s were at work and came to their end", self.left_count),
            ),
            (
                self.cancelled_count,
                self.env._("%s were left out", self.cancelled_count),
            ),
        )
        sentences = (
            self.env._(
                "Stopped by %(user)s: %(parts)s.",
                user=user.name,
                parts=", ".join(sentence for shown, sentence in parts if shown),
            ),
            was_scanning and self.env._("Not all of OCS was looked at."),
            self.env._("The next run finds what is still new or changed in OCS."),
        )
        return " ".join(filter(None, sentences))


class OcsComputerBinding(models.Model):
    """The job that stops a run whose look for changes is at work."""

    _inherit = "ocs.computer.binding"

    @api.private
    @api.model
    def stop_run(self, run, user):
        """Job: stop a run, as a person wants it.

        :param run: ocs.import.run
        :param user: res.users who wants it
        """
        if run.exists().state in GOING_ON:
            run._stop(user)

    @api.model
    def _enqueue_stop(self, run):
        description = self.env._("Stop the import from %s", run.backend_id.name)
        self.with_delay(
            priority=STOP_PRIORITY,
            max_retries=MAX_RETRIES,
            description=description,
            identity_key=identity_exact,
        ).stop_run(run, self.env.user)
