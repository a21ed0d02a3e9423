# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Acknowledgement of the changes that have arrived in Odoo."""

from collections import defaultdict

from odoo.addons.connector_ocs.lib.fingerprints import changed_sections
from odoo.addons.connector_ocs.models.ocs_computer_state import UP_TO_DATE

#: Changes read at once; several may belong to one computer.
CHANGES_BATCH = 1000


class ChangeAcknowledger:
    """Acknowledger of the changes of OCS that have arrived in Odoo.

    A change is acknowledged when its computer is in Odoo as it is in OCS, or on the
    list of computers that are not imported; having read the change is not enough. So
    all its consequences are committed before, whatever failed in between. Changes since
    the run compared the computers with each other are left to the next run, even if
    their computers were imported: they may concern other computers, too. Runs in a
    transaction that has written nothing.

    :param work: work context of ``ocs.computer.binding``
    """

    def __init__(self, work):
        self.env = work.env
        self._work = work
        self._backend = work.collection
        self._log = work.component(usage="change.log", model_name="ocs.backend")
        self._computers = work.component(usage="backend.adapter")

    def run(self):
        """Acknowledge all processed changes, batch by batch.

        :return: int, number of acknowledged changes
        """
        count, last_id = self._work.run.change_log_range or (0, 0)
        # a transaction that started earlier may be committed later, with lower IDs
        if self._log.pending_range(last_id)[0] > count:
            return 0
        acknowledged, after_id = 0, 0
        while changes := self._pending(after_id, last_id):
            after_id = changes[-1].id
            processed = self._processed({change.external_id for change in changes})
            acknowledged += self._log.acknowledge(
                change.id for change in changes if change.external_id in processed
            )
            self.env.invalidate_all()
        return acknowledged

    def _pending(self, after_id, last_id):
        changes = self._log.pending(after_id, CHANGES_BATCH)
        return [change for change in changes if change.id <= last_id]

    def purge(self):
        """Delete acknowledged changes after their retention time."""
        self._log.purge(self._backend.change_log_retention)

    def _processed(self, external_ids):
        """Return the computers that need not be scanned again.

        :param external_ids: set of int or None, the computers of some changes
        :return: subset of ``external_ids``
        """
        known = sorted(each for each in external_ids if each)
        # OCS is read after its changes, and Odoo as of the start of this transaction:
        # if both are equal, Odoo has every one of these changes, committed
        rows = {each.external_id: each for each in self._computers.scan_ids(known)}
        missing = external_ids - rows.keys()
        unknown = self._log.without_computer(missing)
        bindings = self._by_external_id(self._work.model, known)
        issues = self._by_external_id(self.env["ocs.import.issue"], [*known, 0])
        processed = set()
        for external_id in external_ids:
            binding, issue = bindings[external_id or 0], issues[external_id or 0]
            row = rows.get(external_id)
            if row:
                is_processed = self._is_processed(row, binding, issue)
            elif external_id in unknown and not binding:
                is_processed = bool(issue)
            else:
                is_processed = self._is_removal_processed(binding, issue)
            if is_processed:
                processed.add(external_id)
        return processed

    def _is_processed(self, row, binding, issue):
        """Return whether Odoo is up to date with a computer that OCS has."""
        if row.exclusion:
            is_handled = not binding or binding.removal_action
            return is_handled and issue.reason == row.exclusion
        if issue._is_ignored() and not binding:
            return True
        # skipped until the computer changes again
        if issue.reason in ("failed", *issue._skip_reasons()):
            return issue.digests == row.digests and not issue.import_request
        if not binding or issue or binding.import_state not in UP_TO_DATE:
            return False
        return not changed_sections(binding.digests, row.digests)

    def _is_removal_processed(self, binding, issue):
        """Return whether a computer that OCS does not have was handled."""
        if not binding or binding.removal_action:
            return True
        return issue.reason == "failed" and binding.removed_since

    def _by_external_id(self, model, external_ids):
        """Return the records: dict {external ID: record}, empty records by default."""
        records = model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self._backend.id),
                ("external_id", "in", external_ids),
            ]
        )
        found = defaultdict(model.browse)
        found.update((record.external_id, record) for record in records)
        return found
