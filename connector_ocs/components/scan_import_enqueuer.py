# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from ..lib.groups import connected
from ..models.ocs_backend_run import MAX_CHUNK_THRESHOLD

#: Maximum number of imports that one scan job enqueues while each computer has a job of
#: its own (give or take one batch of the scan).
IMPORTS_PER_JOB = 500


class ImportEnqueuer:
    """Enqueuer of the imports that a run found necessary, one by one or in chunks.

    It collects computers until it is known whether there are enough for chunks.

    :param backend: ocs.backend
    :param run: ocs.import.run
    :param dependencies: :class:`.scan_dependencies.Dependencies`
    """

    def __init__(self, backend, run, dependencies):
        self._backend, self._run, self._dependencies = backend, run, dependencies
        self._model = backend.env["ocs.computer.binding"]
        #: {hardware.ID: hardware.NAME}, in the order in which they were scanned
        self._names = {}

    @property
    def is_full(self):
        """Whether one scan job has found enough: the next one scans the rest."""
        in_chunks = self._backend.chunk_threshold
        return len(self._names) >= (
            MAX_CHUNK_THRESHOLD if in_chunks else IMPORTS_PER_JOB
        )

    def add(self, external_id, name):
        """Add a computer to those whose import is to be enqueued.

        :param external_id: int, hardware.ID
        :param name: hardware.NAME
        """
        self._names[external_id] = name

    def enqueue(self):
        """Enqueue the imports of the computers that were added.

        :return: Counter {counter of ocs.import.run: number of computers}
        """
        names, self._names = self._names, {}
        threshold = self._backend.chunk_threshold
        if threshold and len(names) >= threshold:
            return self._enqueue_chunks(sorted(names))
        return Counter(self.enqueue_one(*each) for each in names.items())

    def enqueue_one(self, external_id, name):
        """Enqueue the import of a computer in a job of its own.

        :param external_id: int, hardware.ID
        :param name: hardware.NAME
        :return: counter of ocs.import.run
        """
        run = self._run
        is_new = self._model._enqueue_import(
            self._backend, external_id, name, force=run.force, run=run
        )
        return self._counter(is_new)

    def _enqueue_chunks(self, external_ids):
        tally, run = Counter(), self._run
        for chunk in self._chunks(external_ids):
            is_new = self._model._enqueue_chunk(
                self._backend, chunk, force=run.force, run=run
            )
            tally[self._counter(is_new)] += len(chunk)
        return tally

    def _chunks(self, external_ids):
        """Yield chunks in which computers that depend on each other stay together."""
        chunk, size = [], self._backend.chunk_size
        for group in connected(external_ids, self._dependencies.find(external_ids)):
            if chunk and len(chunk) + len(group) > size:
                yield sorted(chunk)
                chunk = []
            chunk += group
            while len(chunk) > size:  # the group itself is larger
                yield chunk[:size]
                chunk = chunk[size:]
        if chunk:
            yield sorted(chunk)

    def _counter(self, is_new):
        return "job_count" if is_new else "queued_count"
