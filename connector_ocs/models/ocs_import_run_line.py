# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.tools import SQL

from ..lib.run_lines import ADD, CHANGE, SETTLE


class OcsImportRunLine(models.Model):
    """What became of a computer in a run.

    The scan adds a line for each computer that it does not leave as it is, and the
    import says in its own transaction what became of it: jobs at the same time write to
    different lines, and none of them to the run. Computers that are unchanged, or left
    out for the same reason as before, have no line; the run counts them.

    Lines are written in SQL, a batch in one statement. Nobody else writes them.
    """

    _name = "ocs.import.run.line"
    _inherit = "ocs.export.mixin"
    _description = "Computer of an OCS Import Run"
    _order = "run_id desc, external_id"
    _rec_name = "name"
    _log_access = False

    run_id = fields.Many2one(
        "ocs.import.run", required=True, readonly=True, ondelete="cascade"
    )
    backend_id = fields.Many2one(related="run_id.backend_id")
    external_id = fields.Integer(
        string="ID in OCS", required=True, readonly=True, aggregator=None
    )
    name = fields.Char(string="Computer", readonly=True)
    found = fields.Selection(
        [
            ("new", "New"),
            ("changed", "Changed"),
            ("rebound", "New ID"),
            ("removed", "Removed from OCS"),
            ("withdrawn", "Archived in OCS"),
            ("excluded", "No computer to import"),
            ("same", "Unchanged"),
            ("related", "Related to another computer"),
        ],
        required=True,
        readonly=True,
        help="What the scan found in OCS.",
    )
    outcome = fields.Selection(
        [
            ("waiting", "Remaining"),
            ("new", "New asset"),
            ("linked", "Linked to an existing asset"),
            ("changed", "Changed"),
            ("rebound", "New ID"),
            ("unchanged", "Unchanged"),
            ("removed", "Removed"),
            ("skipped", "Left out"),
            ("failed", "Failed"),
            ("queued", "Already queued"),
            ("cancelled", "Cancelled"),
        ],
        string="Result",
        required=True,
        readonly=True,
    )
    reason = fields.Selection(
        selection="_select_reason",
        readonly=True,
        help="Reason why the computer was left out.",
    )
    message = fields.Char(readonly=True)  # a list shows it in one line
    binding_id = fields.Many2one(
        "ocs.computer.binding",
        string="Asset",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _computer_uniq = models.Constraint(
        "UNIQUE(run_id, external_id)", "This computer is already part of the run."
    )
    # counting the lines of a run reads this index alone
    _outcome_idx = models.Index("(run_id, found, outcome, reason)")

    @api.model
    def _select_reason(self):
        reasons = self.env["ocs.import.issue"]._fields["reason"]
        return reasons._description_selection(self.env)

    @api.depends("name", "external_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or self.env._("ID %s", line.external_id)

    def action_open(self):
        """Open the asset of the computer, or the reason why it was not imported."""
        self.ensure_one()
        self.check_access("read")
        bindings, issues = (
            self.env["ocs.computer.binding"],
            self.env["ocs.import.issue"],
        )
        backend = self.backend_id
        issue = issues._find(backend, self.external_id)
        if issue and self.outcome in ("failed", "skipped"):
            return issue._get_records_action()
        binding = self.binding_id or bindings._find(backend, self.external_id)
        if binding:
            return binding.action_open_equipment()
        if issue:
            return issue._get_records_action()
        return backend._notify(
            self.env._("Nothing to show"),
            self.env._("Odoo has no asset of this computer, and does not list it."),
            kind="info",
        )

    @api.model
    def _add(self, run, lines):
        """Add computers that a scan found.

        :param run: ocs.import.run
        :param lines: list of :class:`..lib.run_lines.Line`; one that is there already
            only gets another outcome if it is imported again
        :return: int, how many of them were not there before
        """
        if not lines:
            return 0
        columns = zip(*lines, strict=True)
        rows = self.env.execute_query(SQL(ADD, run.id, *map(list, columns)))
        self._forget()
        return sum(is_new for (is_new,) in rows)

    @api.model
    def _settle(self, results):
        """Record what became of computers in the run that the current job belongs to.

        Nothing happens outside of a run.

        :param results: list of :class:`..lib.run_lines.Result`
        """
        uuid, run_id = (self.env.context.get(k) for k in ("job_uuid", "ocs_run_id"))
        if not results or not (uuid or run_id):
            return
        run = SQL("%s", run_id)
        if not run_id:  # the current job knows its run: one query less
            run = SQL("SELECT ocs_run_id FROM queue_job WHERE uuid = %s", uuid)
        columns = [list(column) for column in zip(*results, strict=True)]
        self.env.cr.execute(SQL(SETTLE, *columns, run, columns[0]))
        self._forget()

    @api.model
    def _change(self, run, external_ids, outcome, before, message=None):
        """Change the outcome of computers whose job ended without an import.

        :param external_ids: list of int (hardware.ID), None for all of the run
        :param before: tuple of the outcomes that may be replaced
        """
        some = SQL("AND external_id = ANY(%s)", external_ids)
        self.env.cr.execute(
            SQL(
                CHANGE,
                outcome,
                message,
                run.id,
                list(before),
                SQL() if external_ids is None else some,
            )
        )
        self._forget()

    @api.model
    def _forget(self):
        """Have lines read anew, after they were written in SQL."""
        self.invalidate_model(flush=False)
        self.env["ocs.import.run"]._recount()
