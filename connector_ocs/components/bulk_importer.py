# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging

from psycopg2 import OperationalError

from odoo.addons.component.core import Component
from odoo.addons.queue_job.exception import RetryableJobError

from ..exceptions import OcsConfigurationError

_logger = logging.getLogger(__name__)


class OcsComputerChunkImporter(Component):
    """Importer of a chunk of computers in one transaction.

    A computer that cannot be imported with the others gets a separate job; if one
    fails, each of them does.
    """

    _name = "ocs.computer.chunk.importer"
    _inherit = ["base.importer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "chunk.importer"

    def run(self, external_ids, force=False):
        """Import some computers.

        :param external_ids: ascending list of int (hardware.ID)
        :param force: compare every value, even if nothing changed in OCS
        :return: sentence for the job's result
        """
        try:
            computers = self._read(external_ids)
            with self.env.cr.savepoint():
                imported = self._import(computers, force)
        except (RetryableJobError, OperationalError, OcsConfigurationError):
            raise  # of the chunk, not of a computer
        except Exception as error:
            _logger.exception("Importing the OCS computers %s one by one", external_ids)
            self._enqueue(external_ids, force)
            return self.env._(
                "One of the computers could not be imported. Each of them now has a "
                "separate job. (%s)",
                error,
            )
        # locked by another job, too large, or no longer in OCS
        separate = [each for each in external_ids if each not in computers]
        self._enqueue(separate, force)
        return self.env._(
            "%(imported)s of %(all)s computers imported, %(left)s enqueued separately.",
            imported=imported,
            all=len(external_ids),
            left=len(separate),
        )

    def _read(self, external_ids):
        """Lock and read the computers that can be imported in this job.

        :return: dict {hardware.ID: nested dict}
        """
        adapter = self.backend_adapter
        locked = self.component(usage="locker").lock(external_ids)
        large = adapter.find_large(sorted(locked))
        computers = adapter.read_many(sorted(locked - large))
        return {
            external_id: dict(computer, external_id=external_id)
            for external_id, computer in computers.items()
        }

    def _import(self, computers, force):
        """Import the computers that were read.

        :return: int, number of computers that were imported
        """
        bindings = self.binder.to_internal_many(list(computers))
        importers = []
        for external_id, computer in computers.items():
            importer = self.component(usage="record.importer")
            importer.start(computer, bindings.get(external_id, self.model))
            importers.append(importer)
        self.component(usage="chunk.prefetcher").prefetch(importers)
        groups = self.component(usage="chunk.planner").plan(importers)
        return sum(self._import_group(group, force) for group in groups)

    def _import_group(self, importers, force):
        if len(importers) == 1:
            with self.prefetched.disabled():
                return self._import_together(importers, force)
        return self._import_together(importers, force)

    def _import_together(self, importers, force):
        importers = [each for each in importers if not each.decide(force)]
        if importers:
            self.component(usage="records.importer").run(importers)
        return len(importers)

    def _enqueue(self, external_ids, force):
        """Enqueue a separate job for each computer."""
        run = self.model._current_run()
        for external_id in external_ids:
            self.model._enqueue_import(
                self.backend_record, external_id, force=force, run=run
            )
