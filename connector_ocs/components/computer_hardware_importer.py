# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.models import MAGIC_COLUMNS

from odoo.addons.component.core import Component

from ..lib import hardware

#: Fields of a component that hold no value of OCS.
_OWN = frozenset({"equipment_id", "kind"})


class OcsHardwareImporter(Component):
    """Importer of the components of a computer.

    OCS gives new IDs to the rows of a section at every inventory, so components are
    compared by their values. Equal components are matched one by one: two equal memory
    modules stay two components.
    """

    _name = "ocs.hardware.importer"
    _inherit = "ocs.children.importer"

    def run(self, imports):
        missing = []
        for each in imports:
            obsolete, new = self._compare(each.binding, each.computer)
            each.obsolete += obsolete
            missing += new
        self._components().create(missing)

    def _compare(self, binding, computer):
        """Update the components that OCS still reports, and find the others.

        :return: components that OCS no longer reports, list of the values of new ones
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
        """Group the components of the imported kinds by what identifies them.

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
        """Update the volatile values of a component.

        :param same: list of components with the same identity; the first is taken off
            the list
        :return: bool, whether there was one
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
