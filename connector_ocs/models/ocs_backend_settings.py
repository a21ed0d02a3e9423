# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple
from uuid import uuid4

from odoo import Command, api, fields, models, tools

from ..lib.identity import Blacklist

#: Fields of a backend that :class:`ImportSettings` is built from.
SETTING_FIELDS = frozenset(
    (
        "alert_ids",
        "blacklisted_macs",
        "blacklisted_serials",
        "company_id",
        "matching_key_ids",
        "ownership_ids",
        "section_ids",
    )
)
#: Default values that assets get from their backend.
ASSET_DEFAULTS = frozenset(
    ("company_id", "computer_category_id", "monitor_category_id")
)


class ImportSettings(NamedTuple):
    """Settings of a backend that imports need, as values that a process can cache."""

    #: tables of OCS that are read: those of the sections, and hardware
    tables: frozenset
    #: {field of the asset: ownership}; any other field belongs to OCS
    owners: dict
    #: names of the fields with an ownership on any backend
    ownership_fields: frozenset
    #: binding fields that machines are matched by, in their order
    matching_fields: tuple
    #: codes of the selected alerts
    alert_codes: frozenset
    blacklist: Blacklist


class OcsBackendSettings(models.AbstractModel):
    """Settings that each process reads once, not once per import."""

    _name = "ocs.backend.settings"
    _description = "Settings of an OCS Backend (abstract)"

    settings_key = fields.Char(
        readonly=True,
        copy=False,
        help="Random key. It is renewed whenever a setting that imports depend on "
        "changes, so that no import uses outdated settings.",
    )
    ownership_ids = fields.One2many(
        "ocs.field.ownership",
        "backend_id",
        string="Field Ownership",
        default=lambda self: self._default_ownership(),
        copy=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        backends = super().create(vals_list)
        backends._renew_settings()
        return backends

    def write(self, vals):
        before = [tuple(backend[name] for name in ASSET_DEFAULTS) for backend in self]
        is_setting = not SETTING_FIELDS.isdisjoint(vals)
        # before: do not cache values that are checked and computed in between;
        # after: nor values that were read before the last field was written
        if is_setting:
            self._renew_settings()
        result = super().write(vals)
        for backend, values in zip(self, before, strict=True):
            if values != tuple(backend[name] for name in ASSET_DEFAULTS):
                backend._request_imports("settings")
        if is_setting:
            self._renew_settings()
        return result

    def unlink(self):
        result = super().unlink()
        # those of other backends may depend on this one, such as ``ownership_fields``
        self.env["ocs.setting"]._renew_ocs_settings()
        return result

    def _renew_settings(self):
        for backend in self:
            backend.settings_key = uuid4().hex

    def _settings(self):
        """Return the settings of this backend, as this transaction sees it.

        :return: :class:`ImportSettings`
        """
        self.ensure_one()
        if isinstance(self.id, int):
            return self._cached_settings()
        return self._read_settings()

    # The key is read with the backend, so that no transaction gets outdated or future
    # settings, neither while they change nor when the change is rolled back.
    @tools.ormcache("self.id", "self.settings_key")
    def _cached_settings(self):
        # sudo: the settings do not depend on the user
        backend = self.sudo().with_context(active_test=True)
        return backend._read_settings()

    def _read_settings(self):
        return ImportSettings(
            tables=self._find_tables(),
            owners=self._find_owners(),
            ownership_fields=self._find_ownership_fields(),
            matching_fields=self._find_matching_fields(),
            alert_codes=frozenset(self.alert_ids.mapped("code")),
            blacklist=self._find_blacklist(),
        )

    @api.model
    def _default_ownership(self):
        """Return the commands that create the lines of ``_default_owners``."""
        equipment = self.env["maintenance.equipment"]
        owners = self.env["ocs.field.ownership"]._default_owners()
        return [
            Command.create(
                {
                    "field_id": self.env["ir.model.fields"]
                    ._get(equipment._name, name)
                    .id,
                    "ownership": ownership,
                }
            )
            for name, ownership in owners.items()
            if equipment._ocs_is_ownable(name)
        ]

    def _complete_ownership(self):
        """Add missing default lines.

        Called when an update or another addon adds fields to ``_default_owners``.
        """
        for backend in self:
            known = backend.ownership_ids.field_id.ids
            backend.ownership_ids = [
                command
                for command in self._default_ownership()
                if command[2]["field_id"] not in known
            ]

    def _field_owners(self):
        """Return the owners of fields; any other field belongs to OCS.

        :return: dict {field: ownership}
        """
        return self._settings().owners

    def _find_owners(self):
        equipment = self.env["maintenance.equipment"]
        return {
            line.name: line.ownership
            for line in self.ownership_ids
            if equipment._ocs_is_ownable(line.name)
        }

    def _find_ownership_fields(self):
        owners = self.env["ocs.field.ownership"]._read_group([], ["name"])
        return frozenset(name for (name,) in owners)
