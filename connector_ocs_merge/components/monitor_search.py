# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsMonitorSearch(Component):
    """Search that also finds the monitors into which others were merged."""

    _inherit = "ocs.monitor.search"

    def conflicts(self, computer_import):
        if super().conflicts(computer_import):
            return True
        keys = self.usable_keys(computer_import)
        known = self.find(computer_import, keys)
        return any(key != binding.external_id for key, binding in known.items())

    def _by_key(self, keys):
        found = super()._by_key(keys)
        unknown = [key for key, binding in found.items() if not binding]
        aliases = self.env["ocs.asset.alias"]._find(
            self.backend_record, "monitor", unknown
        )
        merged = {key: alias._binding() for key, alias in aliases.items()}
        return {**found, **merged}
