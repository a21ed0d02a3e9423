# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple
from uuid import uuid4

from odoo import api, fields, models, tools

from ..lib.identity import Blacklist

#: Fields of a backend that :class:`Settings` are made of.
SETTING_FIELDS = frozenset(
    (
        "account_field_ids",
        "alert_ids",
        "blacklisted_macs",
        "blacklisted_serials",
        "matching_key_ids",
        "ownership_ids",
        "section_ids",
    )
)


class Settings(NamedTuple):
    """What an import asks a backend for, as values that a process can keep."""

    #: tables of OCS that are read: those of the sections, and hardware
    tables: frozenset
    #: columns of accountinfo that are read besides TAG
    account_columns: tuple
    #: ids of the ocs.account.field that have a target, in their order
    mapped_field_ids: tuple
    #: {field of the asset: ownership}; what is not in it belongs to OCS
    owners: dict
    #: names of the fields that are on the list of any backend
    fields_of_people: frozenset
    #: fields of a binding that a machine is known by, the first one first
    matching_fields: tuple
    #: codes of the alerts that are chosen
    alert_codes: frozenset
    blacklist: Blacklist
    #: pairs of the id of an ocs.rule and its parsed conditions, in their order
    rules: tuple


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """What was set, read once in a process instead of once in each import."""

    _inherit = "ocs.backend"

    settings_key = fields.Char(
        readonly=True,
        copy=False,
        help="Another one after each change of what an import has to obey.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        backends = super().create(vals_list)
        backends._renew_settings()
        return backends

    def write(self, vals):
        if SETTING_FIELDS.isdisjoint(vals):
            return super().write(vals)
        # before: what is checked and computed in between must not be kept;
        # after: neither must what was read before the last field was written
        self._renew_settings()
        result = super().write(vals)
        self._renew_settings()
        return result

    def unlink(self):
        result = super().unlink()
        # a rule for this backend alone would be one for all of them
        self.env["ocs.setting"]._renew_ocs_settings()
        return result

    def _renew_settings(self):
        for backend in self:
            backend.settings_key = uuid4().hex

    def _settings(self):
        """:return: :class:`Settings` of this backend, as this transaction sees it"""
        self.ensure_one()
        if isinstance(self.id, int):
            return self._kept_settings()
        return self._read_settings()

    # The key is read with the backend, so that no transaction takes the settings of
    # another moment: neither while they change nor when the change is rolled back.
    @tools.ormcache("self.id", "self.settings_key")
    def _kept_settings(self):
        # sudo: what an import obeys does not depend on who looks at it
        backend = self.sudo().with_context(active_test=True)
        return backend._read_settings()

    def _read_settings(self):
        mapped = self._find_mapped_fields()
        return Settings(
            tables=self._find_tables(),
            account_columns=self._find_account_columns(mapped),
            mapped_field_ids=tuple(mapped.ids),
            owners=self._find_owners(),
            fields_of_people=self._find_fields_of_people(),
            matching_fields=self._find_matching_fields(),
            alert_codes=frozenset(self.alert_ids.mapped("code")),
            blacklist=self._find_blacklist(),
            rules=self.env["ocs.rule"]._find_rules(self),
        )
