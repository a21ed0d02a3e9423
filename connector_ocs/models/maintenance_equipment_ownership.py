# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models, tools
from odoo.models import MAGIC_COLUMNS
from odoo.tools import format_date, format_datetime, html2plaintext

#: Their values do not compare as one with another.
UNFIT_TYPES = frozenset(
    ("binary", "image", "one2many", "properties", "properties_definition")
)

#: What other parts of an import count on, besides.
NEVER_OWNED = frozenset((*MAGIC_COLUMNS, "active", "computer_id"))

#: Fields for which "empty" is a choice: without company, all companies see the asset.
CHOSEN_EMPTY = frozenset(("company_id",))


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """Which fields of an asset a person edited after an import."""

    _inherit = "maintenance.equipment"

    ocs_field_differences = fields.Json(
        string="Not Overwritten by OCS",
        compute="_compute_ocs_field_differences",
        groups="connector_ocs.group_ocs_user",
    )
    ocs_locked_labels = fields.Char(
        string="Held",
        compute="_compute_ocs_field_differences",
        groups="connector_ocs.group_ocs_user",
    )

    # write_date: any field may be among those that are compared
    @api.depends(
        "write_date",
        "ocs_bind_ids.ocs_values",
        "ocs_bind_ids.last_imported_values",
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
        if not self._ocs_fields_of_people().isdisjoint(vals):
            # sudo: whoever edits an asset, the list of OCS computers shows it
            assets = self.sudo()
            assets.ocs_bind_ids._update_has_locked_fields()
            assets.ocs_monitor_bind_ids._update_has_locked_fields()
        return result

    def _ocs_fields_of_people(self):
        """Fields that people may hold: no other one has to be compared after a write.

        :return: set of names, all that they may edit unless an import writes
        """
        backend_id = self.env.context.get("ocs_imported_from")
        if not backend_id:
            return self._ocs_ownable_fields()
        # sudo: to whom a field belongs is no secret
        backend = self.env["ocs.backend"].sudo().browse(backend_id)
        return backend._settings().fields_of_people

    @api.model
    def _ocs_is_ownable(self, name):
        """Whether a field can belong to people: they can edit what is compared."""
        return name in self._ocs_ownable_fields()

    @api.model
    @tools.ormcache()
    def _ocs_ownable_fields(self):
        """:return: frozenset of the names of such fields"""
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.store
            and not field.related
            and not (field.compute and field.readonly)
            and field.type not in UNFIT_TYPES
            and name not in NEVER_OWNED
        )

    def _ocs_locked_fields(self):
        """Names of the fields that a person edited and no import overwrites."""
        bindings = [*self.ocs_bind_ids, *self.ocs_monitor_bind_ids]
        return [name for binding in bindings for name in binding._locked_fields()]

    def _ocs_edited_fields(self):
        """Those, and the fields that are left to people, if they edited them."""
        bindings = [*self.ocs_bind_ids, *self.ocs_monitor_bind_ids]
        return [name for binding in bindings for name in binding._edited_fields()]

    def _ocs_fields_as_written(self):
        """Names of the fields that hold what an import wrote last."""
        bindings = [*self.ocs_bind_ids, *self.ocs_monitor_bind_ids]
        return {
            name
            for binding in bindings
            for name, value in (binding.last_imported_values or {}).items()
            if self._ocs_is_ownable(name) and self._ocs_current(name) == [value]
        }

    def _ocs_is_edited(self, name, memory, ocs_value=None):
        """Whether a person gave a field its value.

        :param name: field of an asset that exists
        :param memory: dict {field: value that an import wrote last}; a field that
            is not in it was filled by no import
        :param said: what OCS says now; that needs no protection
        """
        current = self._ocs_current(name)
        if ocs_value is not None and current == [ocs_value]:
            return False
        if name not in memory:
            return self._ocs_is_chosen(name, current) or name in CHOSEN_EMPTY
        return current != [memory[name]] and not self._ocs_lost(name, memory[name])

    def _ocs_is_chosen(self, name, current):
        """Whether a value that no import wrote is a person's.

        A selection that has to hold something holds its default first.
        """
        is_default = self._fields[name].type == "selection" and current == [
            self.default_get([name]).get(name)
        ]
        return any(current) and not is_default

    def _ocs_lost(self, name, value):
        """Whether a field is empty because the record it referred to was deleted."""
        field = self._fields[name]
        if self[name] or not value or field.type != "many2one":
            return False
        # sudo: a record that the user may not see exists all the same
        return not self.env[field.comodel_name].sudo().browse(value).exists()

    def _ocs_drop_translations(self, name):
        """The value of a field is the same in every language."""
        languages = self.env["res.lang"].get_installed()
        others = {code: False for code, _name in languages if code != "en_US"}
        self.update_field_translations(name, others)

    def _ocs_current(self, name):
        """Value of a field, and those in other languages that differ.

        :return: list of values in the form of ``_ocs_plain``
        """
        self.ensure_one()
        # an import has no language anyway
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
        """A value as JSON holds it, which can be compared and written.

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
        """A value for people.

        :param value: as of ``_ocs_plain``
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
        # sudo: as any form shows the name of what a record refers to
        records = self.env[field.comodel_name].sudo().browse(ids)
        names = records.exists().mapped("display_name")
        if len(names) < len(records):
            names.append(self.env._("a deleted record"))
        return ", ".join(names)
