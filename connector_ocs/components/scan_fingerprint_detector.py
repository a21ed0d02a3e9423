# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.fields import Domain

from odoo.addons.component.core import Component

from .scan_findings import Batch

#: Computers compared at once: bounds the memory, whatever the size of the fleet.
SCAN_BATCH = 2000


class OcsFingerprintDetector(Component):
    """Detector that compares all computers in OCS with what was imported.

    It requires nothing but SELECT on OCS.
    """

    _name = "ocs.fingerprint.detector"
    _inherit = "ocs.computer.batch.importer"
    _detection = "fingerprint"
    _batch_size = SCAN_BATCH

    def _batches(self, after_id):
        """Yield batches in the order of hardware.ID, which ``after_id`` refers to."""
        is_last = False
        while not is_last:
            rows = self.backend_adapter.scan(after_id, self._batch_size)
            is_last = len(rows) < self._batch_size
            self._delete_stale_issues(rows, after_id, is_last)
            if rows:
                after_id = rows[-1].external_id
                yield Batch(after_id, rows)

    def _finish(self):
        self._record_orphans()

    def _delete_stale_issues(self, rows, after_id, is_last):
        """Delete the issues of computers that OCS no longer has in a batch's range."""
        domain = Domain("external_id", ">", after_id)
        if not is_last:
            domain &= Domain("external_id", "<=", rows[-1].external_id)
        domain &= Domain("external_id", "not in", [row.external_id for row in rows])
        issues = self.env["ocs.import.issue"]
        issues._of_computers(self.backend_record, domain).unlink()

    def _record_orphans(self):
        """List the computers of which OCS has nothing but rows in other tables."""
        orphans = self.backend_adapter.search_orphans()
        issues = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend_record.id), ("reason", "=", "orphan")]
        )
        issues.filtered(lambda issue: issue.external_id not in orphans).unlink()
        listed = {issue.external_id: issue.message for issue in issues.exists()}
        for external_id, tables in orphans.items():
            message = self.env._(
                "Rows in %s belong to a computer that was deleted in OCS.",
                ", ".join(tables),
            )
            if listed.get(external_id) != message:
                issues._record(
                    self.backend_record, external_id, "orphan", message=message
                )
        if orphans:
            self.work.run._count(skipped={"orphan": len(orphans)})
