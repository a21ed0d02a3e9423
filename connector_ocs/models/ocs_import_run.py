# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo import api, fields, models

from odoo.addons.queue_job.job import (
    CANCELLED,
    DONE,
    ENQUEUED,
    FAILED,
    PENDING,
    STARTED,
    WAIT_DEPENDENCIES,
)

#: A job in any of these states has something left to do.
UNFINISHED = (WAIT_DEPENDENCIES, PENDING, ENQUEUED, STARTED)

#: The jobs that import computers, one or a page of them.
IMPORTS = ("import_record", "import_chunk")

#: The jobs that do the work of a run; the one that closes it only waits for them.
JOBS = ("import_batch", *IMPORTS)

#: A run in any of these states is the only one of its backend.
OPEN = ("scanning", "importing", "waiting")


class OcsImportRun(models.Model):
    """One look for changes in OCS, and what came of it."""

    _name = "ocs.import.run"
    _description = "OCS Import Run"
    _order = "id desc"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="cascade"
    )
    origin = fields.Selection(
        [("button", "Button"), ("schedule", "Scheduled action")],
        string="Started By",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", readonly=True)
    force = fields.Boolean(
        string="All Computers",
        readonly=True,
        help="Every computer is compared with its asset, changed or not.",
    )
    detection = fields.Selection(
        [("fingerprint", "Comparison with OCS"), ("changelog", "Change log")],
        default="fingerprint",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("scanning", "Looking for changes"),
            ("waiting", "Waiting for a decision"),
            ("importing", "Importing"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Given up"),
        ],
        default="scanning",
        required=True,
        readonly=True,
        index=True,
    )
    date_start = fields.Datetime(
        string="Start", default=fields.Datetime.now, required=True, readonly=True
    )
    date_scan = fields.Datetime(
        string="Looked",
        readonly=True,
        help="When OCS was last looked at: a run that waited looks again.",
    )
    date_end = fields.Datetime(string="End", readonly=True)
    duration = fields.Float(
        string="Duration (s)", compute="_compute_duration", aggregator=None
    )
    message = fields.Text(readonly=True, help="Why the run failed or waits.")
    warnings = fields.Text(readonly=True)
    approved_count = fields.Integer(
        readonly=True,
        help="Computers that a person agreed may be archived or linked anew.",
    )
    seen_count = fields.Integer(string="Looked At", readonly=True)
    new_count = fields.Integer(string="New", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    removed_count = fields.Integer(string="Gone", readonly=True)
    rebound_count = fields.Integer(
        string="Re-linked",
        readonly=True,
        help="Machines that have a new id in OCS: their asset stays.",
    )
    affected_count = fields.Integer(
        readonly=True, help="Computers that would be archived or linked anew."
    )
    queued_count = fields.Integer(
        string="Waiting Already",
        readonly=True,
        help="Computers that waited for their import from an earlier run.",
    )
    skipped = fields.Json(string="Skipped by Reason", readonly=True)
    skipped_count = fields.Integer(compute="_compute_skipped")
    skipped_reasons = fields.Text(string="Skipped", compute="_compute_skipped")
    sections = fields.Json(readonly=True)
    changed_sections = fields.Char(compute="_compute_changed_sections")
    job_count = fields.Integer(
        string="To Import",
        readonly=True,
        help="Computers for which an import was started, by a job of their own or by "
        "that of a page.",
    )
    left_count = fields.Integer(
        string="Left",
        compute="_compute_jobs",
        help="Computers that wait or are at work.",
    )
    failed_count = fields.Integer(
        string="Failed",
        compute="_compute_jobs",
        help="Computers whose import failed: they are on the list Not Imported.",
    )
    done_count = fields.Integer(
        string="Done",
        compute="_compute_jobs",
        help="Computers whose import came to its end.",
    )
    cancelled_count = fields.Integer(
        string="Cancelled",
        compute="_compute_jobs",
        help="Computers whose import was cancelled before it began.",
    )
    progress = fields.Float(compute="_compute_jobs", aggregator=None)

    _one_open_run = models.UniqueIndex(
        "(backend_id) WHERE state IN ('scanning', 'importing', 'waiting')",
        "An import from this OCS is going on already.",
    )

    # What is shown

    @api.depends("backend_id", "date_start")
    def _compute_display_name(self):
        for run in self:
            start = fields.Datetime.context_timestamp(run, run.date_start)
            run.display_name = f"{run.backend_id.name}, {start:%Y-%m-%d %H:%M}"

    @api.depends("date_start", "date_end")
    def _compute_duration(self):
        for run in self:
            end = run.date_end or fields.Datetime.now()
            run.duration = (end - run.date_start).total_seconds()

    @api.depends("skipped")
    def _compute_skipped(self):
        labels = dict(
            self.env["ocs.import.issue"]
            ._fields["reason"]
            ._description_selection(self.env)
        )
        for run in self:
            skipped = run.skipped or {}
            run.skipped_count = sum(skipped.values())
            run.skipped_reasons = "\n".join(
                f"{count} × {labels.get(reason, reason)}"
                for reason, count in sorted(skipped.items())
            )

    @api.depends("sections")
    def _compute_changed_sections(self):
        tables = {table for run in self for table in run.sections or ()}
        found = self.env["ocs.section"].search([("table_name", "in", list(tables))])
        labels = {section.table_name: section.name for section in found}
        labels["hardware"] = self.env._("Computer")
        for run in self:
            sections = Counter(run.sections or {}).most_common()
            run.changed_sections = ", ".join(
                f"{labels.get(table, table)}: {count}" for table, count in sections
            )

    @api.depends("job_count", "state")
    def _compute_jobs(self):
        counts = self._count_jobs()
        for run in self:
            states = counts.get(run.id, {})
            run.left_count = sum(states.get(state, 0) for state in UNFINISHED)
            run.failed_count = states.get(FAILED, 0)
            run.cancelled_count = states.get(CANCELLED, 0)
            undone = run.left_count + run.failed_count + run.cancelled_count
            # done jobs are removed from the queue after some time; of a page that left
            # its computers to jobs of their own, these count, and it is done
            run.done_count = max(0, run.job_count - undone)
            finished = run.done_count + run.failed_count
            run.progress = 100 * finished / run.job_count if run.job_count else 0

    def _count_jobs(self):
        """:return: dict {run id: {state of a job: number of its computers}}"""
        # sudo: users of OCS see how far a run is, not the job queue
        groups = (
            self.env["queue.job"]
            .sudo()
            ._read_group(
                [
                    ("ocs_run_id", "in", self.ids),
                    ("method_name", "in", IMPORTS),
                    ("state", "!=", DONE),
                ],
                ["ocs_run_id", "state"],
                ["ocs_computer_count:sum"],
            )
        )
        counts = {}
        for run, state, count in groups:
            counts.setdefault(run.id, {})[state] = count
        return counts

    def _describe_progress(self):
        """Sentence for whoever wants to start another run."""
        if self.state == "importing":
            return self.env._(
                "It has %(done)s of %(jobs)s computers done. Nothing else was started.",
                done=self.done_count,
                jobs=self.job_count,
            )
        return self.env._("It looks for changes in OCS. Nothing else was started.")

    # Actions

    def action_approve(self):
        """Go on with a run that asked, up to the number it asked about."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "waiting":  # it looks again, and asks again if need be
            return self.backend_id._notify_already_running(self)
        self._scan_again(approved_count=self.affected_count)
        return self.backend_id._notify_started()

    def action_cancel(self):
        """Give up a run that asked: nothing was touched."""
        self.check_access("write")
        waiting = self.filtered(lambda run: run.state == "waiting")
        waiting._close("cancelled")

    def action_retry_failed(self):
        """Import again the computers whose jobs failed."""
        self.ensure_one()
        self.check_access("write")
        backend = self.backend_id
        running = backend._open_run() - self
        if running:
            return backend._notify_already_running(running)
        jobs = self._jobs([FAILED], ("method_name", "in", IMPORTS))
        if jobs:
            chunks = jobs.filtered(lambda job: job.method_name == "import_chunk")
            chunks._leave_to_computers()
            (jobs - chunks).requeue()
            self.write({"state": "importing", "date_end": False})
            self._enqueue_close()
        return backend._notify_started()

    def action_view_failed(self):
        """What failed in this run, and why."""
        self.ensure_one()
        action = self.backend_id.action_view_issues()
        action["domain"] = [("run_id", "=", self.id), ("reason", "=", "failed")]
        return action

    def action_view_jobs(self):
        """The jobs of this run."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "queue_job.action_queue_job"
        )
        action["domain"] = [("ocs_run_id", "in", self.ids)]
        return action
