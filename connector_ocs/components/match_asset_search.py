# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict
from functools import cached_property

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
    _inherit = "ocs.lookup"
    _apply_on = "ocs.computer.binding"
    _usage = "asset.search"

    def keys(self, computer_import):
        """Return the fields that identify a computer, in the order of the keys.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        """
        matching_fields = self.backend_record._matching_fields()
        return [key for key in matching_fields if key in computer_import.normal_forms]

    def find(self, computer_import):
        """Return the assets that share a value with a computer.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        :return: maintenance.equipment, including archived ones
        """
        return self._look_up(computer_import, self._search_assets)

    def conflicts(self, computer_import):
        return bool(not computer_import.binding and self.find(computer_import))

    def find_bindings(self, key, values):
        """Return the bindings of this OCS with one of the values, in any spelling.

        :param key: field of a binding; for MAC addresses, one of them is enough
        :param values: list of str, not blacklisted
        """
        mine = Domain("backend_id", "=", self.backend_record.id)
        return self._bindings.search(mine & spelled_like(key, values))

    def _search_assets(self, imports):
        """Search for the assets of several computers, none for those with a binding."""
        wanted = [[] if each.binding else self.keys(each) for each in imports]
        values = defaultdict(set)
        for each, keys in zip(imports, wanted, strict=True):
            for key in keys:
                values[key].add(each.identity[key])
        found = self._assets_by_form(values) if values else {}
        return [
            self._having(each, keys, found)
            for each, keys in zip(imports, wanted, strict=True)
        ]

    def _having(self, computer_import, keys, found):
        """Return the assets with a value of one computer.

        :param found: see ``_assets_by_form``
        """
        none, forms = self._assets.browse(), computer_import.normal_forms
        assets = (found.get((key, forms[key]), none) for key in keys)
        return none.union(*assets).sorted("id")

    def _assets_by_form(self, values):
        """Return the assets with one of the values.

        :param values: dict {key: collection of str}
        :return: dict {(key, normal forms of a value): maintenance.equipment}
        """
        found = {}
        for key, value, asset in (*self._by_asset(values), *self._by_binding(values)):
            form = key, self._forms(key, value)
            found[form] = found.get(form, asset.browse()) | asset
        return found

    def _by_asset(self, values):
        """Yield key, value and asset of those that have a value themselves."""
        fields = {key: ASSET_FIELDS[key] for key in values if key in ASSET_FIELDS}
        domain = Domain.OR(
            spelled_like(field, values[key]) for key, field in fields.items()
        )
        domain &= self._candidate_domain
        for asset in self._assets.search_fetch(domain, list(fields.values())):
            for key, field in fields.items():
                yield key, asset[field], asset

    def _by_binding(self, values):
        """Yield key, value and asset of those whose binding has a value."""
        keys = [key for key in BINDING_FIELDS if key in values]
        domain = Domain.OR(spelled_like(key, values[key]) for key in keys)
        domain &= self._absent_domain
        for binding in self._bindings.search_fetch(domain, [*keys, "odoo_id"]):
            for key in keys:
                yield key, binding[key], binding.odoo_id

    def _forms(self, key, value):
        """Return the normal forms of a value: frozenset, several of MAC addresses."""
        return frozenset(self._blacklist.normal_forms(key, value or ""))

    @cached_property
    def _blacklist(self):
        return self.backend_record._blacklist()

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
