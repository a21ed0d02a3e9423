# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.account import Unusable, is_filled
from ..lib.account_converter import AccountConverter, Target

#: Fields that every new asset is given; an empty value in OCS does not clear them.
KEPT_WHEN_EMPTY = frozenset(("category_id",))


class OcsAccountSource(Component):
    """Source of values for fields of the asset: OCS's administrative data."""

    _name = "ocs.account.source"
    _inherit = "ocs.value.source"
    _sequence = 10

    def values(self, computer_import):
        """Return the values of accountinfo.

        Columns that the section lacks and values that do not fit are omitted.

        :return: dict {field of the asset: value}; False, 0 or '' for an empty value
        """
        row = computer_import.computer.get("accountinfo", {})
        converter = AccountConverter(self.backend_record)
        values, company = {}, None
        for mapping in self.backend_record._mapped_account_fields():
            field = mapping.target_field_id and mapping._target()
            if field and mapping.column in row:
                if field.type == "many2one" and company is None:
                    finder = self.component(usage="company.finder")
                    company = finder.find(computer_import)
                try:
                    value = converter.convert(
                        mapping, row[mapping.column], self._target(field), company
                    )
                except Unusable:
                    continue
                if value or not self._is_kept(field, mapping, computer_import):
                    values[field.name] = value
        computer_import.warnings += converter.warnings
        return {**values, **self._filled_columns(row, computer_import.binding)}

    def _is_kept(self, field, mapping, computer_import):
        """Return whether an empty value leaves the field as it is."""
        if field.required or field.name in KEPT_WHEN_EMPTY:
            return True
        binding = computer_import.binding
        is_filled = mapping.column in (binding.account_columns or ())
        is_from_inventory = field.name in computer_import.values
        return bool(binding[field.name]) and not (is_filled or is_from_inventory)

    def _filled_columns(self, row, binding):
        """Return the value of ``account_columns``, empty if it does not change."""
        known = set(binding.account_columns or ())
        mapped = self.backend_record._mapped_account_fields().mapped("column")
        filled = {column for column in mapped if is_filled(row.get(column))} - known
        return {"account_columns": sorted(known | filled)} if filled else {}

    def _target(self, field):
        """Return the :class:`Target` for a field.

        :param field: :class:`odoo.fields.Field` of the asset
        """
        is_choice = field.type == "selection"
        return Target(
            field.type,
            field.get_description(self.env, ["string"])["string"],
            choices=tuple(self._choices(field)) if is_choice else (),
            comodel=field.comodel_name or "",
            check_company=bool(getattr(field, "check_company", False)),
        )

    def _choices(self, field):
        """Yield keys with their labels in all languages: OCS may use any of them."""
        for language, _name in self.env["res.lang"].get_installed():
            env = self.env(context=dict(self.env.context, lang=language))
            yield from field._description_selection(env)
        for key in field.get_values(self.env):
            yield key, key
