# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from functools import cached_property
from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent

from .scan_computers import ScannedComputers
from .scan_dependencies import Dependencies
from .scan_import_enqueuer import ImportEnqueuer

#: Maximum number of computers that one job scans, to keep its transaction short.
ROWS_PER_JOB = 50_000
#: Maximum number of removed computers for which one job enqueues an import.
REMOVED_PER_JOB = 500
#: Digests of a computer that OCS does not have.
NO_COMPUTER = {"hardware": ""}


class Batch(NamedTuple):
    """Some of the computers that a run scans."""

    #: position after which the next batch starts, 0 for a batch outside this order
    last_id: int
    #: list of :class:`odoo.addons.connector_ocs.components.computer_adapter.ScannedRow`
    rows: list
    #: requested IDs that OCS does not have
    missing: tuple = ()


class OcsComputerBatchImporter(AbstractComponent):
    """Detector that finds the changed computers and enqueues a job for each.

    A run without changes is one job. A run with many changes enqueues another job for
    the rest: transactions stay small, and the first assets are imported while the rest
    of the fleet is still being scanned. The reconciliation comes first: it shows
    whether a user has to approve what the run would do.

    ``work.run`` is the ocs.import.run that ``ocs.import.run.scan`` passes on. Its field
    ``detection`` selects the component, and it counts what was found.
    """

    _name = "ocs.computer.batch.importer"
    _inherit = ["base.importer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "batch.importer"
    _detection = None

    @classmethod
    def _component_match(cls, work, usage=None, model_name=None, **kw):
        return work.run.detection == cls._detection

    def run(self, after_id=0, removed_after=None):
        """Scan computers until there are enough to import.

        :param after_id: int, position that the previous job reached; see ``_batches``
        :param removed_after: int, ID of the binding that the previous job reached; None
            as long as there are batches to scan
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
                run._count(**self._enqueuer.enqueue())
                run._enqueue_scan(after_id=batch.last_id)
                break
        else:
            run._count(**self._enqueuer.enqueue())
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
        tally, sections, skipped = Counter(), Counter(), Counter()
        for row in computers.others:
            binding, issue = computers.binding(row), computers.issue(row)
            if row.exclusion:
                self._exclude(row, binding, issue)
                skipped[row.exclusion] += 1
            elif computers.should_import(row):
                tally["changed_count" if binding else "new_count"] += 1
                sections.update(computers.changed_sections(row))
                self._enqueue_import(row, issue, tally)
            elif issue:
                skipped[issue.reason] += 1
                self._keep_out(row, issue)
            else:
                computers.keep(row)
        self.model._refresh_inventories(computers.new_dates())
        run._count(
            seen_count=len(rows),
            unchanged_count=len(computers.unchanged),
            rebound_count=len(rebound),
            skipped=skipped,
            sections=sections,
            **tally,
        )
        return tally["new_count"] + tally["changed_count"]

    def _rebind(self, external_ids):
        """Give assets of removed computers one of these new IDs.

        :return: dict {external ID: binding}
        """
        return self.component(usage="record.matcher").rebind(external_ids)

    def _keep_out(self, row, issue):
        """Hook for a computer that stays listed as not imported."""

    def _enqueue_import(self, row, issue, tally):
        """Enqueue an import, or collect it until there are enough for chunks.

        A computer that failed before gets a job of its own, so that it cannot make a
        chunk fail again.

        :param tally: Counter of the run, which is updated
        """
        if issue.reason == "failed":
            tally[self._enqueuer.enqueue_one(row.external_id, row.name)] += 1
        else:
            self._enqueuer.add(row.external_id, row.name)

    def _exclude(self, row, binding, issue):
        """List a computer that is not imported, and enqueue a job for its asset."""
        has_asset = binding and not binding.removal_action
        if has_asset and issue.reason == "failed":
            if not issue._retry_once(row.name, row.digests):
                return
        if issue.reason != row.exclusion or (has_asset and not issue.run_id):
            issue = issue._record(
                self.backend_record,
                row.external_id,
                row.exclusion,
                name=row.name,
            )
            issue.run_id = self.work.run
        if has_asset:
            counter = self._enqueuer.enqueue_one(row.external_id, row.name)
            self.work.run._count(**{counter: 1})

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

        A value that turns out to be shared identifies no machine any more. Then an ID
        may belong to another machine than it seemed, and all are compared again.

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
        self.backend_record._request_approval(run)

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
        removed = self.model.browse(reconciliation.removed)
        new = removed.filtered(lambda each: not each.removed_since)
        self.work.run._count(removed_count=len(new) + reconciliation.replaced_count)
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
        """Enqueue the imports of removed computers, and count them."""
        tally = Counter(map(self._enqueue_removal, bindings))
        del tally[None]
        self.work.run._count(**tally)

    def _enqueue_removal(self, binding):
        """Enqueue the import of a removed computer.

        :return: name of the run's counter, None if a user has to act first
        """
        issue = binding.issue_ids.filtered(lambda each: each.reason == "failed")
        if issue and not issue._retry_once(binding.name, NO_COMPUTER):
            return None
        is_new = self.model._enqueue_import(
            self.backend_record, binding.external_id, binding.name, run=self.work.run
        )
        return "job_count" if is_new else "queued_count"
