# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .ocs_computer_state import REQUEST_FIELDS


class OcsBackendPolicy(models.AbstractModel):
    """What a backend imports, and its policy for removed computers."""

    _name = "ocs.backend.policy"
    _description = "Policies of an OCS Backend (abstract)"

    section_ids = fields.Many2many(
        "ocs.section",
        string="Imported Sections",
        default=lambda self: self.env["ocs.section"].search(
            [("is_default", "=", True)]
        ),
        help="Data of computers to import besides the name, processor and operating "
        "system. Other sections are not read, and their data stays unchanged in Odoo.",
    )
    section_problems = fields.Json(readonly=True, copy=False)
    section_report = fields.Text(string="Warnings", compute="_compute_section_report")
    removal_policy = fields.Selection(
        [
            ("archive", "Archive the asset"),
            ("scrap", "Mark the asset as scrapped"),
            ("keep", "Keep the asset as it is"),
        ],
        string="When a Computer Is Removed From OCS",
        default="archive",
        required=True,
        tracking=True,
        help="Action on the asset of a computer that was deleted or archived in OCS. "
        "It is undone when the computer is back.",
    )
    approval_percent = fields.Integer(
        string="Approval Needed Above",
        default=10,
        required=True,
        tracking=True,
        help="A run needs approval if more than this percentage of the computers were "
        "removed from OCS or have a new ID there. It waits before it changes anything. "
        "With 0, no approval is ever needed.",
    )
    approval_minimum = fields.Integer(
        string="No Approval Up To",
        default=5,
        required=True,
        tracking=True,
        help="A run needs no approval if up to this number of computers were removed "
        "from OCS or have a new ID there.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        help="User who is asked to approve runs and to decide on computers, and who "
        "gets the alerts of assets without a technician.",
    )
    run_retention = fields.Integer(
        string="Keep Runs",
        default=30,
        required=True,
        help="Days after which runs are deleted.",
    )
    run_ids = fields.One2many(
        "ocs.import.run", "backend_id", string="Runs", readonly=True
    )
    run_count = fields.Integer(string="Number of Runs", compute="_compute_run_count")
    last_run_id = fields.Many2one("ocs.import.run", compute="_compute_last_run")
    run_state = fields.Char(string="Run Status", compute="_compute_last_run")
    run_message = fields.Text(compute="_compute_last_run")
    run_progress = fields.Float(compute="_compute_last_run")
    run_label = fields.Char(compute="_compute_last_run")
    last_scan = fields.Datetime(
        compute="_compute_last_scan",
        help="Date when OCS was last scanned for changed computers.",
    )
    last_comparison = fields.Datetime(
        compute="_compute_last_scan",
        help="Date when all of OCS was last compared with the imported data.",
    )
    last_error = fields.Text(
        compute="_compute_last_scan", help="Reason why the last scan failed."
    )
    tag_include = fields.Text(
        string="Import Only These TAGs",
        help="One TAG per line. * matches any text. NA is the TAG that OCS gives to "
        "computers without another one. If empty, all TAGs are imported.",
    )
    tag_exclude = fields.Text(
        string="Exclude These TAGs",
        help="One TAG per line. * matches any text. These TAGs are excluded even if "
        "they are on the other list.",
    )

    @api.depends("section_problems")
    def _compute_section_report(self):
        for backend in self:
            problems = backend.section_problems or {}
            sentences = [
                *(backend._describe_problem(*each) for each in problems.items()),
                *backend._describe_digest_problems(problems),
            ]
            backend.section_report = "\n".join(filter(None, sentences))

    def _describe_problem(self, table, problem):
        if problem.get("unreadable"):
            return self.env._(
                "The table %(table)s is skipped, and its data stays unchanged in "
                "Odoo. %(error)s",
                table=table,
                error=problem["unreadable"],
            )
        if not problem.get("missing"):
            return ""
        return self.env._(
            "OCS lacks %(columns)s in the table %(table)s. The data of these columns "
            "stays unchanged in Odoo. Open the OCS console once to finish an "
            "interrupted upgrade.",
            table=table,
            columns=", ".join(problem["missing"]),
        )

    def _describe_digest_problems(self, problems):
        """Return a sentence for each reason why OCS cannot compute digests."""
        tables = defaultdict(list)
        for table, problem in problems.items():
            if problem.get("digest"):
                tables[problem["digest"]].append(table)
        return [
            self.env._(
                "OCS cannot compute the digest of the table %(tables)s, so all rows "
                "are read to find changes. %(error)s",
                tables=", ".join(names),
                error=error,
            )
            for error, names in tables.items()
        ]

    def _compute_run_count(self):
        groups = self.env["ocs.import.run"]._read_group(
            [("backend_id", "in", self.ids)], ["backend_id"], ["__count"]
        )
        counts = {backend.id: count for backend, count in groups}
        for backend in self:
            backend.run_count = counts.get(backend.id, 0)

    @api.depends("run_ids.state", "run_ids.message", "run_ids.progress_label")
    def _compute_last_run(self):
        for backend in self:
            run = backend._last_run()
            backend.last_run_id = run
            backend.run_state = run.state
            backend.run_message = run.message
            backend.run_progress = run.progress
            backend.run_label = run.progress_label

    @api.depends("run_ids.state", "run_ids.message", "run_ids.date_scan")
    def _compute_last_scan(self):
        scanned, failed = ("date_scan", "!=", False), ("state", "=", "failed")
        for backend in self:
            last = backend._last_run("|", scanned, failed)
            backend.last_scan = backend._last_run(scanned).date_scan
            backend.last_comparison = backend._last_comparison().date_scan
            backend.last_error = last.state == "failed" and last.message

    def _last_comparison(self):
        """Return the newest run that compared all of OCS."""
        return self._last_run(
            ("date_scan", "!=", False),
            ("detection", "=", "fingerprint"),
            ("state", "in", ("importing", "done")),
        )

    def _last_run(self, *domain):
        """Return the newest run of this backend that matches a domain."""
        return self.env["ocs.import.run"].search(
            [("backend_id", "in", self.ids), *domain], limit=1
        )

    @api.constrains("approval_percent", "approval_minimum", "run_retention")
    def _check_limits(self):
        for backend in self:
            if not 0 <= backend.approval_percent <= 100:
                raise ValidationError(
                    self.env._("“Approval Needed Above” must be between 0 and 100.")
                )
            if backend.approval_minimum < 0 or backend.run_retention < 1:
                raise ValidationError(
                    self.env._(
                        "“No Approval Up To” cannot be negative, and “Keep Runs” must "
                        "be at least one day."
                    )
                )

    def _imported_tables(self):
        """Return the OCS tables to read: those of the sections, and hardware."""
        return self._settings().tables

    def _find_tables(self):
        return frozenset(("hardware", *self.section_ids.mapped("table_name")))

    def _request_imports(self, why):
        """Request the imports of all computers, and of those that were skipped.

        Called when an administrator changed settings of the import.

        :param why: key of ``ocs.import.request.import_request``
        """
        # active_test: the asset of a computer may be archived
        bindings = self.env["ocs.computer.binding"].with_context(active_test=False)
        mine = ("backend_id", "in", self.ids)
        bindings.search_fetch([mine], REQUEST_FIELDS)._request_import(why)
        issues = self.env["ocs.import.issue"]
        skipped = ("reason", "in", issues._skip_reasons())
        issues.search([mine, skipped])._request_import(why)
        self.env["ocs.shared.identifier"]._decide_again(self)
        self._force_comparison()

    def _needs_approval(self, affected, known, approved, is_other_server=False):
        """Return whether a user has to approve changes of assets first.

        :param affected: number of computers whose assets would be affected
        :param known: number of computers with an asset that were in OCS until now
        :param approved: number of computers that a user has approved
        :param is_other_server: whether OCS was restored or replaced; the thresholds do
            not apply then
        """
        if not self.approval_percent:
            return False
        if is_other_server:
            return affected > approved
        share = known * self.approval_percent / 100
        return affected > max(share, self.approval_minimum, approved)

    @api.constrains("tag_include", "tag_exclude", "section_ids")
    def _check_tag_section(self):
        for backend in self:
            has_list = backend.tag_include or backend.tag_exclude
            if has_list and "accountinfo" not in backend._imported_tables():
                raise ValidationError(
                    self.env._(
                        "The TAG lists require the TAG section. Select it under “What "
                        "Is Imported”, or clear the lists."
                    )
                )

    def write(self, vals):
        before = {backend: backend._tag_lists() for backend in self}
        result = super().write(vals)
        changed = self.filtered(lambda backend: backend._tag_lists() != before[backend])
        changed._request_imports("settings")
        return result

    def _tag_lists(self):
        return self.tag_include or "", self.tag_exclude or ""
