# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.models import MAGIC_COLUMNS

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

    @api.model
    def _ocs_is_ownable(self, name):
        """Whether a field can belong to people: they can edit what is compared."""
        field = self._fields.get(name)
        return bool(
            field
            and field.store
            and not field.related
            and not (field.compute and field.readonly)
            and field.type not in UNFIT_TYPES
            and name not in NEVER_OWNED
        )

    def _ocs_is_edited(self, name, memory, said=None):
        """Whether a person gave a field its value.

        :param name: field of an asset that exists
        :param memory: dict {field: value that an import wrote last}; a field that
            is not in it was filled by no import
        :param said: what OCS says now; that needs no protection
        """
        current = self._ocs_current(name)
        if said is not None and current == [said]:
            return False
        if name not in memory:
            return any(current) or name in CHOSEN_EMPTY
        return current != [memory[name]] and not self._ocs_lost(name, memory[name])

    def _ocs_lost(self, name, value):
        """Whether a field is empty because the record it referred to was deleted."""
        field = self._fields[name]
        if self[name] or not value or field.type != "many2one":
            return False
        # sudo: a record that the user may not see exists all the same
        return not self.env[field.comodel_name].sudo().browse(value).exists()

    def _ocs_current(self, name):
        """Value of a field, and those in other languages that differ.

        :return: list of values in the form of ``_ocs_plain``
        """
        self.ensure_one()
        asset = self.with_context(lang=None)
        values = [asset._ocs_plain(name, asset[name])]
        installed = dict(self.env["res.lang"].get_installed())
        if self._fields[name].translate and len(installed) > 1:
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
