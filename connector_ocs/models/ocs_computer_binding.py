# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib.identity import EVIDENCE
from ..lib.spellings import POSTGRESQL


class OcsComputerBinding(models.Model):
    """Binding between a computer in OCS (table hardware) and its asset."""

    _name = "ocs.computer.binding"
    _inherit = ["ocs.computer.jobs", "ocs.computer.state", "ocs.binding"]
    _inherits = {"maintenance.equipment": "odoo_id"}
    _description = "OCS Computer"
    _order = "backend_id, external_id"

    external_id = fields.Integer(
        string="ID in OCS", required=True, readonly=True, aggregator=None
    )
    device_id = fields.Char(string="Device ID", readonly=True, index="btree_not_null")
    ocs_tag = fields.Char(string="TAG", readonly=True)
    ocs_user = fields.Char(string="OCS User", readonly=True)
    first_inventory = fields.Datetime(
        readonly=True,
        help="Date of the inventory with which the computer was first imported under "
        "this ID.",
    )
    last_inventory = fields.Datetime(readonly=True)
    warnings = fields.Text(readonly=True)
    issue_ids = fields.One2many(
        "ocs.import.issue", "binding_id", string="Not Imported", readonly=True
    )
    last_error = fields.Text(compute="_compute_last_error")
    skip_reason = fields.Selection(
        related="issue_ids.reason", string="Why Not Imported"
    )
    is_linked = fields.Boolean(
        string="Linked to Existing Asset",
        readonly=True,
        help="The asset existed before it was linked to OCS.",
    )
    unchanged_run_id = fields.Many2one(
        "ocs.import.run",
        string="Unchanged in the Run",
        store=False,
        search="_search_unchanged_run",
    )

    # searches compare the same expression, see spelled_like
    _serial_spelling_idx = models.Index(f"({POSTGRESQL['ocs_serial'] % 'ocs_serial'})")

    _external_id_uniq = models.Constraint(
        "UNIQUE(backend_id, external_id)",
        "This OCS computer is already linked to an asset.",
    )
    _odoo_id_uniq = models.Constraint(
        "UNIQUE(backend_id, odoo_id)",
        "This asset is already linked to a computer of the same OCS backend.",
    )

    @api.depends("issue_ids.reason", "issue_ids.message")
    def _compute_last_error(self):
        for binding in self:
            failed = binding.issue_ids.filtered(lambda issue: issue.reason == "failed")
            binding.last_error = failed[:1].message

    @api.model
    def _search_unchanged_run(self, operator, value):
        runs = self.env["ocs.import.run"].search([("id", operator, value)])
        return Domain.OR(run._unchanged_domain() for run in runs)

    # Actions

    def action_import_now(self):
        """Import one computer at once, or enqueue a job for each of several."""
        self.check_access("write")
        if not self:
            return False
        self.backend_id._check_active()
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
        """Open the form of the asset."""
        self.ensure_one()
        return self.odoo_id._get_records_action()

    # State

    @api.model
    def _find(self, backend, external_id):
        """Return the binding of a computer, even if its asset is archived.

        :param external_id: int, hardware.ID
        :return: binding, may be empty
        """
        return self.with_context(active_test=False).search(
            [("backend_id", "=", backend.id), ("external_id", "=", external_id)]
        )

    def _rebind(self, external_id, reason, device_id=""):
        """Bind the asset, with its history, to the new ID of its machine in OCS.

        :param external_id: int, the new hardware.ID
        :param reason: sentence, why it is the same machine
        :param device_id: str, the device ID under the new ID: its import makes sure
            that OCS has not given the ID to another machine since; '' to trust the ID
        """
        self.ensure_one()
        former = self.external_id
        issues = self.env["ocs.import.issue"]
        issues._clear(self.backend_id, former)
        issues._find(self.backend_id, external_id).binding_id = self
        self.env["ocs.monitor.binding"]._rebind(self.backend_id, former, external_id)
        self.write(
            {
                "external_id": external_id,
                "device_id": device_id,
                "removed_since": False,
                "first_inventory": False,
                **self._rebound(reason),
            }
        )
        self._request_import("new_id")
        self._log_new_id(external_id, reason, former)
        self.odoo_id._ocs_request_ambiguous()

    def _log_new_id(self, external_id, reason, former=0):
        """Log that the machine has a new ID in OCS.

        :param external_id: int, the new hardware.ID
        :param reason: sentence, why it is the same machine
        :param former: int, the former hardware.ID, by default that of the binding
        """
        former = former or self.external_id
        if former < 0:  # another machine has the former ID
            message = self.env._(
                "This computer has a new ID in OCS, %(new)s: %(reason)s.",
                new=external_id,
                reason=reason,
            )
        else:
            message = self.env._(
                "This computer has a new ID in OCS, %(new)s instead of %(former)s: "
                "%(reason)s.",
                new=external_id,
                former=former,
                reason=reason,
            )
        self.odoo_id._ocs_log(message)

    @api.model
    def _refresh_inventories(self, dates):
        """Store the inventory dates of unchanged computers.

        :param dates: dict {ID of a binding: naive datetime in UTC, or None}
        """
        if not dates:
            return
        self.flush_model(["last_inventory"])
        # one statement for a batch; the ORM would need one write for each date
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

    def _identity(self):
        """Return what OCS last reported to identify the computer.

        :return: dict {field: value}, see ``lib/identity.py``
        """
        self.ensure_one()
        imported = {**(self.last_imported_values or {}), **(self.ocs_values or {})}
        return {field: imported.get(field, self[field]) for field in EVIDENCE}

    def _described(self):
        """Return the identity and when it was in OCS, see ``lib.identity.is_copy``."""
        return {
            **self._identity(),
            "external_id": self.external_id,
            "first_inventory": self.first_inventory,
            "last_inventory": self.last_inventory,
        }

    def _release_id(self, name):
        """Release the ID in OCS, which belongs to another machine now.

        The computer counts as removed from OCS. Its own ID becomes a negative number,
        which no computer in OCS has.

        :param name: hardware.NAME of the other machine
        """
        for binding in self:
            external_id = binding.external_id
            binding.env["ocs.import.issue"]._clear(binding.backend_id, external_id)
            binding.env["ocs.monitor.binding"]._rebind(
                binding.backend_id, external_id, -binding.id
            )
            binding.external_id = -binding.id
            binding.odoo_id._ocs_log(
                binding.env._(
                    "OCS now uses the ID of this computer (%(id)s) for another "
                    "machine, %(name)s.",
                    id=external_id,
                    name=name or binding.env._("without a name"),
                )
            )
        self._request_import("id_reused")
        self._mark_removed()

    def _rebound(self, reason):
        """Return the values that record why an asset was rebound to a new ID.

        :param reason: sentence without full stop
        """
        return self._matched(self.env._("Rebound to a new ID in OCS: %s.", reason))
