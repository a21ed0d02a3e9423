# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.components.filter_base import SkipReason


class OcsMergedFilter(Component):
    """Filter that skips computers whose asset was merged into another one."""

    _name = "ocs.merged.filter"
    _inherit = "ocs.import.filter"
    _sequence = 1

    def check(self, computer, binding):
        external_id = computer["external_id"]
        if binding or self.prefetched.has_none("alias", external_id):
            return None
        aliases = self.env["ocs.asset.alias"]._find(
            self.backend_record, "computer", [external_id]
        )
        if external_id not in aliases:
            return None
        return SkipReason("ignored", aliases[external_id]._explain())
