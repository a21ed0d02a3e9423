# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

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

    def add(self, names):
        """Add computers to those whose import is to be enqueued.

        :param names: dict {hardware.ID: hardware.NAME}
        """
        self._names |= names

    def enqueue(self):
        """Enqueue the imports of the computers that were added."""
        names, self._names = self._names, {}
        threshold = self._backend.chunk_threshold
        if threshold and len(names) >= threshold:
            self._enqueue_chunks(sorted(names))
        else:
            self.enqueue_each(names)

    def enqueue_each(self, names):
        """Enqueue the imports of computers, each in a job of its own.

        :param names: dict {hardware.ID: hardware.NAME}
        """
        run = self._run
        self._mark_queued(
            external_id
            for external_id, name in names.items()
            if not self._model._enqueue_import(
                self._backend, external_id, name, force=run.force, run=run
            )
        )

    def _enqueue_chunks(self, external_ids):
        run = self._run
        self._mark_queued(
            external_id
            for chunk in self._chunks(external_ids)
            if not self._model._enqueue_chunk(
                self._backend, chunk, force=run.force, run=run
            )
            for external_id in chunk
        )

    def _mark_queued(self, external_ids):
        """Have the run not wait for computers that an earlier run will import."""
        queued = list(external_ids)
        if queued:
            lines = self._backend.env["ocs.import.run.line"]
            lines._change(self._run, queued, "queued", ("waiting",))

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
