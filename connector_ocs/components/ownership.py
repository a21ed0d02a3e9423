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
        :param values: dict of the binding's fields, all that OCS says; with odoo_id
            for a new binding of an asset that exists already
        :return: dict to write, with ``ocs_values`` and ``last_imported_values``
        """
        asset = self._asset(binding, values)
        stated = {
            name: asset._ocs_plain(name, value)
            for name, value in values.items()
            if self._is_remembered(asset, name)
        }
        if not stated:
            return values
        memory = binding.last_imported_values or {}
        kept = {
            name
            for name, ocs_value in stated.items()
            if self._is_kept(asset, name, memory, ocs_value)
        }
        written = {
            name: ocs_value for name, ocs_value in stated.items() if name not in kept
        }
        return {
            **{name: value for name, value in values.items() if name not in kept},
            "ocs_values": {
                name: ocs_value
                for name, ocs_value in stated.items()
                if self._owner(name) != "ocs"
            },
            "last_imported_values": {**memory, **written},
            "has_locked_fields": any(
                self._owner(name) == "until_edited" for name in kept
            ),
        }

    def keeps(self, binding, name):
        """Whether an import leaves a field of the asset as it is.

        :param binding: binding, empty when it is to be created
        """
        asset = self._asset(binding, {})
        return self._is_kept(asset, name, binding.last_imported_values or {})

    def _asset(self, binding, values):
        """:return: maintenance.equipment, empty when it is to be created"""
        return self._assets.browse(binding.odoo_id.id or values.get("odoo_id"))

    def _is_remembered(self, asset, name):
        """Whether people may edit a field, or fill it where OCS says nothing."""
        return name in self._ownable and (
            name in self._owners or asset._fields[name]._module != "connector_ocs"
        )

    def _is_kept(self, asset, name, memory, ocs_value=None):
        if not asset or self._owner(name) == "ocs":
            return False
        if self._owner(name) == "odoo":
            return True
        return asset._ocs_is_edited(name, memory, ocs_value)

    def _owner(self, name):
        return self._owners.get(name, "ocs")

    @cached_property
    def _assets(self):
        # without language: as an import reads and writes it
        return self.env["maintenance.equipment"].with_context(lang=None)

    @cached_property
    def _ownable(self):
        return self._assets._ocs_ownable_fields()

    @cached_property
    def _owners(self):
        return self.backend_record._field_owners()
