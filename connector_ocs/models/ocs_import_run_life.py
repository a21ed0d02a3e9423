# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from psycopg2.errors import SerializationFailure

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.queue_job.job import CANCELLED, FAILED

from ..lib.runs import IMPORTS, JOBS, NOT_STARTED, RUNNING, UNFINISHED
from .ocs_backend_run import APPROVAL


class OcsImportRunLife(models.AbstractModel):
    """Life cycle of a run, from the scan to the end of the last job, or its stop."""

    _name = "ocs.import.run.life"
    _description = "Life Cycle of an OCS Import Run (abstract)"

    def _scan_again(self, **values):
        """Scan again in a run that waited, as OCS may have changed meanwhile.

        :param values: other values to write, such as the user who started it
        """
        self.write({"state": "scanning", "message": False, **values})
        self._enqueue_scan()

    def _count(self, **amounts):
        """Add to the counters, which only one job at a time does.

        :param amounts: a number for each counter, a dict of numbers for ``repeated``
            and ``sections``
        """
        values = {}
        for name, amount in amounts.items():
            if isinstance(amount, dict):
                total = Counter(self[name] or {})
                total.update(amount)
                values[name] = dict(total)
            else:
                values[name] = self[name] + amount
        self.write(values)

    def _reset_counters(self):
        """Reset the counters of a scan that was not completed."""
        counters = dict.fromkeys(("seen_count", "kept_count"), 0)
        nothing = dict.fromkeys(("repeated", "sections", "warnings"), False)
        self.write({**counters, **nothing, "date_scan": fields.Datetime.now()})

    def _warn(self, sentence):
        self.warnings = "\n".join(filter(None, (self.warnings, sentence)))

    def _finish_scan(self, acknowledge=False):
        """Wait for the jobs after the scan, or close the run if there are none.

        :param acknowledge: whether there are changes to acknowledge in OCS, which is
            done after the transaction of this scan is committed
        """
        if self._count_unfinished(limit=1) or acknowledge:
            self.state = "importing"
            self._enqueue_close()
        else:
            self._close()

    def _close(self, state="done"):
        self._record_dead_jobs()
        self._settle_lines()
        self.write({"state": state, "date_end": fields.Datetime.now()})
        self.flush_recordset(["state"])  # the unique index then allows the next run
        self.backend_id.activity_unlink([APPROVAL])
        self.backend_id._ask_for_decisions()
        self._announce()

    def _close_archived(self):
        """Close the run because its backend was archived.

        :return: sentence
        """
        self.message = self.backend_id._describe_archived()
        self._close("cancelled")
        return self.message

    def _fail(self, message):
        """Close the run because the scan failed.

        :param message: sentences that say what is wrong and what to do
        """
        self.message = message
        self._close("failed")

    def _wait_for_approval(self, affected, message):
        """Wait until a user approves the run, which has changed nothing yet.

        :param affected: number of computers in question
        :param message: sentence
        """
        self.write({"state": "waiting", "affected_count": affected, "message": message})

    def _has_due_jobs(self, methods=JOBS):
        """Return whether a job of this run is running or about to start.

        Jobs that are postponed until OCS responds again do not count: another run can
        find out whether it does.

        :param methods: names of the methods of the jobs that count
        """
        due = ["|", ("eta", "=", False), ("eta", "<=", fields.Datetime.now())]
        return bool(self._jobs(UNFINISHED, ("method_name", "in", methods), *due))

    def _count_unfinished(self, limit=None):
        """Return the number of jobs of this run that have computers to import.

        :param limit: int, the highest number to count to
        """
        # sudo: as in _jobs
        jobs = self.env["queue.job"].sudo()
        imports = ("method_name", "in", IMPORTS)
        unfinished = [("ocs_run_id", "=", self.id), ("state", "in", UNFINISHED)]
        return jobs.search_count([*unfinished, imports], limit=limit)

    def _close_interrupted(self):
        """Close a run whose jobs stopped running without closing it."""
        if self.state == "scanning":
            # the result of a postponed job says that OCS does not respond
            waiting = self._jobs(UNFINISHED)[:1]
            self._fail(
                waiting.result
                or self.env._("The scan was interrupted: its job no longer exists.")
            )
        else:
            self._close()

    def _record_dead_jobs(self):
        """List the computers whose job failed because its worker was killed.

        The job runner sets the state of these jobs with SQL, without ``write``.
        """
        dead = ("exc_name", "=", "JobFoundDead")
        for run in self:
            for job in run._jobs([FAILED], dead, ("method_name", "in", IMPORTS)):
                job._record_ocs_failure()

    def _settle_lines(self):
        """Record that computers without a job any more will not be imported."""
        lines = self.env["ocs.import.run.line"]
        for run in self:
            if not run._count_unfinished(limit=1):
                lines._change(run, None, "cancelled", ("waiting",))

    def _requeue_failed(self):
        """Enqueue the failed computers, even if their job was deleted meanwhile."""
        jobs = self._jobs([FAILED], ("method_name", "in", IMPORTS))
        chunks = jobs.filtered(lambda job: job.method_name == "import_chunk")
        chunks._split_chunks()
        (jobs - chunks).requeue()
        failed = self.line_ids.filtered(lambda line: line.outcome == "failed")
        for line in failed:
            self.env["ocs.computer.binding"]._enqueue_import(
                self.backend_id,
                line.external_id,
                line.name or "",
                force=self.force,
                run=self,
            )
        external_ids = failed.mapped("external_id")
        failed._change(self, external_ids, "waiting", ("failed",))

    def _jobs(self, states, *domain):
        # sudo: OCS managers may have no access to the job queue
        return (
            self.env["queue.job"]
            .sudo()
            .search([("ocs_run_id", "=", self.id), ("state", "in", states), *domain])
        )

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
            self._enqueue_stop()
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
        self._request_failed()
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

    def _request_failed(self):
        """Have the next run import the computers whose retry was cancelled."""
        failed = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend_id.id), ("reason", "=", "failed")]
        )
        failed._request_import("stopped")

    def _describe_stop(self, user, was_scanning):
        parts = (
            (True, self.env._("%s computers processed", self.done_count)),
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
