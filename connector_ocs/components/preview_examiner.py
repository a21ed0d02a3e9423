# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging
from contextlib import closing, contextmanager
from typing import NamedTuple

from psycopg2 import OperationalError

from odoo.addons.connector.exception import IDMissingInBackend, NetworkRetryableError
from odoo.addons.queue_job.exception import RetryableJobError

from ..exceptions import OcsConfigurationError
from .preview_state import AssetStates

_logger = logging.getLogger(__name__)


class PreviewLine(NamedTuple):
    """What an import would do with one computer."""

    #: hardware.ID
    external_id: int
    #: hardware.NAME
    name: str
    #: key of ocs.import.preview.line.outcome
    outcome: str
    #: sentences: why
    reason: str = ""
    #: ID of the existing maintenance.equipment, 0 if there is none
    equipment_id: int = 0
    #: list of [label, old value, new value], as text
    changes: tuple = ()


class PreviewExaminer:
    """Examiner that imports computers, notes what became of them, and undoes it.

    The transaction must not be committed either: whatever the import would start
    afterwards, such as sending messages, is part of it.

    :param work: work context of ``ocs.computer.binding``
    :param rebound: dict {hardware.ID: why it is the machine that had another ID}
    """

    def __init__(self, work, rebound):
        self._work, self._env, self._rebound = work, work.env, rebound
        self._states = AssetStates(work)
        #: number of computers that an import would leave as they are
        self.unchanged_count = 0

    def examine(self, external_ids):
        """Return what an import would do with some computers.

        :param external_ids: ascending list of int (hardware.ID)
        :return: list of :class:`PreviewLine`, without computers that would stay as they
            are
        :raises NetworkRetryableError, OcsConfigurationError: OCS cannot be read
        """
        try:
            found = self._examine_together(external_ids)
        except (OperationalError, NetworkRetryableError, OcsConfigurationError):
            raise  # of the preview, not of a computer
        except Exception:
            _logger.info("Examining OCS computers %s one by one", external_ids)
            found = {}
        for external_id in external_ids:
            if external_id not in found:
                found[external_id] = self._examine_alone(external_id)
        lines = [self._compared(found[each]) for each in external_ids]
        self.unchanged_count += lines.count(None)
        return [line for line in lines if line]

    def _examine_together(self, external_ids):
        """Return the computers that a chunk can import: dict {ID: _Result}."""
        with self._undone():
            chunk_importer = self._work.component(usage="chunk.importer")
            computers = chunk_importer.read_computers(external_ids)
            imports = chunk_importer.import_all(computers, force=False)
            return {each.external_id: self._result(each) for each in imports}

    def _examine_alone(self, external_id):
        """Return the :class:`_Result` of one computer, whatever happens."""
        name = self._binder.to_internal(external_id).name or ""
        try:
            with self._undone():
                return self._import(external_id)
        except (OperationalError, NetworkRetryableError, OcsConfigurationError):
            raise
        except RetryableJobError as error:
            return _Result(external_id, name, "importing", str(error))
        except Exception as error:
            _logger.info("OCS computer %s would fail", external_id, exc_info=True)
            return _Result(external_id, name, "fail", str(error))

    def _import(self, external_id):
        importer = self._work.component(usage="record.importer")
        importer.lock(external_id)
        try:
            computer = self._work.component(usage="backend.adapter").read(external_id)
        except IDMissingInBackend as error:
            binding = self._binder.to_internal(external_id)
            asset, name = binding.odoo_id, binding.name
            importer.run(external_id)
            return self._removed(external_id, name, asset, str(error))
        (each,) = importer.start({external_id: computer})
        importer.import_together([each])
        return self._result(each)

    def _result(self, computer_import):
        """Return what became of a computer: :class:`_Result`."""
        asset = computer_import.binding.odoo_id
        return _Result(
            computer_import.external_id,
            computer_import.name or asset.name or "",
            self._outcome(computer_import),
            self._reason(computer_import),
            asset.id,
            self._states.of(asset),
        )

    def _removed(self, external_id, name, asset, reason):
        asset = asset.exists()
        state = self._states.of(asset)
        return _Result(external_id, name, "remove", reason, asset.id, state)

    def _outcome(self, computer_import):
        if computer_import.skip_reason:
            is_archived = computer_import.skip_reason.reason == "archived"
            if is_archived and computer_import.binding.removal_action:
                return "remove"
            is_open = computer_import.skip_reason.candidate_ids
            return "decide" if is_open else "skip"
        if computer_import.is_new:
            return "create"
        return "link" if computer_import.match else "change"

    def _reason(self, computer_import):
        skip_reason = computer_import.skip_reason
        if skip_reason:
            labels = self._env["ocs.import.issue"]._reason_labels()
            return skip_reason.message or labels[skip_reason.reason]
        sentences = []
        if computer_import.match:
            sentences.append(computer_import.match.reason)
        why = self._rebound.get(computer_import.external_id)
        if why:
            sentences.append(self._env._("The machine has a new ID in OCS: %s.", why))
        return "\n".join(dict.fromkeys([*sentences, *computer_import.warnings]))

    def _compared(self, result):
        """Return the line of a result, None if the import would change nothing."""
        asset = self._env["maintenance.equipment"].browse(result.equipment_id or ())
        asset = asset.exists()
        changes = self._states.differences(self._states.of(asset), result.state)
        is_rebound = result.external_id in self._rebound
        if not changes and result.outcome == "change" and not is_rebound:
            return None
        return PreviewLine(
            result.external_id,
            result.name,
            result.outcome,
            result.reason,
            asset.id or 0,
            changes,
        )

    @contextmanager
    def _undone(self):
        """Undo whatever is done in the context."""
        with closing(self._env.cr.savepoint()):
            yield
            self._env.flush_all()

    @property
    def _binder(self):
        return self._work.component(usage="binder")


class _Result(NamedTuple):
    """What became of a computer, before it is undone."""

    external_id: int
    name: str
    outcome: str
    reason: str = ""
    equipment_id: int = 0
    #: state of the asset, see ``AssetStates``
    state: dict = None
