# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.components.filter_base import SkipReason


class OcsMergedFilter(Component):
    """Filter that skips computers whose asset was merged into another one."""

    _name = "ocs.merged.filter"
    _inherit = ["ocs.import.filter", "ocs.lookup"]
    _sequence = 1

    def check(self, computer_import):
        if computer_import.binding:
            return None
        alias = self._look_up(computer_import, self._search_aliases)
        return SkipReason("ignored", alias._explain()) if alias else None

    def conflicts(self, computer_import):
        return bool(self._look_up(computer_import, self._search_aliases))

    def _search_aliases(self, imports):
        """Search for the aliases of computers, none for those with a binding."""
        aliases = self.env["ocs.asset.alias"]
        new = [each.external_id for each in imports if not each.binding]
        found = aliases._find(self.backend_record, "computer", new) if new else {}
        return [found.get(each.external_id, aliases) for each in imports]
