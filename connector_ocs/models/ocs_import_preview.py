# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.connector.exception import ConnectorException, NetworkRetryableError

from ..lib.runs import SCAN_PRIORITY

#: Number of computers that the first job examines, so that a user soon sees something.
#: Each following one examines four times as many, up to the second number.
FIRST_PAGE, LARGEST_PAGE = 25, 500

#: Days after which previews are deleted.
RETENTION = 1


class OcsImportPreview(models.Model):
    """What a run would do if it were started now.

    Each job imports some of the computers in a transaction that is rolled back, and
    keeps what it found.
    """

    _name = "ocs.import.preview"
    _inherit = ["ocs.job.mixin", "ocs.live.mixin", "ocs.export.mixin"]
    _description = "OCS Import Preview"
    _order = "id desc"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        [("running", "Running"), ("done", "Done"), ("failed", "Failed")],
        string="Status",
        default="running",
        required=True,
        readonly=True,
    )
    date_end = fields.Datetime(string="End", readonly=True)
    message = fields.Text(readonly=True, help="Reason why the preview failed.")
    question = fields.Text(
        readonly=True, help="What a user would have to approve before the import."
    )
    same_database_report = fields.Char(related="backend_id.same_database_report")
    total_count = fields.Integer(string="Computers in OCS", readonly=True)
    seen_count = fields.Integer(string="Compared", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    line_ids = fields.One2many(
        "ocs.import.preview.line", "preview_id", string="Computers", readonly=True
    )
    create_count = fields.Integer(string="New Assets", compute="_compute_counts")
    link_count = fields.Integer(string="Linked Assets", compute="_compute_counts")
    change_count = fields.Integer(string="Changed Assets", compute="_compute_counts")
    remove_count = fields.Integer(string="Removed", compute="_compute_counts")
    decide_count = fields.Integer(string="To Decide", compute="_compute_counts")
    skip_count = fields.Integer(string="Not Imported", compute="_compute_counts")
    fail_count = fields.Integer(string="Failing", compute="_compute_counts")
    progress = fields.Float(compute="_compute_progress")
    progress_label = fields.Char(compute="_compute_progress")

    @api.depends("backend_id", "create_date")
    def _compute_display_name(self):
        for preview in self:
            preview.display_name = self.env._("Preview of %s", preview.backend_id.name)

    @api.depends("line_ids")
    def _compute_counts(self):
        groups = self.env["ocs.import.preview.line"]._read_group(
            [("preview_id", "in", self.ids)], ["preview_id", "outcome"], ["__count"]
        )
        counts = {(preview, outcome): number for preview, outcome, number in groups}
        for preview in self:
            for outcome in ("create", "link", "change", "remove", "decide", "skip"):
                preview[f"{outcome}_count"] = counts.get((preview, outcome), 0)
            failing = (counts.get((preview, each), 0) for each in ("fail", "importing"))
            preview.fail_count = sum(failing)

    @api.depends("seen_count", "total_count", "state")
    def _compute_progress(self):
        for preview in self:
            seen = preview.seen_count / (preview.total_count or 1)
            is_running = preview.state == "running"
            preview.progress = min(99, 100 * seen) if is_running else 100
            preview.progress_label = is_running and preview._describe_step()

    def _describe_step(self):
        """Return how far the preview is."""
        if not self.total_count:
            return self.env._("Comparing…")
        seen, total = self.seen_count, self.total_count
        return self.env._("Comparing… %(seen)s of %(total)s", seen=seen, total=total)

    @api.model
    def _start(self, backend):
        """Start a preview, which replaces former ones of this user.

        :param backend: ocs.backend
        :return: the preview
        """
        mine = [("backend_id", "=", backend.id), ("create_uid", "=", self.env.uid)]
        self.search(mine).unlink()
        preview = self.create({"backend_id": backend.id})
        preview._enqueue({}, FIRST_PAGE)
        return preview

    def _enqueue(self, position, limit):
        description = self.env._("Preview the import from %s", self.backend_id.name)
        delayable = self._delayable(
            self.backend_id, description, priority=SCAN_PRIORITY
        )
        delayable.examine(position, limit)

    @api.private
    def examine(self, position, limit):
        """Job: examine some computers, and enqueue the job for the next ones.

        :param position: dict, see ``ocs.preview.detector``; empty at the start
        :param limit: int, number of computers that are enough
        """
        if not self.exists():
            return self.env._("The preview was deleted.")
        try:
            with self._retry_collisions():
                page = self._examine(position, limit)
        except (ConnectorException, NetworkRetryableError) as error:  # a user waits
            self._fail(str(error))
            return self.message
        self._add(page)
        if page.position:
            self._enqueue(page.position, min(4 * limit, LARGEST_PAGE))
        else:
            self.write({"state": "done", "date_end": fields.Datetime.now()})
        return self.env._("%s computers compared.", page.seen)

    def _examine(self, position, limit):
        """Return the :class:`.preview_detector.PreviewPage` that follows a position."""
        with self.backend_id._undone() as backend:
            run = backend.env["ocs.import.run"].create(
                {"backend_id": backend.id, "origin": "button", "state": "done"}
            )
            with backend.work_on("ocs.computer.binding", run=run) as work:
                if not self.total_count:
                    server = work.component(
                        usage="backend.adapter", model_name="ocs.backend"
                    )
                    self.total_count = server.count_computers()
                return work.component(usage="preview.detector").run(
                    **position, limit=limit
                )

    def _add(self, page):
        self.env["ocs.import.preview.line"].create(
            [
                {
                    "preview_id": self.id,
                    **line._asdict(),
                    "equipment_id": line.equipment_id or False,
                    "changes": line.changes or False,
                }
                for line in page.lines
            ]
        )
        self.write(
            {
                "seen_count": self.seen_count + page.seen,
                "unchanged_count": self.unchanged_count + page.unchanged,
                "question": page.question or self.question,
            }
        )

    def _fail(self, message):
        values = {"state": "failed", "message": message}
        self.write({**values, "date_end": fields.Datetime.now()})

    @api.autovacuum
    def _gc_previews(self):
        limit = fields.Datetime.now() - timedelta(days=RETENTION)
        self.search([("create_date", "<", limit)]).unlink()

    # Actions

    def action_again(self):
        """Start a new preview of the same backend."""
        return self.backend_id.action_preview()

    def action_import(self):
        """Start the import."""
        return self.backend_id.action_import_changed()

    def action_view_lines(self):
        """Open the computers with the outcome in the context, or all of them."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs.ocs_import_preview_line_action"
        )
        outcomes = self.env.context.get("ocs_outcomes")
        action["domain"] = [("preview_id", "in", self.ids)]
        if outcomes:
            action["domain"].append(("outcome", "in", outcomes))
        return action
