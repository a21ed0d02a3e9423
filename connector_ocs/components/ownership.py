# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo.addons.component.core import Component


class OcsOwnership(Component):
    """Keeps an import off the fields of an asset that are not OCS's.

    What OCS says of them is remembered on the binding all the same, and what an
    import wrote last: an asset that holds something else was edited by a person.
    """

    _name = "ocs.ownership"
    _inherit = ["ocs.base"]
    _apply_on = ["ocs.computer.binding", "ocs.monitor.binding"]
    _usage = "ownership"

    def settle(self, binding, values):
        """Leave out what is not for this import to write.

        :param binding: binding, empty when it is to be created
        :param values: dict of the binding's fields, what OCS says; with odoo_id for
            a new binding of an asset that exists already
        :return: dict to write, with ``ocs_says`` and ``ocs_wrote``
        """
        asset = self._asset(binding, values)
        says = {
            name: asset._ocs_plain(name, value)
            for name, value in values.items()
            if name in self._owners
        }
        if not says:
            return values
        kept = {
            name
            for name, said in says.items()
            if self._is_kept(asset, name, self._memory(binding), said)
        }
        written = {name: said for name, said in says.items() if name not in kept}
        # an import always names its asset; other writes are about a few fields
        before = {} if "name" in values else binding.ocs_says or {}
        return {
            **{name: value for name, value in values.items() if name not in kept},
            "ocs_says": {**before, **says},
            "ocs_wrote": {**self._memory(binding), **written},
        }

    def keeps(self, binding, name):
        """Whether an import leaves a field of the asset as it is.

        :param binding: binding, empty when it is to be created
        """
        return self._is_kept(self._asset(binding, {}), name, self._memory(binding))

    def _asset(self, binding, values):
        """:return: maintenance.equipment, empty when it is to be created"""
        asset_id = binding.odoo_id.id or values.get("odoo_id")
        # without language: as an import reads and writes it
        return (
            self.env["maintenance.equipment"].with_context(lang=None).browse(asset_id)
        )

    def _memory(self, binding):
        """What imports wrote last to the fields that are not plainly OCS's."""
        memory = binding.ocs_wrote or {}
        return {name: value for name, value in memory.items() if name in self._owners}

    def _is_kept(self, asset, name, memory, said=None):
        if not asset or name not in self._owners:
            return False
        if self._owners[name] == "odoo":
            return True
        return asset._ocs_is_edited(name, memory, said)

    @cached_property
    def _owners(self):
        return self.backend_record._field_owners()
