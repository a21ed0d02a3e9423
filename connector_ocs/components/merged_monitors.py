# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsMonitorImporter(Component):
    """Monitors that were merged are one, whatever OCS calls them."""

    _inherit = "ocs.monitor.importer"

    def _keyed(self, computer, monitors):
        keyed = super()._keyed(computer, monitors)
        aliases = self.env["ocs.asset.alias"]._find(
            self.backend_record, "monitor", list(keyed)
        )
        for key, alias in aliases.items():
            keyed.setdefault(alias._binding().external_id, keyed.pop(key))
        return keyed
