# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo import api, fields, models

from odoo.addons.queue_job.job import FAILED

from .ocs_import_run import IMPORTS, JOBS, OPEN, UNFINISHED


# one class for what a run shows, one for what happens to it
# pylint: disable=consider-merging-classes-inherited
class OcsImportRun(models.Model):
    """From the first look for changes to the end of the last job."""

    _inherit = "ocs.import.run"

    def _scan_again(self, **values):
        """Start over a run that waited: what it asked about may have passed.

        :param values: what else to write, such as who wants it
        """
        self.write({"state": "scanning", "message": False, **values})
        self.env["ocs.computer.binding"]._enqueue_batch(self)

    def _count(self, **amounts):
        """Add to the counters; one job at a time does, so nothing is lost.

        :param amounts: a number for each counter, a dict of numbers for ``skipped``
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

    def _start_over(self):
        """Forget what was counted by a look that did not come to its end."""
        counters = dict.fromkeys(
            (
                "seen_count",
                "new_count",
                "changed_count",
                "unchanged_count",
                "removed_count",
                "rebound_count",
                "queued_count",
            ),
            0,
        )
        nothing = dict.fromkeys(("skipped", "sections", "warnings"), False)
        self.write({**counters, **nothing, "date_scan": fields.Datetime.now()})

    def _warn(self, sentence):
        self.warnings = "\n".join(filter(None, (self.warnings, sentence)))

    def _finish_scan(self, acknowledge=False):
        """All computers were looked at: wait for the jobs, if there are any.

        :param acknowledge: whether there are changes in OCS to acknowledge, which is
            done when the transaction of this look is committed
        """
        if self.left_count or acknowledge:
            self.state = "importing"
            self._enqueue_close()
        else:
            self._close()

    def _close(self, state="done"):
        self._record_dead_jobs()
        self.write({"state": state, "date_end": fields.Datetime.now()})
        self.flush_recordset(["state"])  # the next run's row is checked at once
        self.backend_id.activity_unlink(["mail.mail_activity_data_todo"])

    def _fail(self, message):
        """The look for changes failed.

        :param message: sentence with the remedy
        """
        self.message = message
        self._close("failed")

    def _wait_for_decision(self, affected, message):
        """Nothing was touched: a person has to say whether it may be.

        :param affected: number of computers in question
        :param message: sentence
        """
        self.write({"state": "waiting", "affected_count": affected, "message": message})

    def _enqueue_close(self):
        self.env["ocs.computer.binding"]._enqueue_close_run(self)

    def _is_going_on(self, methods=JOBS):
        """Whether a job of this run works or is about to.

        Jobs that wait for OCS to answer again do not count: another run finds out
        whether it does.

        :param methods: names of the jobs that count
        """
        due = ["|", ("eta", "=", False), ("eta", "<=", fields.Datetime.now())]
        return bool(self._jobs(UNFINISHED, ("method_name", "in", methods), *due))

    def _close_interrupted(self):
        """No job of this run is at work any more, and it was not closed."""
        if self.state == "scanning":
            waiting = self._jobs(UNFINISHED)[:1]  # for OCS to answer: it says so
            self._fail(
                waiting.result
                or self.env._("The look for changes was interrupted: its job is gone.")
            )
        else:
            self._close()

    def _record_dead_jobs(self):
        """List what was imported when its worker was killed, too often to try again.

        The job runner notes that by itself, so nobody was told.
        """
        dead = ("exc_name", "=", "JobFoundDead")
        for run in self:
            for job in run._jobs([FAILED], dead, ("method_name", "in", IMPORTS)):
                job._record_ocs_failure()

    def _jobs(self, states, *domain):
        # sudo: managers of OCS are not managers of the job queue
        return (
            self.env["queue.job"]
            .sudo()
            .search([("ocs_run_id", "=", self.id), ("state", "in", states), *domain])
        )

    @api.autovacuum
    def _gc_runs(self):
        """Delete the runs that are older than their backend keeps them.

        The last one that came to its end stays: it tells when that was.
        """
        now = fields.Datetime.now()
        for (backend,) in self._read_group([], ["backend_id"]):
            limit = fields.Datetime.subtract(now, days=backend.run_retention)
            last = backend._last_run(("state", "=", "done"))
            self.search(
                [
                    ("backend_id", "=", backend.id),
                    ("id", "!=", last.id),
                    ("state", "not in", OPEN),
                    ("date_start", "<", limit),
                ]
            ).unlink()
