# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent

#: Computers that one job looks at at most: its transaction stays short.
ROWS_PER_JOB = 50_000
#: Assets of computers that are gone that one job delays an import for at most.
REMOVED_PER_JOB = 500
#: Digests of a computer that is not there.
NO_COMPUTER = {"hardware": ""}


class Batch(NamedTuple):
    """Some computers that a run looks at."""

    #: what the next page comes after, 0 when it is no page in this order
    last_id: int
    #: list of :class:`odoo.addons.connector_ocs.components.computer_adapter.ScannedRow`
    rows: list
    #: ids that were looked for and that OCS does not have
    missing: tuple = ()


class OcsComputerBatchImporter(AbstractComponent):
    """Finds the computers that changed and delays a job for each.

    A run that finds nothing is one job. One that finds much delays itself for the
    rest: transactions stay small, and the first assets are there while the rest of
    the fleet is still being scanned. The reconciliation comes first: it tells whether a
    person has to approve what the run would do.

    ``work.run`` is the ocs.import.run; its field ``detection`` chooses the component.
    """

    _name = "ocs.computer.batch.importer"
    _inherit = ["base.importer", "ocs.scan.sorter"]
    _apply_on = "ocs.computer.binding"
    _usage = "batch.importer"
    _detection = None

    @classmethod
    def _component_match(cls, work, usage=None, model_name=None, **kw):
        return work.run.detection == cls._detection

    def run(self, after_id=0, removed_after=None):
        """Look at computers until there are enough to import.

        :param after_id: int, what the last job came to; see ``_pages``
        :param removed_after: int, id of the binding that the last job came to; None as
            long as there are pages to look at
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
                self.model._enqueue_batch(run, after_id=batch.last_id)
                break
        else:
            run._count(**self._enqueuer.enqueue())
            self._end(removed_after or 0)
        return self.env._(
            "%(seen)s computers looked at, %(jobs)s to import.",
            seen=scanned,
            jobs=to_import,
        )

    def _end(self, removed_after):
        """All computers were looked at: deal with those that are gone."""
        last_id = self._process_removed(removed_after)
        if last_id:
            self.model._enqueue_batch(self.work.run, removed_after=last_id)
            return
        self._finish()
        self.work.run._finish_scan(self._has_to_acknowledge())

    def _batches(self, after_id):
        """Computers to look at.

        :param after_id: int, last_id of the page before
        :return: iterator of :class:`Page`
        """
        raise NotImplementedError

    def _after_batch(self, batch):
        """What else follows from a page."""

    def _finish(self):
        """What else there is to do after the last page."""

    def _has_to_acknowledge(self):
        """Whether OCS keeps changes until they are acknowledged."""
        return False

    def _free_memory(self):
        """The memory stays the same, however many pages there are."""
        self.env.flush_all()
        self.env.invalidate_all(flush=False)

    def _reconcile(self):
        """Whether the run may go on; computers that are gone are marked then."""
        run = self.work.run
        reconciliation = self.component(usage="reconciler").reconcile()
        if self.backend_record._exceeds_limit(
            reconciliation.affected, reconciliation.known, run.approved_count
        ):
            run._wait_for_decision(
                reconciliation.affected, reconciliation.describe(self.env)
            )
            self.backend_record._ask_responsible(run)
            return False
        self.model.browse(
            reconciliation.removed + reconciliation.deleted
        )._mark_removed()
        tally = Counter(
            map(self._enqueue_removal, self.model.browse(reconciliation.deleted))
        )
        del tally[None]
        run._count(removed_count=len(reconciliation.removed), **tally)
        return True

    def _process_removed(self, after_id):
        """Delay a job for each asset whose computer is gone.

        :param after_id: int, id of the binding to go on after
        :return: int, id of the binding that it came to, 0 when that was the last
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
        tally = Counter(self._enqueue_removal(binding) for binding in removed)
        del tally[None]
        self.work.run._count(**tally)
        return removed[-1].id if len(removed) == REMOVED_PER_JOB else 0

    def _enqueue_removal(self, binding):
        """:return: name of the run's counter, None when it waits for a person"""
        issue = binding.issue_ids.filtered(lambda each: each.reason == "failed")
        if issue and not self._should_retry(issue, binding.name, NO_COMPUTER):
            return None
        is_new = self.model._enqueue_import(
            self.backend_record, binding.external_id, binding.name, run=self.work.run
        )
        return "job_count" if is_new else "queued_count"
