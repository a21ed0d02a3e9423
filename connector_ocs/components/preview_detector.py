# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property
from typing import NamedTuple

from odoo.addons.component.core import Component

from ..lib.run_lines import Line
from .preview_examiner import PreviewExaminer, PreviewLine
from .scan_batch_importer import ROWS_PER_JOB
from .scan_dependencies import Dependencies
from .scan_fingerprint_detector import SCAN_BATCH
from .scan_import_enqueuer import ImportEnqueuer


class PreviewPage(NamedTuple):
    """Some of the computers of a preview."""

    #: list of :class:`.preview_examiner.PreviewLine`
    lines: list
    #: arguments for the next page, empty after the last one
    position: dict
    #: number of computers that were compared with Odoo
    seen: int
    #: number of those that would stay as they are
    unchanged: int
    #: what a user would have to approve before the import, '' if nothing
    question: str


class OcsPreviewDetector(Component):
    """Detector that examines the imports that a run would enqueue.

    It scans as a run that compares everything, and imports what it finds. The
    transaction must not be committed.
    """

    _name = "ocs.preview.detector"
    _inherit = "ocs.fingerprint.detector"
    _usage = "preview.detector"
    # a user sees the computers that are left out, too
    _lists_all = True

    def __init__(self, work_context):
        super().__init__(work_context)
        #: computers that stay listed as not imported
        self._left_out = []
        #: {hardware.ID: why it is the machine that had another ID}
        self._rebound = {}
        self._question = ""

    def run(self, after_id=0, removed_after=None, limit=SCAN_BATCH):
        """Examine computers until there are enough of them.

        :param after_id: int, as for a run
        :param removed_after: int, as for a run
        :param limit: int, number of computers to import that are enough
        :return: :class:`PreviewPage`
        """
        self._reconcile()
        self._enqueuer.clear()  # those that the policy was already applied to
        self._batch_size = min(limit, SCAN_BATCH)
        position = self._collect(after_id, removed_after, limit)
        run = self.work.run
        examiner = PreviewExaminer(self.work, self._rebound)
        lines = [
            line
            for chunk in self._enqueuer.chunks()
            for line in examiner.examine(chunk)
        ]
        return PreviewPage(
            self._left_out + lines,
            position,
            run.seen_count,
            run.kept_count + examiner.unchanged_count,
            self._question,
        )

    def _collect(self, after_id, removed_after, limit):
        """Collect computers to examine.

        :return: dict, the position that was reached; empty at the end
        """
        run = self.work.run
        if removed_after is not None:
            return self._collect_removed(removed_after)
        for batch in self._batches(after_id):
            self._process_rows(batch.rows)
            self._free_memory()
            if self._enqueuer.number >= limit or run.seen_count >= ROWS_PER_JOB:
                return {"after_id": batch.last_id}
            if not self._enqueuer.number:  # look at more of them at once
                self._batch_size = min(2 * self._batch_size, SCAN_BATCH)
        self._finish()
        return self._collect_removed(0)

    def _collect_removed(self, removed_after):
        last_id = self._process_removed(removed_after)
        return {"removed_after": last_id} if last_id else {}

    def _finish(self):
        result = super()._finish()
        orphans = self._issues.search(
            [("backend_id", "=", self.backend_record.id), ("reason", "=", "orphan")]
        )
        self._leave_out(
            Line(each.external_id, "", "same", "skipped", each.reason)
            for each in orphans
        )
        return result

    def _must_wait(self, reconciler, reconciliation):
        super()._must_wait(reconciler, reconciliation)
        return False

    def _request_approval(self, reconciliation):
        change = self._describe_server(reconciliation)
        self._question = " ".join([change, reconciliation.describe(self.env)]).strip()

    def _rebind(self, external_ids):
        matches = self.component(usage="record.matcher").match(external_ids)
        rebound = super()._rebind(external_ids)
        self._rebound.update({each: matches[each].reason for each in rebound})
        return rebound

    def _record(self, findings, seen, kept):
        self.work.run._count(seen_count=seen, kept_count=kept)
        self._enqueuer.add(findings.together | findings.alone)
        self._leave_out(line for line in findings.lines if line.outcome == "skipped")

    def _leave_out(self, lines):
        """Add computers that stay listed as not imported.

        :param lines: iterable of :class:`.run_lines.Line`
        """
        lines = {line.external_id: line for line in lines}
        issues = self._issues.search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", list(lines)),
            ]
        ).grouped("external_id")
        labels = self._issues._reason_labels()
        for external_id, line in lines.items():
            issue = issues.get(external_id, self._issues)
            is_open = issue.candidate_ids and not issue.decision
            self._left_out.append(
                PreviewLine(
                    external_id,
                    line.name,
                    "decide" if is_open else "skip",
                    issue.message or labels[line.reason],
                )
            )

    @property
    def _issues(self):
        return self.env["ocs.import.issue"]

    @cached_property
    def _enqueuer(self):
        backend = self.backend_record
        dependencies = Dependencies(backend, self.backend_adapter)
        return ImportCollector(backend, self.work.run, dependencies)


class ImportCollector(ImportEnqueuer):
    """Collector of the computers whose imports a run would enqueue."""

    @property
    def number(self):
        """Number of computers"""
        return len(self._names)

    def clear(self):
        """Forget the computers that were added."""
        self._names = {}

    def enqueue_each(self, names):
        self.add(names)

    def chunks(self):
        """Return the computers in chunks, as they would be imported.

        :return: list of lists of int (hardware.ID)
        """
        return list(self._chunks(sorted(self._names))) if self._names else []
