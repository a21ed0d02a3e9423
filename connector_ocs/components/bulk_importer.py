# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging

from psycopg2 import OperationalError

from odoo.addons.component.core import Component
from odoo.addons.queue_job.exception import RetryableJobError

from ..exceptions import OcsConfigurationError
from ..lib import eligibility, errors

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
            computers = self.read_computers(external_ids)
            with self.env.cr.savepoint():
                imports = self.import_all(computers, force)
        except (RetryableJobError, OperationalError, OcsConfigurationError):
            raise  # of the chunk, not of a computer
        except Exception as error:
            _logger.exception("Importing the OCS computers %s one by one", external_ids)
            self._enqueue(external_ids, force)
            return self.env._(
                "One of the computers could not be imported. Each of them now has a "
                "separate job. (%s)",
                errors.describe(error),
            )
        # locked by another job, too large, or no longer in OCS
        separate = [each for each in external_ids if each not in computers]
        self._enqueue(separate, force)
        return self.env._(
            "%(imported)s of %(all)s computers imported, %(left)s enqueued separately.",
            imported=sum(each.is_imported for each in imports),
            all=len(external_ids),
            left=len(separate),
        )

    def read_computers(self, external_ids):
        """Lock and read the computers that can be imported in this job.

        :param external_ids: list of int (hardware.ID)
        :return: dict {hardware.ID: nested dict}
        """
        locked = self.model._lock(self.backend_record, external_ids)
        large = self.backend_adapter.find_large(sorted(locked))
        return self.backend_adapter.read_many(sorted(locked - large))

    def import_all(self, computers, force):
        """Import the computers that were read.

        :return: list of :class:`.lib.computer_import.ComputerImport`, after the import
        """
        importer = self.component(usage="record.importer")
        imports = importer.start(computers, force)
        for group in self._groups(imports):
            importer.import_together(group)
        self.env["ocs.import.run.line"]._settle([each.line for each in imports])
        return imports

    def _groups(self, imports):
        """Yield lists of computers that can be imported together, in their order.

        The result is the same as one after the other if a computer is related neither
        to another one of the chunk nor to any existing record but its own. No computer
        gets the asset that another one of the chunk has just got, so that only serial
        numbers and monitors relate them.
        """
        lookups, together, seen = self._lookups(), [], set()
        planned = [(each, *self._plan(each, lookups)) for each in imports]
        for each, is_separate, claims in planned:
            if is_separate or not seen.isdisjoint(claims):
                yield from filter(None, [together])
                together = []
                each.look_up_alone()
                yield [each]
            else:
                together.append(each)
            seen |= claims
        yield from filter(None, [together])

    def _plan(self, computer_import, lookups):
        """Return whether a computer is to be imported separately, and what it claims.

        :return: bool, set of str
        """
        is_separate = self._is_unclear(computer_import) or any(
            lookup.conflicts(computer_import) for lookup in lookups
        )
        claims = (lookup.claims(computer_import) for lookup in lookups)
        return is_separate, set().union(*claims)

    def _is_unclear(self, computer_import):
        """Return whether the import handles more than the values of the asset."""
        binding = computer_import.binding
        is_skipped = eligibility.exclusion(computer_import.computer)
        is_removed = binding.removed_since or binding.removal_action
        return bool(
            is_skipped or computer_import.issue or is_removed or binding.is_conflicting
        )

    def _enqueue(self, external_ids, force):
        """Enqueue a separate job for each computer."""
        run = self.model._current_run()
        for external_id in external_ids:
            self.model._enqueue_import(
                self.backend_record, external_id, force=force, run=run
            )
