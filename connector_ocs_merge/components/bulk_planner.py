# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.lib.monitors import monitor_values


class OcsChunkPlanner(Component):
    """Planner that imports computers with merged assets or monitors separately."""

    _inherit = "ocs.chunk.planner"

    def _has_conflicts(self, importer):
        if super()._has_conflicts(importer):
            return True
        return bool(self.prefetched.get("alias", importer.external_id))

    def _has_monitor_of_others(self, importer):
        if super()._has_monitor_of_others(importer):
            return True
        monitors = monitor_values(importer.computer.get("monitors", ()))
        keys = self._identifier.usable_keys(importer.external_id, monitors)
        return any(self.prefetched.get("monitor alias", key) for key in keys)
