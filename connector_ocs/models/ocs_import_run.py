# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo import api, fields, models

from odoo.addons.queue_job.job import CANCELLED, DONE, FAILED

from ..lib.runs import IMPORTS, UNFINISHED


class OcsImportRun(models.Model):
    """Scan of OCS for changes, and the imports that follow."""

    _name = "ocs.import.run"
    _inherit = [
        "ocs.import.run.life",
        "ocs.import.run.jobs",
        "ocs.import.run.notice",
        "ocs.access.mixin",
        "ocs.export.mixin",
    ]
    _description = "OCS Import Run"
    _order = "id desc"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="cascade"
    )
    origin = fields.Selection(
        [("button", "User"), ("schedule", "Scheduled action")],
        string="Started By",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", readonly=True)
    force = fields.Boolean(
        string="All Computers",
        readonly=True,
        help="Every computer is compared with its asset, whether it changed or not.",
    )
    detection = fields.Selection(
        [("fingerprint", "Compare with OCS")],
        string="Change Detection",
        default="fingerprint",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("scanning", "Scanning"),
            ("waiting", "Waiting for Approval"),
            ("importing", "Importing"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="scanning",
        required=True,
        readonly=True,
        index=True,
    )
    date_start = fields.Datetime(
        string="Start", default=fields.Datetime.now, required=True, readonly=True
    )
    date_scan = fields.Datetime(
        string="Scanned On",
        readonly=True,
        help="Date when OCS was last scanned. A run that waited for approval scans "
        "again.",
    )
    date_end = fields.Datetime(string="End", readonly=True)
    duration = fields.Float(
        string="Duration (s)", compute="_compute_duration", aggregator=None
    )
    message = fields.Text(
        readonly=True, help="Reason why the run failed or waits for approval."
    )
    warnings = fields.Text(readonly=True)
    approved_count = fields.Integer(
        string="Approved",
        readonly=True,
        help="Number of computers whose assets a user allowed the run to change.",
    )
    seen_count = fields.Integer(string="Scanned", readonly=True)
    new_count = fields.Integer(string="New", readonly=True)
    changed_count = fields.Integer(string="Changed", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    removed_count = fields.Integer(string="Removed", readonly=True)
    rebound_count = fields.Integer(
        string="New ID",
        readonly=True,
        help="Machines that have a new ID in OCS. They keep their assets.",
    )
    affected_count = fields.Integer(
        string="Affected",
        readonly=True,
        help="Computers whose assets would be affected because the computers were "
        "removed from OCS or have a new ID there.",
    )
    queued_count = fields.Integer(
        string="Already Queued",
        readonly=True,
        help="Computers whose import was already queued by an earlier run.",
    )
    skipped = fields.Json(string="Skipped by Reason", readonly=True)
    skipped_count = fields.Integer(
        string="Skipped Computers", compute="_compute_skipped"
    )
    skipped_reasons = fields.Text(string="Skipped", compute="_compute_skipped")
    sections = fields.Json(string="Changed Computers by Section", readonly=True)
    changed_sections = fields.Char(compute="_compute_changed_sections")
    job_count = fields.Integer(
        string="To Import",
        readonly=True,
        help="Computers whose import was enqueued, in a job of their own or as part of "
        "a chunk.",
    )
    left_count = fields.Integer(
        string="Remaining",
        compute="_compute_jobs",
        help="Computers that are queued or being imported.",
    )
    failed_count = fields.Integer(
        string="Failed",
        compute="_compute_jobs",
        help="Computers whose import failed. They are listed under “Not Imported”.",
    )
    done_count = fields.Integer(
        string="Done",
        compute="_compute_jobs",
        help="Computers whose import is finished.",
    )
    cancelled_count = fields.Integer(
        string="Cancelled",
        compute="_compute_jobs",
        help="Computers whose import was cancelled before it started.",
    )
    progress = fields.Float(compute="_compute_jobs", aggregator=None)

    _one_open_run = models.UniqueIndex(
        "(backend_id) WHERE state IN ('scanning', 'importing', 'waiting')",
        "An import from this OCS backend is already running.",
    )

    # Computed fields

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
            # jobs that are done are removed from the queue after some time; a chunk
            # that was split into jobs of its computers is done, and those jobs count
            run.done_count = max(0, run.job_count - undone)
            finished = run.done_count + run.failed_count
            run.progress = 100 * finished / run.job_count if run.job_count else 0

    def _count_jobs(self):
        """:return: dict {run id: {state of a job: number of its computers}}"""
        # sudo: OCS users see the progress of a run, but not the job queue
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
        """Return the progress as a sentence, for users who start another run."""
        if self.state == "importing":
            return self.env._(
                "%(done)s of %(jobs)s computers imported. No other import was started.",
                done=self.done_count,
                jobs=self.job_count,
            )
        return self.env._(
            "OCS is being scanned for changes. No other import was started."
        )

    # Actions

    def action_approve(self):
        """Approve a waiting run, up to the number of computers that it asked about."""
        self.ensure_one()
        self.check_access("write")
        self.backend_id._check_active()
        if self.state != "waiting":  # it scans again, and asks again if necessary
            return self.backend_id._notify_already_running(self)
        self._scan_again(approved_count=self.affected_count)
        return self.backend_id._notify_started()

    def action_cancel(self):
        """Cancel a run that waits for approval and has changed nothing yet."""
        self.check_access("write")
        waiting = self.filtered(lambda run: run.state == "waiting")
        waiting._close("cancelled")

    def action_retry_failed(self):
        """Enqueue the failed computers again."""
        self.ensure_one()
        self.check_access("write")
        backend = self.backend_id
        backend._check_active()
        running = backend._open_run() - self
        if running:
            return backend._notify_already_running(running)
        jobs = self._jobs([FAILED], ("method_name", "in", IMPORTS))
        if jobs:
            chunks = jobs.filtered(lambda job: job.method_name == "import_chunk")
            chunks._split_chunks()
            (jobs - chunks).requeue()
            self.write({"state": "importing", "date_end": False})
            self._enqueue_close()
        return backend._notify_started()

    def action_view_failed(self):
        """Open the list of the computers that failed in this run."""
        self.ensure_one()
        action = self.backend_id.action_view_issues()
        action["domain"] = [("run_id", "=", self.id), ("reason", "=", "failed")]
        return action

    def action_view_jobs(self):
        """Open the list of the jobs of this run."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "queue_job.action_queue_job"
        )
        action["domain"] = [("ocs_run_id", "in", self.ids)]
        return action
