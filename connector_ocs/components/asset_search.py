# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.fields import Domain

from odoo.addons.component.core import Component

#: Fields of the asset by field of the binding; only the binding has a device ID.
ASSET_FIELDS = {
    "ocs_serial": "serial_no",
    "board_serial": "board_serial",
    "hardware_uuid": "hardware_uuid",
    "mac_addresses": "mac_addresses",
    "name": "name",
}

#: Fields of a binding whose value its asset lacks, at least in some cases.
BINDING_FIELDS = ("device_id", "ocs_serial")


class OcsAssetSearch(Component):
    """Search for assets that share a value with computers without binding.

    Searches the assets of the backend's company or of none, and the bindings whose
    computer the backend does not have.
    """

    _name = "ocs.asset.search"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "asset.search"

    def keys(self, identity):
        """Return the fields that identify a computer, in the order of the keys.

        :param identity: dict {field of a binding: value}
        """
        blacklist = self.backend_record._blacklist()
        return [
            key
            for key in self.backend_record._matching_fields()
            if not blacklist.is_blacklisted(key, identity[key])
        ]

    def find(self, identity):
        """Return the assets that share a value with a computer.

        :param identity: dict {field of a binding: value}
        :return: maintenance.equipment, including archived ones
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
        found = self._assets.search(Domain.OR(by_asset) & self._candidate_domain)
        bindings = self._bindings.search(Domain.OR(by_binding) & self._absent_domain)
        return found | bindings.odoo_id

    def find_many(self, computers):
        """Return the same as :meth:`find` for many computers, in a few searches.

        :param computers: list of nested dict, each with its hardware.ID under
            "external_id"
        :return: dict {external ID: list of IDs of the assets}
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
        """Yield pairs of a value and an asset that has it."""
        if key in ASSET_FIELDS:
            field = ASSET_FIELDS[key]
            domain = Domain(field, "in", values) & self._candidate_domain
            for asset in self._assets.search_fetch(domain, [field]):
                yield asset[field], asset
        if key in BINDING_FIELDS:
            domain = Domain(key, "in", values) & self._absent_domain
            for binding in self._bindings.search_fetch(domain, [key, "odoo_id"]):
                yield binding[key], binding.odoo_id

    @property
    def _assets(self):
        return self.env["maintenance.equipment"].with_context(active_test=False)

    @property
    def _bindings(self):
        return self.model.with_context(active_test=False)

    @property
    def _candidate_domain(self):
        """Return the domain of assets that may be a computer of this OCS."""
        return Domain("company_id", "in", [self.backend_record.company_id.id, False])

    @property
    def _absent_domain(self):
        """Return the domain of bindings whose computer this OCS does not have."""
        mine = Domain("backend_id", "=", self.backend_record.id)
        return ~(mine & Domain("removed_since", "=", False))

    def _spellings(self, value):
        """Return the ways in which users may have typed a value; all use an index."""
        return list({value, value.upper(), value.lower()})
