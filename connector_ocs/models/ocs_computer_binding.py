# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.job import Job, identity_exact

from .ocs_import_run import IMPORTS

#: The job that looks for changes goes before the jobs it delays.
BATCH_PRIORITY = 5
#: An OCS server that is away for an hour loses no job.
MAX_RETRIES = 10
#: The job that closes a run comes after those it waits for.
CLOSE_PRIORITY = 15
#: Seconds between two looks whether they are done.
CLOSE_RETRY = 1
#: The same, while what is left waits for its next try.
CLOSE_RETRY_LATER = 10


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
    gone_action = fields.Selection(
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
    def import_batch(self, run, **position):
        """Job: delay an import for each computer that needs one.

        :param run: ocs.import.run
        :param position: what the batch importer goes on after; nothing at the start
        """
        if run.exists().state != "looking":
            return self.env._("This run is over.")
        backend = run.backend_id._for_import()
        run = run.with_env(backend.env)
        if not position:
            backend._prepare_run(run)
        with backend.work_on(self._name, run=run) as work:
            importer = work.component(usage="batch.importer")
            return importer.run(**position)

    @api.private
    @api.model
    def close_run(self, run):
        """Job: wait until a run's computers are imported, then close it.

        :param run: ocs.import.run
        :raises RetryableJobError: jobs of the run have something left to do
        """
        if run.exists().state != "importing":
            return
        run = run.with_env(run.backend_id._for_import().env)
        if run.left_count:
            at_work = run._is_going_on(IMPORTS)
            raise RetryableJobError(
                self.env._("%s computers are left.", run.left_count),
                seconds=CLOSE_RETRY if at_work else CLOSE_RETRY_LATER,
                ignore_retry=True,
            )
        run.backend_id._acknowledge()
        run._close()

    @api.private
    @api.model
    def import_record(self, backend, external_id, force=False):
        """Job: create or update the asset of one computer.

        :param external_id: int, hardware.ID
        :param force: compare every value even if OCS did not change
        """
        try:
            backend = backend._for_import()
        except MissingError:
            return backend._describe_deleted()
        job = self.env.context.get("job_uuid")
        if job:  # an importer may begin anew, and not when a person waits
            backend = backend.with_context(job_uuid=job)
        with backend.work_on(self._name) as work:
            importer = work.component(usage="record.importer")
            return importer.run(external_id, force=force)

    @api.model
    def _delay_batch(self, run, **position):
        description = self.env._(
            "Look for changed computers in %s", run.backend_id.name
        )
        self.with_context(ocs_run_id=run.id).with_delay(
            priority=BATCH_PRIORITY,
            max_retries=MAX_RETRIES,
            channel=run.backend_id._job_channel(),
            description=description,
            identity_key=identity_exact,
        ).import_batch(run, **position)

    @api.model
    def _delay_close_run(self, run):
        description = self.env._(
            "Wait for the computers of %(backend)s to be imported",
            backend=run.backend_id.name,
        )
        self.with_context(ocs_run_id=run.id).with_delay(
            priority=CLOSE_PRIORITY,
            max_retries=MAX_RETRIES,
            channel=run.backend_id._job_channel(),
            description=description,
            identity_key=identity_exact,
        ).close_run(run)

    @api.model
    def _delay_import(self, backend, external_id, name="", force=False, run=None):
        """Delay the import of one computer.

        :param external_id: int, hardware.ID
        :param run: ocs.import.run that it belongs to, or None
        :return: whether it is a new job, and not one that waits already
        """
        description = self.env._(
            "Import the computer %(name)s (id %(id)s) of %(backend)s",
            name=name or self.env._("without name"),
            id=external_id,
            backend=backend.name,
        )
        delayable = self.with_context(ocs_run_id=run and run.id).with_delay(
            max_retries=MAX_RETRIES,
            channel=backend._job_channel(),
            description=description,
            identity_key=identity_exact,
        )
        job = delayable.import_record(backend, external_id, force=force)
        return isinstance(job, Job)  # the record of the waiting one otherwise

    @api.model
    def _job_store_values(self, job):
        run_id = job.recordset.env.context.get("ocs_run_id")
        return {"ocs_run_id": run_id} if run_id else {}

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

    def _move(self, external_id, reason):
        """The machine has another id in OCS: the asset and its history stay.

        :param external_id: int, hardware.ID of now
        :param reason: sentence, why it is the same machine
        """
        self.ensure_one()
        former = self.external_id
        issues = self.env["ocs.import.issue"]
        issues._settle(self.backend_id, former)
        self.env["ocs.asset.alias"]._follow(self, external_id)
        issues._find(self.backend_id, external_id).binding_id = self
        self.env["ocs.monitor.binding"]._move(self.backend_id, former, external_id)
        self.write({"external_id": external_id, "gone_since": False, "digests": False})
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
    def _recheck_contested(self):
        """Look again at what another asset had, because one let something go."""
        # active_test: the asset of a computer may be archived
        contested = self.with_context(active_test=False).search(
            [("is_contested", "=", True), ("digests", "!=", False)]
        )
        contested.write({"digests": False})
