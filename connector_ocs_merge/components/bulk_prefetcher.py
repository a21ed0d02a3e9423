# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsChunkPrefetcher(Component):
    """Prefetcher that also searches for merged computers and monitors."""

    _inherit = "ocs.chunk.prefetcher"

    def prefetch(self, importers):
        result = super().prefetch(importers)
        new = [each.external_id for each in importers if not each.binding]
        self._note_aliases("alias", "computer", new)
        return result

    def _prefetch_keys(self, keys):
        result = super()._prefetch_keys(keys)
        self._note_aliases("monitor alias", "monitor", list(keys))
        return result

    def _note_aliases(self, name, kind, external_ids):
        aliases = self.env["ocs.asset.alias"]
        found = aliases._find(self.backend_record, kind, external_ids)
        ids = {external_id: alias.ids for external_id, alias in found.items()}
        self.prefetched.store(name, external_ids, ids)
