# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import date, datetime

from odoo import fields

from odoo.addons.component.core import Component

from ..lib.account import Unusable, is_filled
from ..lib.account_converter import AccountConverter, Target


class OcsAccountPropertyImporter(Component):
    """Importer of OCS's administrative data to the properties of the asset.

    Runs after the import of the asset, because its category defines the properties.
    """

    _name = "ocs.account.property.importer"
    _inherit = "ocs.children.importer"
    _sequence = 5

    def run(self, imports):
        for each in imports:
            self._import(each)

    def _import(self, computer_import):
        binding, computer = computer_import.binding, computer_import.computer
        row = computer.get("accountinfo", {})
        mappings = self.backend_record._mapped_account_fields().filtered(
            "target_property"
        )
        # OCS empties only what it has filled
        filled = binding.account_columns or ()
        mappings = mappings.filtered(
            lambda mapping: (
                is_filled(row.get(mapping.column))
                or (mapping.column in row and mapping.column in filled)
            )
        )
        if not mappings:
            return
        asset = binding.odoo_id
        definitions = asset.category_id.equipment_properties_definition
        if not definitions:
            return
        converter = AccountConverter(self.backend_record)
        values = {}
        for mapping in mappings:
            definition = mapping._find_property(definitions)
            if definition:
                try:
                    values[definition["name"]] = self._value(
                        converter, mapping, row[mapping.column], definition, asset
                    )
                except Unusable:
                    continue
        computer_import.warnings += converter.warnings
        self._write(asset, values)

    def _value(self, converter, mapping, text, definition, asset):
        target = Target(
            definition["type"],
            definition.get("string") or definition["name"],
            choices=tuple(each[:2] for each in self._choices(definition)),
            comodel=definition.get("comodel") or "",
        )
        value = converter.convert(mapping, text, target, asset.company_id)
        if isinstance(value, datetime):
            return fields.Datetime.to_string(value)
        return fields.Date.to_string(value) if isinstance(value, date) else value

    def _choices(self, definition):
        return definition.get("selection") or definition.get("tags") or ()

    def _write(self, asset, values):
        """Write the values that differ; other properties are left unchanged."""
        # as the field would store them: HTML is sanitized
        values = asset._fields["equipment_properties"].convert_to_cache(values, asset)
        if not values:
            return
        (properties,) = asset.read(["equipment_properties"], load=None)
        properties = properties["equipment_properties"]
        differences = [
            each
            for each in properties
            if each["name"] in values
            and (each.get("value") or False) != values[each["name"]]
        ]
        for each in differences:
            each["value"] = values[each["name"]]
        if differences:
            asset.with_context(lang=None, tracking_disable=True).write(
                {"equipment_properties": properties}
            )
