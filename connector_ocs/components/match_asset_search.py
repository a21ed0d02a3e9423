# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.component.core import Component

from ..lib.spellings import POSTGRESQL, simplified_spellings

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


def spelled_like(field, values):
    """Return the domain of records with a value in any spelling, which uses an index.

    A record with one of several MAC addresses is found, too.

    :param field: field of an asset or binding
    :param values: collection of str, not blacklisted
    :return: :class:`odoo.fields.Domain`
    """
    spellings = [
        each for value in values for each in simplified_spellings(field, value)
    ]
    if field not in POSTGRESQL:
        return Domain(field, "in", spellings)
    operator = SQL("&&" if field == "mac_addresses" else "= ANY")

    def to_sql(model, alias, query):
        column = model._field_to_sql(alias, field, query)
        return SQL("%s %s (%s)", SQL(POSTGRESQL[field], column), operator, spellings)

    return Domain.custom(to_sql=to_sql)


class OcsAssetSearch(Component):
    """Search for assets that share a value with computers without binding.

    Searches the assets of the backend's company or of none, and the bindings whose
    computer the backend does not have. Values are equal in any spelling.
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
        forms = {key: self._forms(key, identity[key]) for key in self.keys(identity)}
        by_asset = Domain.OR(
            spelled_like(field, [identity[key]])
            for key, field in ASSET_FIELDS.items()
            if key in forms
        )
        by_binding = Domain.OR(
            spelled_like(key, [identity[key]]) for key in BINDING_FIELDS if key in forms
        )
        assets = self._assets.search(by_asset & self._candidate_domain)
        bindings = self._bindings.search(by_binding & self._absent_domain)
        return bindings.odoo_id | assets.filtered(
            lambda asset: any(
                self._forms(key, asset[field]) == forms.get(key)
                for key, field in ASSET_FIELDS.items()
            )
        )

    def find_bindings(self, key, values):
        """Return the bindings of this OCS with one of the values, in any spelling.

        :param key: field of a binding; for MAC addresses, one of them is enough
        :param values: list of str, not blacklisted
        """
        mine = Domain("backend_id", "=", self.backend_record.id)
        return self._bindings.search(mine & spelled_like(key, values))

    def find_many(self, computers):
        """Return the same as :meth:`find` for many computers, in a few searches.

        :param computers: list of nested dict, each with its hardware.ID under
            "external_id"
        :return: dict {external ID: list of IDs of the assets}
        """
        blacklist = self.backend_record._blacklist()
        wanted = defaultdict(lambda: defaultdict(list))
        for computer in computers:
            identity = blacklist.identity(computer)
            for key in self.keys(identity):
                wanted[key][identity[key]].append(computer["external_id"])
        found = defaultdict(list)
        for key, values in wanted.items():
            assets = self._find_by(key, list(values))
            for value, external_ids in values.items():
                for external_id in external_ids:
                    found[external_id] += assets[self._forms(key, value)]
        return found

    def _find_by(self, key, values):
        """Return the assets with one of the values of a key.

        :return: defaultdict {normal forms of a value: list of IDs}
        """
        found = defaultdict(list)
        if key in ASSET_FIELDS:
            field = ASSET_FIELDS[key]
            domain = spelled_like(field, values) & self._candidate_domain
            for asset in self._assets.search_fetch(domain, [field]):
                found[self._forms(key, asset[field])].append(asset.id)
        if key in BINDING_FIELDS:
            domain = spelled_like(key, values) & self._absent_domain
            for binding in self._bindings.search_fetch(domain, [key, "odoo_id"]):
                found[self._forms(key, binding[key])].append(binding.odoo_id.id)
        return found

    def _forms(self, key, value):
        """Return the normal forms of a value: frozenset, several of MAC addresses."""
        blacklist = self.backend_record._blacklist()
        return frozenset(blacklist.normal_forms(key, value or ""))

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
