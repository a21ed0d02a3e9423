# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from psycopg2.errors import SerializationFailure

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.job import (
    CANCELLED,
    ENQUEUED,
    PENDING,
    WAIT_DEPENDENCIES,
    identity_exact,
)

from .ocs_computer_jobs import MAX_RETRIES

#: States of jobs that have not started.
NOT_STARTED = (WAIT_DEPENDENCIES, PENDING, ENQUEUED)

#: States of runs that can be stopped.
RUNNING = ("scanning", "importing")

#: Stopping comes before all other jobs.
STOP_PRIORITY = 0


# one class for the fields of a run, one for its life cycle
# pylint: disable=consider-merging-classes-inherited
class OcsImportRun(models.Model):
    """Stop of a run by a user, which leaves the remaining computers to the next."""

    _inherit = "ocs.import.run"

    def action_stop(self):
        """Cancel the imports that have not started; running ones will finish."""
        self.ensure_one()
        self.check_access("write")
        if self.state not in RUNNING:
            return self.backend_id._notify(
                self.env._("Nothing to stop"),
                self.env._("This run has already finished or waits for approval."),
                kind="info",
            )
        if not self.try_lock_for_update(allow_referencing=True):
            # a scan locks this row until it is committed, to update the counters
            self.env["ocs.computer.binding"]._enqueue_stop(self)
            return self.backend_id._notify(
                self.env._("The run is stopping"),
                self.env._("It stops as soon as the current scan is finished."),
                kind="info",
            )
        self._stop(self.env.user)
        return self.backend_id._notify(
            self.env._("The run was stopped"), self.message, kind="info"
        )

    def _stop(self, user):
        """Cancel the jobs that have not started and close the run.

        :param user: res.users who stopped it
        """
        was_scanning = self.state == "scanning"
        self._cancel_jobs(self._jobs(NOT_STARTED))
        self._clear_failed_digests()
        self.invalidate_recordset()  # the counters
        self.message = self._describe_stop(user, was_scanning)
        self._close("cancelled")

    def _cancel_jobs(self, jobs):
        """Cancel jobs, except those that another process has just started."""
        values = {"state": CANCELLED, "date_cancelled": fields.Datetime.now()}
        values["result"] = self.env._("Its run was stopped.")
        try:
            with self.env.cr.savepoint():
                self._lock_jobs(jobs)
        except SerializationFailure:
            half = len(jobs) // 2
            for part in (jobs[:half], jobs[half:]) if half else ():
                self._cancel_jobs(part)
        else:
            jobs.write(values)

    def _lock_jobs(self, jobs):
        """Lock jobs.

        :raises psycopg2.errors.SerializationFailure: another process has changed one
        """
        query = jobs._search([("id", "in", jobs.ids)])
        lock = SQL("%s FOR NO KEY UPDATE OF queue_job", query.select())
        self.env.cr.execute(lock, log_exceptions=False)  # the failure is expected

    def _clear_failed_digests(self):
        """Have the next run import the computers whose retry was cancelled."""
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
            (True, self.env._("%s computers imported", self.done_count)),
            (self.failed_count, self.env._("%s failed", self.failed_count)),
            (
                self.left_count,
                self.env._("%s still being imported", self.left_count),
            ),
            (
                self.cancelled_count,
                self.env._("%s cancelled", self.cancelled_count),
            ),
        )
        sentences = (
            self.env._(
                "Stopped by %(user)s: %(parts)s.",
                user=user.name,
                parts=", ".join(sentence for shown, sentence in parts if shown),
            ),
            was_scanning and self.env._("The scan of OCS was not completed."),
            self.env._("The next run imports what is still new or changed in OCS."),
        )
        return " ".join(filter(None, sentences))


class OcsComputerBinding(models.Model):
    """Job that stops a run after its current scan."""

    _inherit = "ocs.computer.binding"

    @api.private
    @api.model
    def stop_run(self, run, user):
        """Job: stop a run on behalf of a user.

        :param run: ocs.import.run
        :param user: res.users who stopped it
        """
        if run.exists().state in RUNNING:
            run._stop(user)

    @api.model
    def _enqueue_stop(self, run):
        description = self.env._("Stop the import from %s", run.backend_id.name)
        # as in _delayable
        self.with_company(run.backend_id.company_id).with_delay(
            priority=STOP_PRIORITY,
            max_retries=MAX_RETRIES,
            description=description,
            identity_key=identity_exact,
        ).stop_run(run, self.env.user)
