# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.components.computer_adapter import BATCH_SIZE
from odoo.addons.connector_ocs.components.scan_findings import Batch
from odoo.addons.connector_ocs.lib.values import local_to_utc, utc_to_local

from ..lib.change_log_acknowledger import CHANGES_BATCH

#: The search for new inventories starts this long before the latest known one: OCS
#: commits them in a different order, and its clocks go back an hour in autumn.
OVERLAP = timedelta(hours=2)


class OcsChangeLogDetector(Component):
    """Detector that compares the computers named in the change log of OCS.

    A change only requests a scan of its computer. Closing the run acknowledges it once
    its consequences are committed in Odoo.
    """

    _name = "ocs.change.log.detector"
    _inherit = "ocs.computer.batch.importer"
    _detection = "changelog"
    _lists_all = True

    def __init__(self, work_context):
        super().__init__(work_context)
        #: IDs of the computers that were scanned because of a change in Odoo
        self._requested_ids = set()

    def _reconcile(self):
        if not self._log.pending(limit=1) and not self._is_needed():
            return True
        return super()._reconcile()

    def _is_needed(self):
        """Return whether there is something to find out that OCS does not log.

        An import found another machine, a user merged computers, or OCS was restored or
        replaced.
        """
        issues = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend_record.id), ("reason", "=", "replaced")],
            limit=1,
        )
        shared = self.env["ocs.shared.identifier"]
        return bool(
            issues or shared._undecided(self.backend_record)
        ) or self.backend_record._is_other_server(self._server)

    def _batches(self, after_id):
        """Yield batches in the order of hardware_updates.id, their ``last_id``."""
        if not after_id:
            yield from self._requested()
        changes = self._log.pending(after_id, CHANGES_BATCH)
        while changes:
            after_id = changes[-1].id
            changed = {change.external_id for change in changes}
            yield self._batch(after_id, changed - self._requested_ids)
            changes = self._log.pending(after_id, CHANGES_BATCH)

    def _batch(self, last_id, external_ids):
        ids = sorted(each for each in external_ids if each)
        rows = self.backend_adapter.scan_ids(ids)
        seen = {row.external_id for row in rows}
        missing = [each for each in external_ids if each not in seen]
        return Batch(last_id, rows, missing)

    def _requested(self):
        """Yield batches of computers to scan because of a change in Odoo, not in OCS.

        For example, another asset gave up the serial number that they report, or an
        asset that a computer without asset may be has changed. Computers that are
        skipped until they change in OCS are not among them.
        """
        reasons = self.env["ocs.import.issue"]._skip_reasons()
        skipped = Domain("reason", "in", reasons) & Domain("digests", "!=", False)
        skipped &= Domain("import_request", "=", False)
        bindings = Domain("import_state", "=", "to_import")
        bindings &= Domain("issue_ids", "not any", skipped)
        issues = Domain("reason", "=", "ambiguous") & Domain("binding_id", "=", False)
        issues &= Domain("import_request", "!=", False)
        for model, domain in (
            (self.model.with_context(active_test=False), bindings),
            (self.env["ocs.import.issue"], issues),
        ):
            for external_ids in self._external_ids(model, domain):
                batch = self._batch(0, external_ids)
                self._requested_ids.update(row.external_id for row in batch.rows)
                yield batch._replace(missing=())

    def _external_ids(self, model, domain):
        """Yield batches of the external IDs of records."""
        domain &= Domain("backend_id", "=", self.backend_record.id)
        last = 0
        while last is not None:
            found = model.search_fetch(
                domain & Domain("external_id", ">", last),
                ["external_id"],
                order="external_id",
                limit=BATCH_SIZE,
            ).mapped("external_id")
            last = found[-1] if len(found) == BATCH_SIZE else None
            if found:
                yield found

    def _after_batch(self, batch):
        """Record changes of computers that never existed in OCS."""
        issues = self.env["ocs.import.issue"]
        for external_id in self._log.without_computer(self._unknown(batch.missing)):
            if external_id is None:
                message = self.env._("The change log has rows without a computer ID.")
            else:
                message = self.env._(
                    "The change log names a computer that OCS does not have and never "
                    "had. Another program wrote to the log."
                )
            issues._record(
                self.backend_record, external_id or 0, "unknown", message=message
            )

    def _unknown(self, external_ids):
        """Return those of some IDs missing in OCS that have no asset either."""
        return [
            external_id
            for external_id in external_ids
            if not external_id or not self.binder.to_internal(external_id)
        ]

    def _finish(self):
        self._delete_stale_issues()
        self._update_dates()

    def _delete_stale_issues(self):
        """Delete the issues of computers that OCS no longer has.

        All are looked up: a job may have listed a computer after the scan had found
        that it was deleted.
        """
        issues = self.env["ocs.import.issue"]._of_computers(self.backend_record)
        for some in split_every(CHANGES_BATCH, issues.ids, issues.browse):
            present = self.backend_adapter.read_dates(some.mapped("external_id"))
            some.filtered_domain([("external_id", "not in", list(present))]).unlink()

    def _update_dates(self):
        """Update the dates of inventories that changed nothing: they are not logged."""
        after_id, since = 0, self._latest_inventory() - OVERLAP
        since = utc_to_local(since, self.backend_record.tz)
        while dates := self.backend_adapter.list_dates(since, after_id, CHANGES_BATCH):
            after_id = max(dates)
            self._refresh_dates(dates)

    def _has_to_acknowledge(self):
        count, _last_id = self.work.run.change_log_range or (0, 0)
        return bool(count)

    def _latest_inventory(self):
        """Return the date of the latest known inventory that is not in the future."""
        tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
        ((latest,),) = self.model.with_context(active_test=False)._read_group(
            [
                ("backend_id", "=", self.backend_record.id),
                ("last_inventory", "<=", tomorrow),
            ],
            aggregates=["last_inventory:max"],
        )
        return latest or fields.Datetime.now()

    def _refresh_dates(self, dates):
        bindings = self.model.with_context(active_test=False).search_fetch(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", list(dates)),
                ("import_request", "=", False),  # else an import updates it
            ],
            ["external_id", "last_inventory"],
        )
        tz, found = self.backend_record.tz, {}
        for binding in bindings:
            known = binding.last_inventory
            date = local_to_utc(dates[binding.external_id], tz, known)
            if known != (date or False):
                found[binding.id] = date
        self.model._refresh_inventories(found)

    @property
    def _log(self):
        return self.component(usage="change.log", model_name="ocs.backend")
