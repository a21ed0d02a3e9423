# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo import api, fields, models

from ..durations import in_words
from ..lib.runs import OPEN


class OcsImportRun(models.Model):
    """Scan of OCS for changes, and the imports that follow."""

    _name = "ocs.import.run"
    _inherit = [
        "ocs.import.run.life",
        "ocs.import.run.results",
        "ocs.import.run.views",
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
    duration = fields.Char(compute="_compute_duration")
    message = fields.Text(
        readonly=True, help="Reason why the run failed or waits for approval."
    )
    warnings = fields.Text(readonly=True)
    approved_count = fields.Integer(
        string="Approved",
        readonly=True,
        help="Number of computers whose assets a user allowed the run to change.",
    )
    affected_count = fields.Integer(
        string="Affected",
        readonly=True,
        help="Computers whose assets would be affected because the computers were "
        "removed from OCS or have a new ID there.",
    )
    sections = fields.Json(string="Changed Computers by Section", readonly=True)
    changed_sections = fields.Char(compute="_compute_changed_sections")

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
            run.duration = in_words(self.env, end - run.date_start)

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

    def _describe_progress(self):
        """Return the progress as a sentence, for users who start another run."""
        if self.state == "importing":
            return self.env._(
                "%(done)s of %(jobs)s computers processed. No other import was "
                "started.",
                done=self.done_count,
                jobs=self.job_count,
            )
        return self.env._(
            "OCS is being scanned for changes. No other import was started."
        )

    @api.autovacuum
    def _gc_runs(self):
        """Delete the runs that are older than the retention of their backend.

        Keep the last run that is done, as it shows the time of the last import.
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
        self._requeue_failed()
        if self._count_unfinished(limit=1):
            self.write({"state": "importing", "date_end": False})
            self._enqueue_close()
        return backend._notify_started()

    def action_view_jobs(self):
        """Open the list of the jobs of this run."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "queue_job.action_queue_job"
        )
        action["domain"] = [("ocs_run_id", "in", self.ids)]
        action["context"] = {}  # whatever their state
        return action
