# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.lib.identifiers import plain_serial


class OcsMonitorIdentifier(Component):
    """Identifier that recognizes monitors whose assets were merged as one monitor."""

    _inherit = "ocs.monitor.identifier"

    def identify(self, computer_import):
        keyed, known = super().identify(computer_import)
        merged = {key: each for key, each in known.items() if key != each.external_id}
        for key, binding in merged.items():
            monitor = keyed.pop(key)
            if not self._serials.value(monitor["serial"]):
                monitor = {**monitor, "serial": binding.ocs_serial or ""}
            keyed.setdefault(binding.external_id, monitor)
            known[binding.external_id] = binding
        return keyed, known

    def _is_taken(self, monitor, binding):
        """Return False for a merged monitor: its asset has the key of another one."""
        if binding and binding.external_id != plain_serial(monitor["serial"]):
            return False
        return super()._is_taken(monitor, binding)
