# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.fields import Domain

from odoo.addons.component.core import Component

#: Field of an asset behind those of a binding; the device id is the binding's alone.
ASSET_FIELDS = {
    "ocs_serial": "serial_no",
    "board_serial": "board_serial",
    "hardware_uuid": "hardware_uuid",
    "mac_addresses": "mac_addresses",
    "name": "name",
}

#: Fields of a binding that its asset does not have, or not always.
BINDING_FIELDS = ("device_id", "ocs_serial")


class OcsAssetSearch(Component):
    """Finds the assets that share a value with computers that have no binding.

    Among those of the backend's company, and of bindings whose computer the backend
    does not have.
    """

    _name = "ocs.asset.search"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "asset.search"

    def keys(self, identity):
        """Fields that a computer can be known by, in the order of the keys.

        :param identity: dict {field of a binding: value}
        """
        blacklist = self.backend_record._blacklist()
        return [
            key
            for key in self.backend_record._matching_fields()
            if not blacklist.is_blacklisted(key, identity[key])
        ]

    def find(self, identity):
        """Assets that share a value with one computer.

        :param identity: dict {field of a binding: value}
        :return: maintenance.equipment, archived ones too
        """
        spellings = {key: self._spellings(identity[key]) for key in self.keys(identity)}
        by_asset = [
            Domain(field, "in", spellings[key])
            for key, field in ASSET_FIELDS.items()
            if key in spellings
        ]
        by_binding = [
            Domain(key, "in", spellings[key])
            for key in BINDING_FIELDS
            if key in spellings
        ]
        found = self._assets.search(Domain.OR(by_asset) & self._ours)
        bindings = self._bindings.search(Domain.OR(by_binding) & self._absent)
        return found | bindings.odoo_id

    def find_for_many(self, computers):
        """The same for many computers, in a few searches.

        :param computers: list of nested dict, each with its hardware.ID under
            "external_id"
        :return: dict {external id: list of ids of the assets}
        """
        blacklist = self.backend_record._blacklist()
        spellings = defaultdict(lambda: defaultdict(set))
        for computer in computers:
            identity = blacklist.identity(computer)
            for key in self.keys(identity):
                for spelling in self._spellings(identity[key]):
                    spellings[key][spelling].add(computer["external_id"])
        found = defaultdict(list)
        for key, wanted in spellings.items():
            for value, asset in self._with_values(key, list(wanted)):
                for external_id in wanted.get(value, ()):
                    found[external_id].append(asset.id)
        return found

    def _with_values(self, key, values):
        """:return: pairs of a value and an asset that has it"""
        if key in ASSET_FIELDS:
            field = ASSET_FIELDS[key]
            domain = Domain(field, "in", values) & self._ours
            for asset in self._assets.search_fetch(domain, [field]):
                yield asset[field], asset
        if key in BINDING_FIELDS:
            domain = Domain(key, "in", values) & self._absent
            for binding in self._bindings.search_fetch(domain, [key, "odoo_id"]):
                yield binding[key], binding.odoo_id

    @property
    def _assets(self):
        return self.env["maintenance.equipment"].with_context(active_test=False)

    @property
    def _bindings(self):
        return self.model.with_context(active_test=False)

    @property
    def _ours(self):
        """Domain of the assets that a computer of this OCS may be."""
        return Domain("company_id", "in", [self.backend_record.company_id.id, False])

    @property
    def _absent(self):
        """Domain of the bindings whose computer this OCS does not have."""
        mine = Domain("backend_id", "=", self.backend_record.id)
        return ~(mine & Domain("removed_since", "=", False))

    def _spellings(self, value):
        """A value as people may have written it; each can be looked up in an index."""
        return list({value, value.upper(), value.lower()})
