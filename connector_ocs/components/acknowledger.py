# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.fingerprints import changed_sections
from .change_log_batch_importer import CHANGES_PAGE


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
        while changes := self._log.pending(after_id, CHANGES_PAGE):
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
        sightings = self.backend_adapter.scan_ids(known)
        settled = {each.external_id for each in sightings if self._is_settled(each)}
        missing = external_ids - {each.external_id for each in sightings}
        unknown = self._log.without_computer(missing)
        return settled | {each for each in missing if self._is_over(each, unknown)}

    def _is_settled(self, sighting):
        """Whether Odoo knows all there is to know of a computer that OCS has."""
        binding = self.binder.to_internal(sighting.external_id)
        issue = self._issue(sighting.external_id)
        if sighting.exclusion:
            is_dealt_with = not binding or binding.gone_action
            return is_dealt_with and issue.reason == sighting.exclusion
        if issue.reason == "failed":  # set aside, until it changes again
            return issue.digests == sighting.digests
        if not binding or issue or binding.gone_since or binding.gone_action:
            return False
        return not changed_sections(binding.digests, sighting.digests)

    def _is_over(self, external_id, unknown):
        """Whether a computer that OCS does not have is dealt with."""
        if external_id in unknown or not external_id:
            return bool(self._issue(external_id or 0))
        binding = self.binder.to_internal(external_id)
        if not binding or binding.gone_action:
            return True
        return self._issue(external_id).reason == "failed" and binding.gone_since

    def _issue(self, external_id):
        return self.env["ocs.import.issue"]._find(self.backend_record, external_id)

    @property
    def _log(self):
        return self.component(usage="change.log", model_name="ocs.backend")
