# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import fields
from odoo.fields import Domain

from odoo.addons.component.core import Component

from ..lib.values import local_to_utc, utc_to_local
from ..models.ocs_import_issue import SKIP_REASONS
from .batch_importer import Batch
from .computer_adapter import BATCH_SIZE

#: Changes that are read at once; several may be of one computer.
CHANGES_BATCH = 1000

#: Inventories are looked for so long before the latest one known: OCS commits them in
#: another order, and its clocks are set back an hour in autumn.
OVERLAP = timedelta(hours=2)


class OcsChangeLogDetector(Component):
    """Compares the computers that the change log of OCS names.

    A change only says "look again". It is acknowledged by ``close_run``, when what it
    stands for is in Odoo's database for good.
    """

    _name = "ocs.change.log.detector"
    _inherit = "ocs.computer.batch.importer"
    _detection = "changelog"

    def _reconcile(self):
        if not self._log.pending(limit=1):
            return True
        return super()._reconcile()

    def _batches(self, after_id):
        """Pages in the order of hardware_updates.id, which is what they come after."""
        if not after_id:
            yield self._asked_for()
        changes = self._log.pending(after_id, CHANGES_BATCH)
        while changes:
            after_id = changes[-1].id
            yield self._batch(after_id, {change.external_id for change in changes})
            changes = self._log.pending(after_id, CHANGES_BATCH)

    def _batch(self, last_id, external_ids):
        ids = sorted(each for each in external_ids if each)
        rows = self.backend_adapter.scan_ids(ids)
        seen = {row.external_id for row in rows}
        missing = [each for each in external_ids if each not in seen]
        return Batch(last_id, rows, missing)

    def _asked_for(self):
        """Computers that nothing happened to in OCS, but in Odoo.

        Such as another asset giving up the serial number that they report, or one that
        a computer without asset may be. A page of them in each run, without those that
        were refused and wait for a change.
        """
        refused = Domain("reason", "in", SKIP_REASONS) & Domain("digests", "!=", False)
        bindings = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("digests", "=", False),
                ("removed_since", "=", False),
                ("issue_ids", "not any", refused),
            ],
            order="external_id",
            limit=BATCH_SIZE,
        )
        issues = self.env["ocs.import.issue"].search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("digests", "=", False),
                ("reason", "=", "ambiguous"),
                ("binding_id", "=", False),
            ],
            limit=BATCH_SIZE,
        )
        asked = {*bindings.mapped("external_id"), *issues.mapped("external_id")}
        batch = self._batch(0, asked)
        return batch._replace(missing=())

    def _after_batch(self, batch):
        """Set aside the changes of computers that never were.

        What is gone and had no asset is listed no more.
        """
        issues = self.env["ocs.import.issue"]
        issues.search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", batch.missing),
                ("reason", "not in", ("orphan", "unknown")),
                ("binding_id", "=", False),
            ]
        ).unlink()
        for external_id in self._log.without_computer(self._unknown(batch.missing)):
            if external_id is None:
                message = self.env._("The change log has rows without a computer's id.")
            else:
                message = self.env._(
                    "The change log names a computer that OCS does not have, and never "
                    "had: it was written by something else."
                )
            issues._record(
                self.backend_record, external_id or 0, "unknown", message=message
            )

    def _unknown(self, external_ids):
        """Those of ids that OCS does not have that have no asset either."""
        return [
            external_id
            for external_id in external_ids
            if not external_id or not self.binder.to_internal(external_id)
        ]

    def _finish(self):
        """Inventories that changed nothing are in no change log: note their dates."""
        after_id, since = 0, self._latest_inventory() - OVERLAP
        since = utc_to_local(since, self.backend_record.tz)
        while dates := self.backend_adapter.list_dates(since, after_id, CHANGES_BATCH):
            after_id = max(dates)
            self._refresh_dates(dates)

    def _has_to_acknowledge(self):
        return bool(self._log.pending(limit=1))

    def _latest_inventory(self):
        """Date of the latest inventory known, of those whose clock was right."""
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
                ("digests", "!=", False),  # else an import notes it
            ],
            ["external_id", "last_inventory"],
        )
        tz, found = self.backend_record.tz, {}
        for binding in bindings:
            date = local_to_utc(dates[binding.external_id], tz)
            if binding.last_inventory != (date or False):
                found[binding.id] = date
        self.model._refresh_inventories(found)

    @property
    def _log(self):
        return self.component(usage="change.log", model_name="ocs.backend")
