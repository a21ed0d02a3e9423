# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class MaintenanceEquipment(models.Model):
    """Equipment filled from the administrative data of OCS."""

    _inherit = "maintenance.equipment"

    def _ocs_user_filled_fields(self):
        """Leave out the fields and properties that a mapping fills."""
        mappings = self.ocs_bind_ids.backend_id._mapped_account_fields()
        filled = {mapping.target_field_id.name for mapping in mappings}
        names = [
            name for name in super()._ocs_user_filled_fields() if name not in filled
        ]
        if "equipment_properties" in names:
            if not self._ocs_user_filled_properties(mappings):
                names.remove("equipment_properties")
        return names

    def _ocs_user_filled_properties(self, mappings):
        """Return the names of the properties with values that no import wrote.

        :param mappings: ocs.account.field records with a target
        """
        definitions = self.category_id.equipment_properties_definition or []
        found = [
            mapping._find_property(definitions)
            for mapping in mappings.filtered("target_property")
        ]
        filled = {each["name"] for each in found if each}
        (values,) = self.read(["equipment_properties"], load=None)
        return [
            each["name"]
            for each in values["equipment_properties"]
            if each["name"] not in filled
            and each.get("value")
            and each["value"] != each.get("default")
        ]
