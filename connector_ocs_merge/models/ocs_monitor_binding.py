# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class OcsMonitorBinding(models.Model):
    """Binding whose monitor is merged with the one that already has its new key."""

    _inherit = "ocs.monitor.binding"

    def _change_key(self, key):
        """Change the key, and merge the monitor that already has it into this one.

        Both are the same monitor. The older asset is kept, with its history.
        """
        equal = self._search_keys(self.backend_id, "=", key)
        if not equal:
            return super()._change_key(key)
        kept, newer = (self.odoo_id | equal.odoo_id).sorted("id")
        if kept.company_id == newer.company_id:
            # no import moves anything to another company
            self._merge(kept, newer, key)
        return None

    def _merge(self, kept, newer, key):
        """Merge the assets of two monitors, and give the key to the kept one."""
        backend, former = self.backend_id, self.external_id
        self.env["ocs.asset.merge"]._merge_automatically(kept, newer)
        # the merge may have kept the binding with the former key
        aliases = self.env["ocs.asset.alias"]._find(backend, "monitor", [key])
        for alias in aliases.values():
            alias._binding().external_id = key
            alias.external_id = former
