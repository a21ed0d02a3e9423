# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

from odoo.addons.queue_job.job import identity_exact

#: The job that looks for changes goes before the jobs it delays.
BATCH_PRIORITY = 5
#: An OCS server that is away for an hour loses no job.
MAX_RETRIES = 10


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
    device_id = fields.Char(string="Device ID", readonly=True)
    ocs_tag = fields.Char(string="TAG", readonly=True)
    ocs_user = fields.Char(string="OCS User", readonly=True)
    last_inventory = fields.Datetime(readonly=True)
    digest = fields.Char(
        readonly=True, help="Of what was imported: tells whether OCS changed since."
    )
    gone_since = fields.Datetime(
        string="Not in OCS Since",
        readonly=True,
        help="When the computer was first found missing in OCS.",
    )
    warnings = fields.Text(readonly=True)
    is_contested = fields.Boolean(
        readonly=True,
        help="Another asset has the serial number or a monitor that OCS reports "
        "here too: looked at again when that one lets it go.",
    )
    issue_ids = fields.One2many("ocs.import.issue", "binding_id", readonly=True)
    last_error = fields.Text(compute="_compute_last_error")
    left_out_reason = fields.Selection(
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

    @api.depends("issue_ids.reason", "issue_ids.message")
    def _compute_last_error(self):
        for binding in self:
            failed = binding.issue_ids.filtered(lambda issue: issue.reason == "failed")
            binding.last_error = failed[:1].message

    # Jobs

    @api.private
    @api.model
    def import_batch(self, backend, after_id=0, force=False):
        """Job: delay an import for each computer that needs one, page by page.

        :param after_id: int, hardware.ID that the page comes after
        :param force: import unchanged computers too
        """
        backend = backend._for_import()
        if not after_id:
            backend._detect()
            backend._record_look()
        with backend.work_on(self._name) as work:
            importer = work.component(usage="batch.importer")
            return importer.run(after_id=after_id, force=force)

    @api.private
    @api.model
    def import_record(self, backend, external_id, force=False):
        """Job: create or update the asset of one computer.

        :param external_id: int, hardware.ID
        :param force: compare every value even if OCS did not change
        """
        backend = backend._for_import()
        with backend.work_on(self._name) as work:
            importer = work.component(usage="record.importer")
            return importer.run(external_id, force=force)

    @api.model
    def _delay_batch(self, backend, after_id=0, force=False):
        description = self.env._(
            "Look for changed computers in %(backend)s, after the id %(id)s",
            backend=backend.name,
            id=after_id,
        )
        self.with_delay(
            priority=BATCH_PRIORITY,
            max_retries=MAX_RETRIES,
            description=description,
            identity_key=identity_exact,
        ).import_batch(backend, after_id=after_id, force=force)

    @api.model
    def _delay_import(self, backend, external_id, name="", force=False):
        description = self.env._(
            "Import the computer %(name)s (id %(id)s) of %(backend)s",
            name=name or self.env._("without name"),
            id=external_id,
            backend=backend.name,
        )
        self.with_delay(
            max_retries=MAX_RETRIES,
            description=description,
            identity_key=identity_exact,
        ).import_record(backend, external_id, force=force)

    # Actions

    def action_import_now(self):
        """Import one computer while the user waits, several by their jobs."""
        self.check_access("write")
        if not self:
            return False
        if len(self) > 1:
            for binding in self:
                self._delay_import(
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

    def _mark_gone(self):
        """OCS does not have these computers any more."""
        present = self.filtered(lambda binding: not binding.gone_since)
        if present:
            present.write({"gone_since": fields.Datetime.now()})
            self._recheck_contested()

    def _mark_present(self):
        """OCS has these computers, whatever becomes of them."""
        self.filtered("gone_since").write({"gone_since": False})

    def _refresh(self, last_inventory):
        """Nothing differs in OCS but, perhaps, the date of the inventory.

        :param last_inventory: naive datetime in UTC, or None
        """
        self._mark_present()
        if self.last_inventory != (last_inventory or False):
            self.last_inventory = last_inventory

    @api.model
    def _recheck_contested(self):
        """Look again at what another asset had, because one let something go."""
        # active_test: the asset of a computer may be archived
        contested = self.with_context(active_test=False).search(
            [("is_contested", "=", True), ("digest", "!=", False)]
        )
        contested.write({"digest": False})
