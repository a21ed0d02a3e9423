# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.components.match_binding import REMOVED, Match


class OcsComputerMatcher(Component):
    """Matcher that also finds the assets into which computers were merged."""

    _inherit = "ocs.computer.matcher"

    def _match_new(self, external_ids):
        merged, external_ids = self._match_merged(external_ids)
        found = super()._match_new(external_ids)
        # the machine itself takes precedence over one that was merged into its asset
        taken = {match.binding for match in found.values()}
        return found | {
            external_id: match
            for external_id, match in merged.items()
            if match.binding not in taken
        }

    def _match_merged(self, external_ids):
        """Match the computers that a user merged into an asset.

        :return: dict as for ``match``, and the IDs that were not merged
        """
        aliases = self.env["ocs.asset.alias"]._find(
            self.backend_record, "computer", external_ids
        )
        ids = [alias.odoo_id.id for alias in aliases.values()]
        removed = self._search(REMOVED, ("odoo_id", "in", ids)).grouped("odoo_id")
        found = {}
        for external_id, alias in aliases.items():
            binding = removed.pop(alias.odoo_id.with_env(self.env), None)
            if binding:
                found[external_id] = Match(binding, alias._reason())
        return found, [each for each in external_ids if each not in aliases]
