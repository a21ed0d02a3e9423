# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsMonitorIdentifier(Component):
    """Identifier that recognizes monitors whose assets were merged as one monitor."""

    _inherit = "ocs.monitor.identifier"

    def identify(self, computer, monitors):
        keyed, known = super().identify(computer, monitors)
        unknown = [
            key
            for key in keyed
            if key not in known and not self.prefetched.has_none("monitor alias", key)
        ]
        aliases = self.env["ocs.asset.alias"]._find(
            self.backend_record, "monitor", unknown
        )
        for key, alias in aliases.items():
            binding, monitor = alias._binding(), keyed.pop(key)
            if self._is_blacklisted(monitor["serial"]):
                monitor = {**monitor, "serial": binding.ocs_serial}
            keyed.setdefault(binding.external_id, monitor)
            known[binding.external_id] = binding
        return keyed, known
