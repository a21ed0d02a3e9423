# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models, tools
from odoo.models import MAGIC_COLUMNS
from odoo.tools import format_date, format_datetime, html2plaintext

#: Types whose values cannot be compared with each other.
INCOMPARABLE_TYPES = frozenset(
    ("binary", "image", "one2many", "properties", "properties_definition")
)

#: Fields that other parts of an import rely on.
NOT_OWNABLE = frozenset((*MAGIC_COLUMNS, "active", "computer_id"))

#: Fields that users empty on purpose: all companies see an asset without company.
DELIBERATELY_EMPTY = frozenset(("company_id",))


class MaintenanceEquipmentOwnership(models.AbstractModel):
    """Fields of assets that users may edit, and their reset to the OCS value."""

    _name = "maintenance.equipment.ownership"
    _description = "Edited Fields of Assets (abstract)"

    ocs_field_differences = fields.Json(
        string="Not Overwritten by OCS",
        compute="_compute_ocs_field_differences",
        groups="connector_ocs.group_ocs_user",
    )
    ocs_locked_labels = fields.Char(
        string="Locked Fields",
        compute="_compute_ocs_field_differences",
        groups="connector_ocs.group_ocs_user",
    )

    # write_date: any field may be compared
    @api.depends(
        "write_date",
        "ocs_bind_ids.backend_id.active",
        "ocs_bind_ids.ocs_values",
        "ocs_bind_ids.last_imported_values",
        "ocs_monitor_bind_ids.backend_id.active",
        "ocs_monitor_bind_ids.ocs_values",
        "ocs_monitor_bind_ids.last_imported_values",
    )
    def _compute_ocs_field_differences(self):
        for asset in self:
            bindings = [*asset.ocs_bind_ids, *asset.ocs_monitor_bind_ids]
            rows = [
                {**row, "backend": len(bindings) > 1 and binding.backend_id.name}
                for binding in bindings
                for row in binding._field_differences()
            ]
            locked = dict.fromkeys(row["label"] for row in rows if row["is_locked"])
            asset.ocs_field_differences = rows
            asset.ocs_locked_labels = ", ".join(locked)

    def write(self, vals):
        result = super().write(vals)
        if not self._ocs_fields_to_compare().isdisjoint(vals):
            # sudo: whoever edits an asset, the lists of OCS computers show it
            assets = self.sudo()
            assets.ocs_bind_ids._update_has_locked_fields()
            assets.ocs_monitor_bind_ids._update_has_locked_fields()
        return result

    def _ocs_fields_to_compare(self):
        """Return the fields that a write may lock or unlock.

        :return: set of names: all that users may edit; if an import writes, only those
            with an ownership
        """
        backend_id = self.env.context.get("ocs_imported_from")
        if not backend_id:
            return self._ocs_ownable_fields()
        # sudo: the ownership of fields is no secret
        backend = self.env["ocs.backend"].sudo().browse(backend_id)
        return backend._settings().ownership_fields

    @api.model
    def _ocs_is_ownable(self, name):
        """Return whether a field can belong to Odoo: it is editable and comparable."""
        return name in self._ocs_ownable_fields()

    @api.model
    @tools.ormcache()
    def _ocs_ownable_fields(self):
        """Return the names of the fields that can belong to Odoo.

        :return: frozenset
        """
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.store
            and not field.related
            and not (field.compute and field.readonly)
            and field.type not in INCOMPARABLE_TYPES
            and name not in NOT_OWNABLE
        )

    @api.model
    @tools.ormcache()
    def _ocs_entered_fields(self):
        """Return the names of the ownable fields that were not added for inventories.

        :return: frozenset
        """
        return frozenset(
            name
            for name in self._ocs_ownable_fields()
            if not self._ocs_is_inventory_field(self._fields[name])
        )

    def _ocs_edited_fields(self):
        """Return the names of the edited fields, locked or belonging to Odoo."""
        bindings = [*self.ocs_bind_ids, *self.ocs_monitor_bind_ids]
        return [name for binding in bindings for name in binding._edited_fields()]

    def _ocs_imported_fields(self):
        """Return the names of the fields that still hold the last imported value."""
        bindings = [*self.ocs_bind_ids, *self.ocs_monitor_bind_ids]
        return {
            name
            for binding in bindings
            for name, value in (binding.last_imported_values or {}).items()
            if self._ocs_is_ownable(name) and self._ocs_current(name) == [value]
        }

    def _ocs_is_edited(self, name, imported, ocs_value=None):
        """Return whether a user gave a field its value.

        :param name: field of an existing asset
        :param imported: dict {field: last imported value}; a field that is not in it
            was never imported
        :param ocs_value: value that OCS reports now; it needs no protection
        """
        current = self._ocs_current(name)
        if ocs_value is not None and current == [ocs_value]:
            return False
        if name not in imported:
            return self._ocs_is_chosen(name, current) or name in DELIBERATELY_EMPTY
        value = imported[name]
        return current != [value] and not self._ocs_refers_to_deleted(name, value)

    def _ocs_is_chosen(self, name, current):
        """Return whether a user entered a value that no import wrote.

        A required selection holds its default at first.
        """
        is_default = self._fields[name].type == "selection" and current == [
            self.default_get([name]).get(name)
        ]
        return any(current) and not is_default

    def _ocs_refers_to_deleted(self, name, value):
        """Return whether a field is empty because its record was deleted."""
        field = self._fields[name]
        if self[name] or not value or field.type != "many2one":
            return False
        # sudo: records that the user cannot see exist, too
        return not self.env[field.comodel_name].sudo().browse(value).exists()

    def _ocs_drop_translations(self, name):
        """Give a field the same value in every language."""
        languages = self.env["res.lang"].get_installed()
        others = {code: False for code, _name in languages if code != "en_US"}
        self.update_field_translations(name, others)

    def _ocs_current(self, name):
        """Return the value of a field, and differing values in other languages.

        :return: list of values in the form of ``_ocs_plain``
        """
        self.ensure_one()
        # imports run without a language anyway
        has_none = self.env.context.get("lang", "") is None
        asset = self if has_none else self.with_context(lang=None)
        values = [asset._ocs_plain(name, asset[name])]
        if not self._fields[name].translate:
            return values
        installed = dict(self.env["res.lang"].get_installed())
        if len(installed) > 1:
            stored = self._fields[name]._get_stored_translations(asset) or {}
            for lang, value in stored.items():
                if lang in installed and (value or False) not in values:
                    values.append(value or False)
        return values

    def _ocs_plain(self, name, value):
        """Return a value in a form that JSON can hold, to compare and to write.

        :param value: as for write, or the field's own
        """
        cached = self._fields[name].convert_to_cache(value, self)
        if isinstance(cached, tuple):
            return sorted(cached)
        if self._fields[name].type == "datetime":
            return fields.Datetime.to_string(cached)
        if self._fields[name].type == "date":
            return fields.Date.to_string(cached)
        return cached or False

    def _ocs_describe(self, name, value):
        """Return a value as text for users.

        :param value: as returned by ``_ocs_plain``
        :return: text, empty for no value
        """
        field = self._fields[name]
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if value is False:
            return ""
        if field.relational:
            return self._ocs_describe_records(field, value)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "datetime":
            return format_datetime(self.env, value)
        return html2plaintext(value) if field.type == "html" else str(value)

    def _ocs_describe_records(self, field, value):
        ids = value if isinstance(value, list) else [value]
        # sudo: as forms show the names of related records
        records = self.env[field.comodel_name].sudo().browse(ids)
        names = records.exists().mapped("display_name")
        if len(names) < len(records):
            names.append(self.env._("a deleted record"))
        return ", ".join(names)
