# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo.addons.component.core import AbstractComponent

from ..lib.fingerprints import NO_COMPUTER
from ..lib.run_lines import Line
from .scan_computers import ScannedComputers
from .scan_dependencies import Dependencies
from .scan_findings import Findings
from .scan_import_enqueuer import ImportEnqueuer

#: Maximum number of computers that one job scans, to keep its transaction short.
ROWS_PER_JOB = 50_000
#: Maximum number of removed computers for which one job enqueues an import.
REMOVED_PER_JOB = 500


class OcsComputerBatchImporter(AbstractComponent):
    """Detector that finds the changed computers and enqueues a job for each.

    A run without changes is one job. A run with many changes enqueues another job for
    the rest: transactions stay small, and the first assets are imported while the rest
    of the fleet is still being scanned. The reconciliation comes first: it shows
    whether a user has to approve what the run would do.

    ``work.run`` is the ocs.import.run, whose ``detection`` selects the component.
    """

    _name = "ocs.computer.batch.importer"
    _inherit = ["base.importer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "batch.importer"
    _detection = None
    #: whether each computer gets a line, for detections that scan only some of them
    _lists_all = False

    @classmethod
    def _component_match(cls, work, usage=None, model_name=None, **kw):
        return work.run.detection == cls._detection

    def run(self, after_id=0, removed_after=None):
        """Scan computers until there are enough to import.

        :param after_id: int, position that the previous job reached; see ``_batches``
        :param removed_after: int, the same for removed bindings, after all batches
        :return: sentence for the job's result
        """
        run = self.work.run
        if not after_id and removed_after is None and not self._reconcile():
            return run.message
        scanned, to_import = 0, 0
        for batch in self._batches(after_id) if removed_after is None else ():
            to_import += self._process_rows(batch.rows)
            self._after_batch(batch)
            scanned += len(batch.rows)
            self._free_memory()
            if (self._enqueuer.is_full or scanned >= ROWS_PER_JOB) and batch.last_id:
                self._enqueuer.enqueue()
                run._enqueue_scan(after_id=batch.last_id)
                break
        else:
            self._enqueuer.enqueue()
            self._complete_scan(removed_after or 0)
        return self.env._(
            "%(seen)s computers scanned, %(jobs)s to import.",
            seen=scanned,
            jobs=to_import,
        )

    def _process_rows(self, rows):
        """Enqueue the import of each computer, list it or update its date.

        :param rows: list of :class:`.computer_adapter.ScannedRow`
        :return: number of computers to import
        """
        run = self.work.run
        computers = ScannedComputers(self.backend_record, rows, run.force)
        rebound = self._rebind(computers.unknown())
        computers.add_rebound(rebound)
        findings = Findings(lists_all=self._lists_all)
        for row in computers.others:
            binding, issue = computers.binding(row), computers.issue(row)
            if row.exclusion:
                self._exclude(row, binding, issue, findings)
            elif computers.should_import(row):
                is_known = "changed" if binding else "new"
                found = "rebound" if row.external_id in rebound else is_known
                sections = computers.changed_sections(row)
                # one that failed before shall not make a chunk fail again
                findings.add(row, found, sections, alone=issue.reason == "failed")
            elif issue:
                findings.repeat(row, issue.reason)
            else:
                computers.keep(row)
        if self._lists_all:
            findings.keep(row for row in rows if row.external_id in computers.unchanged)
        self.model._refresh_inventories(computers.new_dates())
        self._record(findings, len(rows), len(computers.unchanged))
        return len(findings.together) + len(findings.alone)

    def _rebind(self, external_ids):
        """Give assets of removed computers one of these new IDs.

        :return: dict {external ID: binding}
        """
        return self.component(usage="record.matcher").rebind(external_ids)

    def _record(self, findings, seen, kept):
        """Add the findings of a batch to the run, and enqueue the imports.

        :param findings: :class:`.scan_findings.Findings`
        :param seen: int, number of computers of the batch
        :param kept: int, how many of them are unchanged
        """
        run = self.work.run
        added = self.env["ocs.import.run.line"]._add(run, findings.lines)
        run._count(
            # a computer may come again if all have a line
            seen_count=added if self._lists_all else seen,
            kept_count=0 if self._lists_all else kept,
            repeated=findings.repeated,
            sections=findings.sections,
        )
        self._enqueuer.enqueue_each(findings.alone)
        self._enqueuer.add(findings.together)

    def _exclude(self, row, binding, issue, findings):
        """List a computer that is not imported, and enqueue a job for its asset."""
        has_asset = binding and not binding.removal_action
        if has_asset and issue.reason == "failed":
            if not issue._retry_once(row.name, row.digests):
                findings.repeat(row, "failed")
                return
        is_listed = issue.reason == row.exclusion
        if not is_listed or (has_asset and not issue.run_id):
            issue = issue._record(
                self.backend_record,
                row.external_id,
                row.exclusion,
                name=row.name,
            )
            issue.run_id = self.work.run
        if has_asset:
            findings.add(row, "withdrawn", alone=True)
        elif is_listed:
            findings.repeat(row, row.exclusion)
        else:
            findings.exclude(row)

    @cached_property
    def _enqueuer(self):
        backend = self.backend_record
        dependencies = Dependencies(backend, self.backend_adapter)
        return ImportEnqueuer(backend, self.work.run, dependencies)

    def _complete_scan(self, removed_after):
        """Handle the removed computers, now that all others were scanned."""
        last_id = self._process_removed(removed_after)
        if last_id:
            self.work.run._enqueue_scan(removed_after=last_id)
            return
        self._finish()
        self.work.run._finish_scan(self._has_to_acknowledge())

    def _batches(self, after_id):
        """Return the computers to scan.

        :param after_id: int, last_id of the previous batch
        :return: iterator of :class:`Batch`
        """
        raise NotImplementedError

    def _after_batch(self, batch):
        """Hook that is called after each batch."""

    def _finish(self):
        """Hook that is called after the last batch."""

    def _has_to_acknowledge(self):
        """Return whether OCS has changes that are still to be acknowledged."""
        return False

    def _free_memory(self):
        """Keep memory use constant, however many batches there are."""
        self.env.flush_all()
        self.env.invalidate_all(flush=False)

    def _reconcile(self):
        """Mark removed computers, unless a user has to approve the run first.

        An ID may belong to another machine than it seemed if a value turns out to be
        shared. Then all are compared again.

        :return: bool, whether the run may continue
        """
        self._note_changes()
        shared, known = self._shared_values(), None
        while shared != known:
            if not self._compare():
                return False
            for finder in self._in_sequence("shared.finder"):
                finder.run()
            known, shared = shared, self._shared_values()
        return True

    def _shared_values(self):
        """Return the values of computers that identify none: set of field and value."""
        shared = self.backend_record._blacklist().shared
        return {(field, value) for field, value in shared if field != "monitor"}

    def _compare(self):
        """Compare the IDs in OCS with the bindings, and apply what has changed.

        :return: bool, False if a user has to approve it first
        """
        reconciler = self.component(usage="reconciler")
        reconciliation = reconciler.reconcile()
        if self._must_wait(reconciler, reconciliation):
            return False
        self.backend_record._remember_server(self._server)
        self._apply(reconciliation)
        return True

    def _must_wait(self, reconciler, reconciliation):
        """Return whether a user has to approve the changes first, who is asked then."""
        if not self._needs_approval(reconciliation):
            return False
        reconciler.count_rebound(reconciliation)
        if not self._needs_approval(reconciliation):
            return False
        self._request_approval(reconciliation)
        return True

    def _needs_approval(self, reconciliation):
        return self.backend_record._needs_approval(
            reconciliation.affected,
            reconciliation.known,
            self.work.run.approved_count,
            is_other_server=bool(self._describe_server(reconciliation)),
        )

    def _request_approval(self, reconciliation):
        run, change = self.work.run, self._describe_server(reconciliation)
        question = " ".join([change, reconciliation.describe(self.env)]).strip()
        run._wait_for_approval(reconciliation.affected, question)
        run._announce(is_news=self.backend_record._request_approval(run))

    def _describe_server(self, reconciliation):
        """Return a sentence if OCS was restored or replaced, else ''."""
        if not reconciliation.affected:
            return ""
        is_replaced = bool(reconciliation.replaced_count)
        return self.backend_record._describe_other_server(self._server, is_replaced)

    @cached_property
    def _server(self):
        """What identifies the OCS server, see ``ocs.server.adapter``."""
        return self.backend_record._read_server()

    def _note_changes(self):
        """Hook that is called before a run compares the computers with each other."""

    def _apply(self, reconciliation):
        """Make the changes, and enqueue the imports of removed computers."""
        reconciliation.apply(self.env)
        self._enqueue_removals(self.model.browse(reconciliation.deleted))

    def _process_removed(self, after_id):
        """Enqueue a job for each asset whose computer was removed from OCS.

        :param after_id: int, ID of the binding to continue after
        :return: int, ID of the binding that was reached, 0 if none are left
        """
        removed = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("removed_since", "!=", False),
                ("removal_action", "=", False),
                ("id", ">", after_id),
            ],
            order="id",
            limit=REMOVED_PER_JOB,
        )
        self._enqueue_removals(removed)
        return removed[-1].id if len(removed) == REMOVED_PER_JOB else 0

    def _enqueue_removals(self, bindings):
        """Enqueue the imports of removed computers."""
        removed = bindings.filtered(self._should_handle)
        lines = [Line(each.external_id, each.name, "removed") for each in removed]
        self.env["ocs.import.run.line"]._add(self.work.run, lines)
        names = {each.external_id: each.name for each in removed}
        self._enqueuer.enqueue_each(names)

    def _should_handle(self, binding):
        """Return whether a removed computer has to be imported: not if it failed."""
        failed = binding.issue_ids.filtered(lambda each: each.reason == "failed")
        return not failed or failed._retry_once(binding.name, NO_COMPUTER)
