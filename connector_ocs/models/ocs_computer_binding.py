# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.tools import SQL


class OcsComputerBinding(models.Model):
    """A computer of OCS (table hardware) and its asset."""

    _name = "ocs.computer.binding"
    _inherit = "ocs.binding"
    _inherits = {"maintenance.equipment": "odoo_id"}
    _description = "OCS Computer"
    _order = "backend_id, external_id"

    external_id = fields.Integer(
        string="ID in OCS", required=True, readonly=True, aggregator=None
    )
    device_id = fields.Char(string="Device ID", readonly=True, index="btree_not_null")
    ocs_tag = fields.Char(string="TAG", readonly=True)
    ocs_user = fields.Char(string="OCS User", readonly=True)
    last_inventory = fields.Datetime(readonly=True)
    digests = fields.Json(
        readonly=True,
        help="Of the sections that were imported, by table: tell whether OCS changed "
        "since. None: imported again by the next import.",
    )
    removed_since = fields.Datetime(
        string="Not in OCS Since",
        readonly=True,
        index="btree_not_null",
        help="When the computer was first found missing in OCS.",
    )
    warnings = fields.Text(readonly=True)
    is_conflicting = fields.Boolean(
        readonly=True,
        help="Another asset has the serial number or a monitor that OCS reports "
        "here too: looked at again when that one lets it go.",
    )
    removal_action = fields.Selection(
        [
            ("archive", "Archived"),
            ("scrap", "Marked as scrapped"),
            ("keep", "Kept as it was"),
        ],
        string="Done to the Asset",
        readonly=True,
        help="What was done to the asset when OCS no longer had the computer, or "
        "archived it: undone when it is back.",
    )
    issue_ids = fields.One2many("ocs.import.issue", "binding_id", readonly=True)
    last_error = fields.Text(compute="_compute_last_error")
    skip_reason = fields.Selection(
        related="issue_ids.reason", string="Not Imported Because"
    )

    _external_id_uniq = models.Constraint(
        "UNIQUE(backend_id, external_id)",
        "This computer of OCS is bound to an asset already.",
    )
    _odoo_id_uniq = models.Constraint(
        "UNIQUE(backend_id, odoo_id)",
        "This asset is bound to a computer of the same OCS already.",
    )
    # the planner takes it only for the condition as the ORM writes it
    _conflicting_idx = models.Index("(backend_id) WHERE is_conflicting IS TRUE")

    @api.depends("issue_ids.reason", "issue_ids.message")
    def _compute_last_error(self):
        for binding in self:
            failed = binding.issue_ids.filtered(lambda issue: issue.reason == "failed")
            binding.last_error = failed[:1].message

    # Actions

    def action_import_now(self):
        """Import one computer while the user waits, several by their jobs."""
        self.check_access("write")
        if not self:
            return False
        if len(self) > 1:
            for binding in self:
                self._enqueue_import(
                    binding.backend_id, binding.external_id, binding.name, force=True
                )
            return self.backend_id[:1]._notify_started()
        backend = self.backend_id
        with backend._as_user_error():
            result = self.import_record(backend, self.external_id, force=True)
        return backend._notify(False, result, kind="info")

    def action_open_equipment(self):
        """The form of the asset."""
        self.ensure_one()
        return self.odoo_id._get_records_action()

    # State

    @api.model
    def _find(self, backend, external_id):
        """Binding of a computer, that of an archived asset included.

        :param external_id: int, hardware.ID
        """
        return self.with_context(active_test=False).search(
            [("backend_id", "=", backend.id), ("external_id", "=", external_id)]
        )

    def _mark_removed(self):
        """OCS does not have these computers any more."""
        present = self.filtered(lambda binding: not binding.removed_since)
        if present:
            present.write({"removed_since": fields.Datetime.now()})
            self._recheck_conflicting()

    def _rebind(self, external_id, reason):
        """The machine has another id in OCS: the asset and its history stay.

        :param external_id: int, hardware.ID of now
        :param reason: sentence, why it is the same machine
        """
        self.ensure_one()
        former = self.external_id
        issues = self.env["ocs.import.issue"]
        issues._settle(self.backend_id, former)
        self.env["ocs.asset.alias"]._before_rebind(self, external_id)
        issues._find(self.backend_id, external_id).binding_id = self
        self.env["ocs.monitor.binding"]._rebind(self.backend_id, former, external_id)
        self.write(
            {"external_id": external_id, "removed_since": False, "digests": False}
        )
        self.odoo_id._ocs_log(
            self.env._(
                "This computer has a new id in OCS, %(new)s instead of %(former)s: "
                "%(reason)s.",
                new=external_id,
                former=former,
                reason=reason,
            )
        )

    @api.model
    def _refresh_inventories(self, dates):
        """Note when unchanged computers were inventoried.

        :param dates: dict {id of a binding: naive datetime in UTC, or None}
        """
        if not dates:
            return
        self.flush_model(["last_inventory"])
        # one statement for a page: the ORM would take one write for each date
        self.env.cr.execute(
            SQL(
                "UPDATE %s AS binding SET last_inventory = seen.date"
                " FROM unnest(%s::int[], %s::timestamp[]) AS seen(id, date)"
                " WHERE binding.id = seen.id",
                SQL.identifier(self._table),
                list(dates),
                list(dates.values()),
            )
        )
        self.invalidate_model(["last_inventory"])

    @api.model
    def _recheck_conflicting(self):
        """Look again at what another asset had, because one let something go."""
        # active_test: the asset of a computer may be archived
        conflicting = self.with_context(active_test=False).search(
            [("is_conflicting", "=", True), ("digests", "!=", False)]
        )
        conflicting.write({"digests": False})
