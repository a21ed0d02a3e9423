# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from uuid import uuid4

from odoo import models

PROPERTIES = "equipment_properties"


class MaintenanceEquipmentProperties(models.AbstractModel):
    """Assets that keep their properties when an import changes their category.

    The category defines the properties, and Odoo drops the values that the new category
    does not define.
    """

    _name = "maintenance.equipment.kept.properties"
    _description = "Kept Properties of Assets (abstract)"

    def write(self, vals):
        # only imports are superuser; any user can pass a context
        is_import = self.env.su and self.env.context.get("ocs_imported_from")
        if not (is_import and "category_id" in vals):
            return super().write(vals)
        filled = {asset: asset._ocs_filled_properties() for asset in self}
        result = super().write(vals)
        for asset, properties in filled.items():
            if properties:
                asset._ocs_keep_properties(properties)
        return result

    def _ocs_filled_properties(self):
        """Return the definitions of the properties that have a value, with it.

        :return: list of dict with "value"
        """
        definitions = self.category_id.equipment_properties_definition
        if not definitions:
            return []
        values = self[PROPERTIES]._values or {}
        return [
            dict(each, value=values[each["name"]])
            for each in definitions
            if values.get(each["name"]) and each["type"] != "separator"
        ]

    def _ocs_keep_properties(self, properties):
        """Give the asset its properties in its new category.

        Properties that the category lacks are added to it.

        :param properties: see ``_ocs_filled_properties``
        """
        # sudo: whoever imports
        category = self.category_id.sudo()
        if not category:
            return
        known = list(category.equipment_properties_definition or [])
        # Odoo keeps a value under its name, even if that is another property now
        values = dict(self[PROPERTIES]._values or {})
        values |= dict.fromkeys((each["name"] for each in properties), False)
        number = len(known)
        for each in properties:
            definition = self._ocs_same_property(each, known)
            if not definition:
                definition = self._ocs_copied_definition(each, known)
                known.append(definition)
            values[definition["name"]] = each["value"]
        if len(known) > number:
            category.equipment_properties_definition = known
        self[PROPERTIES] = values

    def _ocs_same_property(self, wanted, definitions):
        """Return the definition that can hold the value of another one, or None."""
        label = (wanted.get("string") or "").strip().casefold()
        fitting = [each for each in definitions if self._ocs_fits(wanted, each)]
        by_name = (each for each in fitting if each["name"] == wanted["name"])
        by_label = (
            each
            for each in fitting
            if label and (each.get("string") or "").strip().casefold() == label
        )
        return next(by_name, None) or next(by_label, None)

    def _ocs_fits(self, wanted, definition):
        """Return whether a property can hold a value.

        :param wanted: definition, with "value"
        """
        same = ("type", "comodel", "currency_field")
        if any(wanted.get(key) != definition.get(key) for key in same):
            return False
        if wanted["type"] not in ("selection", "tags"):
            return True
        value = wanted["value"]
        keys = {each[0] for each in definition.get(wanted["type"]) or ()}
        return keys.issuperset(value if isinstance(value, list) else [value])

    def _ocs_copied_definition(self, wanted, definitions):
        """Return a definition for another category, with a name that is free there."""
        copied = {key: wanted[key] for key in wanted if key not in ("value", "default")}
        if any(each["name"] == copied["name"] for each in definitions):
            suffix = "_html" if copied["type"] == "html" else ""
            copied["name"] = uuid4().hex[:16] + suffix
        return copied
