# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.addons.component.core import Component

from ..lib.fingerprints import changed_sections
from ..models.ocs_import_issue import SKIP_REASONS
from .change_log_detector import CHANGES_BATCH


class OcsAcknowledger(Component):
    """Acknowledges the changes of OCS that have arrived in Odoo.

    Not those that were read, but those whose computer is in Odoo as it is in OCS, or
    on the list of what is not imported: so a change can only be acknowledged when all
    that follows from it is committed, whatever failed in between. It runs in a
    transaction that has written nothing.
    """

    _name = "ocs.acknowledger"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "acknowledger"

    def run(self):
        """Acknowledge what can be, page by page.

        :return: int, changes acknowledged
        """
        acknowledged, after_id = 0, 0
        while changes := self._log.pending(after_id, CHANGES_BATCH):
            after_id = changes[-1].id
            settled = self._settled({change.external_id for change in changes})
            acknowledged += self._log.acknowledge(
                change.id for change in changes if change.external_id in settled
            )
            self.env.invalidate_all()
        return acknowledged

    def purge(self):
        """Delete changes that were acknowledged longer ago than they are kept."""
        self._log.purge(self.backend_record.change_log_retention)

    def _settled(self, external_ids):
        """Those of some computers that need not be looked at again."""
        known = sorted(each for each in external_ids if each)
        # OCS is read after its changes, and Odoo as this transaction found it: what is
        # equal has every one of these changes, committed
        rows = {each.external_id: each for each in self.backend_adapter.scan_ids(known)}
        missing = external_ids - rows.keys()
        unknown = self._log.without_computer(missing)
        bindings = self._by_external_id(self.model, known)
        issues = self._by_external_id(self.env["ocs.import.issue"], [*known, 0])
        settled = set()
        for external_id in external_ids:
            binding, issue = bindings[external_id or 0], issues[external_id or 0]
            row = rows.get(external_id)
            if row:
                is_settled = self._is_settled(row, binding, issue)
            elif external_id in unknown and not binding:
                is_settled = bool(issue)
            else:
                is_settled = self._is_over(binding, issue)
            if is_settled:
                settled.add(external_id)
        return settled

    def _is_settled(self, row, binding, issue):
        """Whether Odoo knows all there is to know of a computer that OCS has."""
        if row.exclusion:
            is_dealt_with = not binding or binding.removal_action
            return is_dealt_with and issue.reason == row.exclusion
        if issue._is_ignored() and not binding:
            return True
        if issue.reason in (
            "failed",
            *SKIP_REASONS,
        ):  # set aside, until it changes again
            return issue.digests == row.digests
        if not binding or issue or binding.removed_since or binding.removal_action:
            return False
        return not changed_sections(binding.digests, row.digests)

    def _is_over(self, binding, issue):
        """Whether a computer that OCS does not have is dealt with."""
        if not binding or binding.removal_action:
            return True
        return issue.reason == "failed" and binding.removed_since

    def _by_external_id(self, model, external_ids):
        """:return: dict {external id: record}; an empty record where there is none"""
        records = model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", external_ids),
            ]
        )
        found = defaultdict(model.browse)
        found.update((record.external_id, record) for record in records)
        return found

    @property
    def _log(self):
        return self.component(usage="change.log", model_name="ocs.backend")
