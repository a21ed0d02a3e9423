# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsMonitorSerials(Component):
    """Registry that finds the monitors into which others were merged."""

    _inherit = "ocs.monitor.serials"

    def _bindings(self, values):
        found, backend = super()._bindings(values), self.backend_record
        aliases = self.env["ocs.asset.alias"]._find(backend, "monitor", list(values))
        own = {key for key, each in found.items() if each.backend_id == backend}
        merged = {
            value: alias._binding()
            for value, alias in aliases.items()
            if value not in own
        }
        return {**found, **merged}
