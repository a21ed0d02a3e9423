# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import json
from collections import Counter, defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib.fingerprints import NO_COMPUTER
from ..lib.run_lines import COUNTED, WITH_JOB


def _is_in_ocs(model, alias, query):
    """Return SQL: whether OCS had the computer when its import failed.

    The asset of a removed computer that is back keeps its state until it is imported.
    """
    digests = model._field_to_sql(alias, "digests", query)
    return SQL("%s IS DISTINCT FROM %s::jsonb", digests, json.dumps(NO_COMPUTER))


class OcsImportRunResults(models.AbstractModel):
    """Numbers of a run, each of which opens the computers that it counts.

    They add up: the computers that were scanned, and those that were imported besides
    (``missing_count`` and ``related_count``), are the lines of the run, the computers
    that the scan left as they are (``kept_count``), and those that it left out for the
    same reason as before (``repeated``).
    """

    _name = "ocs.import.run.results"
    _description = "Numbers of an OCS Import Run (abstract)"

    line_ids = fields.One2many("ocs.import.run.line", "run_id", readonly=True)
    seen_count = fields.Integer(string="Scanned", readonly=True)
    kept_count = fields.Integer(
        string="Left as They Are",
        readonly=True,
        help="Unchanged computers that needed no import.",
    )
    repeated = fields.Json(
        string="Left Out as Before, by Reason",
        readonly=True,
        help="Number of computers for each reason. Only OCS or a decision can change "
        "it, so the run did not look at them again.",
    )
    repeated_count = fields.Integer(
        string="Left Out as Before",
        compute="_compute_results",
        help="Computers that are not imported for the same reason as before.",
    )
    missing_count = fields.Integer(
        string="No Longer in OCS",
        compute="_compute_results",
        help="Computers whose assets had to be handled as they were removed from OCS.",
    )
    related_count = fields.Integer(
        string="Checked Again",
        compute="_compute_results",
        help="Computers that were imported because of another one, for example because "
        "a monitor that they had is now plugged into it.",
    )
    new_count = fields.Integer(
        string="New", compute="_compute_results", help="New assets."
    )
    linked_count = fields.Integer(
        string="Linked",
        compute="_compute_results",
        help="New computers that were linked to an existing asset.",
    )
    changed_count = fields.Integer(string="Changed", compute="_compute_results")
    unchanged_count = fields.Integer(string="Unchanged", compute="_compute_results")
    rebound_count = fields.Integer(
        string="New ID",
        compute="_compute_results",
        help="Machines that have a new ID in OCS. They keep their assets.",
    )
    removed_count = fields.Integer(
        string="Removed",
        compute="_compute_results",
        help="Computers that were removed from OCS. The backend says what happens to "
        "their assets.",
    )
    skipped_count = fields.Integer(
        string="Left Out",
        compute="_compute_results",
        help="Computers that the run found not to be imported, for example because of "
        "their TAG.",
    )
    failed_count = fields.Integer(
        string="Failed",
        compute="_compute_results",
        help="Computers whose import failed in this run.",
    )
    queued_count = fields.Integer(
        string="Already Queued",
        compute="_compute_results",
        help="Computers whose import was already queued by an earlier run, which "
        "counts them.",
    )
    cancelled_count = fields.Integer(
        string="Cancelled",
        compute="_compute_results",
        help="Computers whose import was cancelled before it started.",
    )
    left_count = fields.Integer(
        string="Remaining",
        compute="_compute_results",
        help="Computers that are queued or being imported.",
    )
    skipped = fields.Json(string="Left Out by Reason", compute="_compute_results")
    skipped_reasons = fields.Text(
        string="Reasons",
        compute="_compute_results",
        help="Why computers were left out in this run or before.",
    )
    job_count = fields.Integer(
        string="To Import",
        compute="_compute_results",
        help="Computers whose import was enqueued, in a job of their own or as part of "
        "a chunk.",
    )
    done_count = fields.Integer(
        string="Done",
        compute="_compute_results",
        help="Computers whose import is finished, whatever became of them.",
    )
    progress = fields.Float(compute="_compute_results", aggregator=None)

    @api.depends("kept_count", "repeated", "state", "line_ids.outcome")
    def _compute_results(self):
        lines = self._count_lines()
        labels = dict(self.env["ocs.import.run.line"]._select_reason())
        for run in self:
            run._set_results(lines[run.id], labels)

    def _count_lines(self):
        """:return: dict {run id: Counter {(found, outcome, reason): number}}"""
        counts = defaultdict(Counter)
        by = ["run_id", "found", "outcome", "reason"]
        lines = self.env["ocs.import.run.line"]
        groups = lines._read_group([("run_id", "in", self.ids)], by, ["__count"])
        for run, *key, count in groups:
            counts[run.id][tuple(key)] = count
        return counts

    def _set_results(self, lines, labels):
        """Set the numbers of this run.

        :param lines: as ``_count_lines`` returns for a run
        :param labels: dict {reason: label}
        """
        found, outcomes = Counter(), Counter()
        reasons, jobs = Counter(self.repeated or {}), 0
        for (what, outcome, reason), count in lines.items():
            found[what] += count
            outcomes[outcome] += count
            jobs += count if what in WITH_JOB and outcome != "queued" else 0
            reasons[reason] += count if outcome == "skipped" else 0
        for name, outcome in COUNTED.items():
            self[name] = outcomes[outcome]
        self.unchanged_count += self.kept_count
        self.repeated_count = sum((self.repeated or {}).values())
        self.missing_count, self.related_count = found["removed"], found["related"]
        self.skipped = dict(+reasons) or False
        self.skipped_reasons = "\n".join(
            f"{count} × {labels.get(reason, reason)}"
            for reason, count in sorted((+reasons).items())
        )
        self._set_progress(jobs)

    def _set_progress(self, jobs):
        undone = self.left_count + self.failed_count + self.cancelled_count
        self.job_count = jobs
        self.done_count = jobs - undone
        finished = self.done_count + self.failed_count
        without_jobs = 100 if self.state == "done" else 0
        self.progress = 100 * finished / jobs if jobs else without_jobs

    @api.model
    def _recount(self):
        """Have the numbers counted anew, after lines were written in SQL."""
        numbers = [
            name
            for name, field in self._fields.items()
            if field.compute == "_compute_results"
        ]
        self.invalidate_model(numbers, flush=False)

    def _unchanged_domain(self):
        """Return a domain of the bindings that ``unchanged_count`` counts.

        Of an old run, it finds those that are still as they were then.
        """
        domain = Domain("backend_id", "=", self.backend_id.id)
        present = Domain("removed_since", "=", False)
        if self.date_end:
            domain &= Domain("create_date", "<=", self.date_end)
            present |= Domain("removed_since", ">", self.date_end)
        in_scan = SQL("outcome <> 'unchanged' AND found <> 'related'")
        domain &= present & Domain("issue_ids", "=", False)
        return domain & self._without_line(in_scan)

    def _repeated_domain(self):
        """Return a domain of the issues that ``repeated_count`` counts."""
        domain = Domain("backend_id", "=", self.backend_id.id)
        domain &= Domain("reason", "in", list(self.repeated or {}))
        domain &= Domain("external_id", ">", 0) & Domain("is_gone", "=", False)
        present = Domain("binding_id", "=", False)
        present |= Domain("binding_id.removed_since", "=", False)
        present |= Domain("reason", "=", "failed") & Domain.custom(to_sql=_is_in_ocs)
        return domain & present & self._without_line(SQL("found <> 'related'"))

    def _without_line(self, condition):
        """Return a domain of records whose computer has no line in this run.

        :param condition: SQL, which lines count
        """
        self.ensure_one()

        def to_sql(model, alias, query):
            return SQL(
                "%s NOT IN (SELECT external_id FROM ocs_import_run_line"
                " WHERE run_id = %s AND %s)",
                model._field_to_sql(alias, "external_id", query),
                self.id,
                condition,
            )

        return Domain.custom(to_sql=to_sql)
