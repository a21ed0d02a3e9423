# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsBase(AbstractComponent):
    """Base of every component that works on an ``ocs.backend``."""

    _name = "ocs.base"
    _inherit = "base.connector"
    _collection = "ocs.backend"

    @property
    def prefetched(self):
        """Return the results of the searches made for a whole chunk at once.

        :return: :class:`odoo.addons.connector_ocs.lib.prefetched.Prefetched`, empty
            for the import of a single computer
        """
        return self.work.prefetched

    def _in_sequence(self, usage):
        """Return the components of a usage in order; other addons may add some."""
        components = self.many_components(usage=usage)
        return sorted(components, key=lambda component: component._sequence)
