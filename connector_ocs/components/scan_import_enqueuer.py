# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo.addons.component.core import Component

from ..models.ocs_backend_run import MAX_CHUNK_THRESHOLD

#: Maximum number of imports that one scan job enqueues while each computer has a job of
#: its own (give or take one batch of the scan).
IMPORTS_PER_JOB = 500


class OcsImportEnqueuer(Component):
    """Enqueuer of the imports that a scan found necessary, one by one or in chunks.

    It collects computers until it is known whether there are enough for chunks.
    """

    _name = "ocs.import.enqueuer"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "import.enqueuer"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: {hardware.ID: hardware.NAME}, in the order in which they were scanned
        self._names = {}

    @property
    def is_full(self):
        """Whether one scan job has found enough: the next one scans the rest."""
        in_chunks = self.backend_record.chunk_threshold
        return len(self._names) >= (
            MAX_CHUNK_THRESHOLD if in_chunks else IMPORTS_PER_JOB
        )

    def add(self, row):
        """Add a computer to those whose import is to be enqueued.

        :param row: :class:`.computer_adapter.ScannedRow`
        """
        self._names[row.external_id] = row.name

    def enqueue(self):
        """Enqueue the imports of the computers that were added.

        :return: dict {counter of ocs.import.run: number of computers}
        """
        names, self._names = self._names, {}
        threshold = self.backend_record.chunk_threshold
        if threshold and len(names) >= threshold:
            return self._enqueue_chunks(sorted(names))
        tally = Counter()
        for external_id, name in names.items():
            tally[self._enqueue(external_id, name)] += 1
        return tally

    def enqueue_one(self, row):
        """Enqueue the import of a computer in a job of its own.

        :param row: :class:`.computer_adapter.ScannedRow`
        :return: as for ``enqueue``
        """
        return {self._enqueue(row.external_id, row.name): 1}

    def _enqueue_chunks(self, external_ids):
        tally, run = Counter(), self.work.run
        for chunk in self._chunks(external_ids):
            is_new = self.model._enqueue_chunk(
                self.backend_record, chunk, force=run.force, run=run
            )
            tally[self._counter(is_new)] += len(chunk)
        return tally

    def _chunks(self, external_ids):
        """Yield chunks in which computers that depend on each other stay together."""
        chunk, size = [], self.backend_record.chunk_size
        for group in self.component(usage="dependency.finder").group(external_ids):
            if chunk and len(chunk) + len(group) > size:
                yield sorted(chunk)
                chunk = []
            chunk += group
            while len(chunk) > size:  # the group itself is larger
                yield chunk[:size]
                chunk = chunk[size:]
        if chunk:
            yield sorted(chunk)

    def _enqueue(self, external_id, name):
        run = self.work.run
        is_new = self.model._enqueue_import(
            self.backend_record, external_id, name, force=run.force, run=run
        )
        return self._counter(is_new)

    def _counter(self, is_new):
        return "job_count" if is_new else "queued_count"
