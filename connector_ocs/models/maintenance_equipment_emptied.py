# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from markupsafe import Markup

from odoo import fields, models

#: Fields whose changes the reporter tells anyway.
REPORTED = frozenset(
    """
    name serial_no processor processor_count processor_mhz memory_mb memory_modules
    graphics os_name os_version os_comments bios_manufacturer bios_version bios_date
    domain_name ip_address mac_addresses
    """.split()
)


class MaintenanceEquipmentEmptied(models.AbstractModel):
    """Assets that know which of their fields and properties an import has emptied."""

    _name = "maintenance.equipment.emptied"
    _description = "Emptied Values of Assets (abstract)"

    def _ocs_filled_values(self):
        """Return the values of an asset, for ``_ocs_emptied_lines``.

        :return: dict
        """
        asset = self.sudo()  # sudo: whoever imports
        names = [
            name
            for name in asset._ocs_ownable_fields() - REPORTED
            if asset._fields[name].type != "many2many"
        ]
        filled = {name: asset[name] for name in names if asset[name]}
        return {"fields": filled, "properties": asset._ocs_filled_properties()}

    def _ocs_emptied_lines(self, before, backend):
        """Return the values that are empty now, as HTML.

        :param before: see ``_ocs_filled_values``
        :param backend: ocs.backend, whose time zone times are in
        :return: list of Markup
        """
        asset, none = self.sudo(), self.env._("none")  # sudo: whoever imports
        found = [*asset._ocs_emptied_fields(before["fields"], backend)]
        found += asset._ocs_emptied_properties(before["properties"], backend)
        line = Markup("<li>%s: %s → %s</li>")
        return [line % (label, text, none) for label, text in found]

    def _ocs_emptied_fields(self, before, backend):
        """Yield label and former value of the fields that are empty now."""
        for name in sorted(before):
            if not self[name]:
                field = self._fields[name]
                label = field.get_description(self.env, ["string"])["string"]
                if field.type == "datetime":
                    yield label, backend._local_time(before[name])
                else:
                    value = self._ocs_plain(name, before[name])
                    yield label, self._ocs_describe(name, value)

    def _ocs_emptied_properties(self, before, backend):
        """Yield label and former value of the properties that are empty now.

        A property has another name if the asset has a new category.
        """
        left = self._ocs_filled_properties() if before else []
        names = {each["name"] for each in left}
        labels = {each["string"] for each in left}
        for each in before:
            is_moved = each["string"] in labels
            if each["name"] not in names and not is_moved:
                yield each["string"], self._ocs_describe_property(each, backend)

    def _ocs_describe_property(self, definition, backend):
        """Return the value of a property as text."""
        value, kind = definition["value"], definition["type"]
        if kind == "datetime":
            return backend._local_time(fields.Datetime.to_datetime(value))
        if kind == "boolean":
            return self.env._("yes")
        if kind in ("many2one", "many2many"):
            ids = value if isinstance(value, list) else [value]
            records = self.env[definition["comodel"]].sudo().browse(ids).exists()
            return ", ".join(records.mapped("display_name"))
        if kind in ("selection", "tags"):
            labels = {each[0]: each[1] for each in definition.get(kind) or ()}
            keys = value if isinstance(value, list) else [value]
            return ", ".join(labels.get(key, key) for key in keys)
        return str(value)
