# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.models import MAGIC_COLUMNS

from odoo.addons.component.core import Component

from ..lib import hardware

#: What a component is a part of, and which: no value of OCS.
_OWN = frozenset({"equipment_id", "kind"})


class OcsHardwareImporter(Component):
    """Makes the components of a computer what OCS says.

    OCS gives new ids to the rows of a section at every inventory, so components are
    compared as values, equal ones each on its own: two modules of memory stay two.
    """

    _name = "ocs.hardware.importer"
    _inherit = "ocs.children.importer"

    def run(self, binding, computer):
        self.run_many([(binding, computer)])

    def run_many(self, pairs):
        missing = []
        for binding, computer in pairs:
            obsolete, new = self._compare(binding, computer)
            self.obsolete += obsolete
            missing += new
        self._components().create(missing)
        return [[] for _pair in pairs]

    def _compare(self, binding, computer):
        """Refresh what stays.

        :return: components that are gone, list of the values of new ones
        """
        parts = hardware.parts(computer)
        known = self._known(binding, list(parts))
        missing = [
            dict(values, kind=kind, equipment_id=binding.odoo_id.id)
            for kind, rows in parts.items()
            for values in rows
            if not self._refresh(known[kind, hardware.identity(values)], values)
        ]
        obsolete = [component.id for left in known.values() for component in left]
        return self._components().browse(obsolete), missing

    def _known(self, binding, kinds):
        """Components of the kinds that are imported.

        :return: dict {(kind, identity): list of records}
        """
        components = binding.odoo_id.component_ids.filtered(
            lambda component: component.kind in kinds
        )
        names = self._compared(components)
        known = defaultdict(list)
        for component in components:
            values = {name: component[name] for name in names}
            known[component.kind, hardware.identity(values)].append(component)
        return known

    def _compared(self, components):
        return [
            name
            for name, field in components._fields.items()
            if field.store and name not in hardware.VOLATILE.union(MAGIC_COLUMNS, _OWN)
        ]

    def _refresh(self, same, values):
        """Write what changes while a component stays the same one.

        :param same: list of components that are what OCS says; the first is taken
        :return: whether there was one
        """
        if not same:
            return False
        component = same.pop(0)
        differences = {
            name: values.get(name, False)
            for name in hardware.VOLATILE
            if (component[name] or False) != values.get(name, False)
        }
        if differences:
            component.write(differences)
        return True

    def _components(self):
        return self.env["maintenance.equipment.component"]
