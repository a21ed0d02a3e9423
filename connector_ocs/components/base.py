# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsBase(AbstractComponent):
    """Base of every component that works on an ``ocs.backend``."""

    _name = "ocs.base"
    _inherit = "base.connector"
    _collection = "ocs.backend"

    def _in_sequence(self, usage):
        """Return the components of a usage in order; other addons may add some."""
        components = self.many_components(usage=usage)
        return sorted(components, key=lambda component: component._sequence)

    def _lookups(self):
        """Return the components that search for what imports need."""
        registry = self.work.components_registry
        base = registry["ocs.lookup"]
        return [
            each(self.work.work_on(each.apply_on_models[0]))
            for each in registry.lookup(self.collection._name)
            if issubclass(each, base)
        ]
