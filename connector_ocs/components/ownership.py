# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo.addons.component.core import Component


class OcsOwnership(Component):
    """Ownership policy that protects the fields of an asset that OCS does not own.

    The binding stores the OCS values of these fields all the same, and the last
    imported values: if the asset has a different value, a user edited it.
    """

    _name = "ocs.ownership"
    _inherit = ["ocs.base"]
    _apply_on = ["ocs.computer.binding", "ocs.monitor.binding"]
    _usage = "ownership"

    def filter_values(self, binding, values):
        """Remove the values that the import must not write.

        :param binding: binding, empty if it is to be created
        :param values: dict of the binding's fields, all values from OCS; with odoo_id
            for a new binding of an existing asset
        :return: dict to write, with ``ocs_values`` and ``last_imported_values``
        """
        asset = self._asset(binding, values)
        reported = {
            name: asset._ocs_plain(name, value)
            for name, value in values.items()
            if name in self._recorded
        }
        if not reported:
            return values
        imported = self._imported(asset, binding)
        protected = {
            name
            for name, value in reported.items()
            if self._is_protected(asset, name, imported, value)
        }
        written = {
            name: value for name, value in reported.items() if name not in protected
        }
        return {
            **{name: value for name, value in values.items() if name not in protected},
            "ocs_values": {
                name: value
                for name, value in reported.items()
                if self._owner(name) != "ocs"
            },
            "last_imported_values": {**imported, **written},
            "has_locked_fields": any(
                self._owner(name) == "until_edited" for name in protected
            ),
        }

    def is_protected(self, binding, name):
        """Return whether an import must not write a field of the asset.

        :param binding: binding, empty if it is to be created
        """
        asset = self._asset(binding, {})
        return self._is_protected(asset, name, self._imported(asset, binding))

    def _imported(self, asset, binding):
        """Return the last imported values of an asset.

        For the first import, values from archived backends are no edits, either.
        """
        if binding.last_imported_values or not asset:
            return binding.last_imported_values or {}
        others = self.model.with_context(active_test=False).search(
            [("odoo_id", "=", asset.id), ("backend_id.active", "=", False)]
        )
        imported = {}
        for other in others.sorted("id"):
            imported |= other.last_imported_values or {}
        return imported

    def _asset(self, binding, values):
        """:return: maintenance.equipment, empty if it is to be created"""
        return self._assets.browse(binding.odoo_id.id or values.get("odoo_id"))

    def _is_protected(self, asset, name, imported, ocs_value=None):
        if not asset or self._owner(name) == "ocs":
            return False
        if self._owner(name) == "odoo":
            return True
        return asset._ocs_is_edited(name, imported, ocs_value)

    def _owner(self, name):
        return self._owners.get(name, "ocs")

    @cached_property
    def _assets(self):
        # without a language, as an import reads and writes it
        return self.env["maintenance.equipment"].with_context(lang=None)

    @cached_property
    def _recorded(self):
        """Names of fields that users may edit, or fill where OCS has no value."""
        ownable = self._assets._ocs_ownable_fields()
        return ownable & (self._owners.keys() | self._assets._ocs_entered_fields())

    @cached_property
    def _owners(self):
        return self.backend_record._field_owners()
