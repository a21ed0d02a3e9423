# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent

from ..lib.prefetched import Prefetched

#: Of what is not imported by pages: nothing was looked up beforehand.
_NONE = Prefetched()


class OcsBase(AbstractComponent):
    """Ancestor of every component that works on an ``ocs.backend``."""

    _name = "ocs.base"
    _inherit = "base.connector"
    _collection = "ocs.backend"

    @property
    def prefetched(self):
        """What was searched for a whole chunk at once.

        :return: :class:`odoo.addons.connector_ocs.lib.prefetched.Prefetched`, empty
            for the import of a single computer
        """
        return getattr(self.work, "prefetched", _NONE)

    def _in_sequence(self, usage):
        """Components that other features and addons may add to."""
        components = self.many_components(usage=usage)
        return sorted(components, key=lambda component: component._sequence)
