# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from markupsafe import Markup

from odoo.addons.component.core import Component

#: Fields whose changes the reporter tells anyway.
REPORTED = frozenset(
    """
    name serial_no processor processor_count processor_mhz memory_mb memory_modules
    graphics os_name os_version os_comments bios_manufacturer bios_version bios_date
    domain_name ip_address mac_addresses
    """.split()
)


class OcsEmptiedValues(Component):
    """Finder of the fields and properties of an asset that an import has emptied."""

    _name = "ocs.emptied.values"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "emptied.values"

    def snapshot(self, asset):
        """Return the values of an asset, for ``lines``.

        :param asset: maintenance.equipment
        :return: dict
        """
        # sudo: whoever imports
        asset = asset.sudo()
        filled = {name: asset[name] for name in self._fields(asset) if asset[name]}
        return {"fields": filled, "properties": asset._ocs_filled_properties()}

    def lines(self, asset, before):
        """Return the values that are empty now, as HTML.

        :param before: see ``snapshot``
        :return: list of Markup
        """
        asset, none = asset.sudo(), self.env._("none")
        found = [*self._emptied_fields(asset, before["fields"])]
        found += self._emptied_properties(asset, before["properties"])
        line = Markup("<li>%s: %s → %s</li>")
        return [line % (label, text, none) for label, text in found]

    def _fields(self, asset):
        return [
            name
            for name in asset._ocs_ownable_fields() - REPORTED
            if asset._fields[name].type != "many2many"
        ]

    def _emptied_fields(self, asset, before):
        """Yield label and former value of the fields that are empty now."""
        for name in sorted(before):
            if not asset[name]:
                field = asset._fields[name]
                label = field.get_description(self.env, ["string"])["string"]
                value = asset._ocs_plain(name, before[name])
                yield label, asset._ocs_describe(name, value)

    def _emptied_properties(self, asset, before):
        """Yield label and former value of the properties that are empty now.

        A property has another name if the asset has a new category.
        """
        left = asset._ocs_filled_properties() if before else []
        names = {each["name"] for each in left}
        labels = {each["string"] for each in left}
        for each in before:
            is_moved = each["string"] in labels
            if each["name"] not in names and not is_moved:
                yield each["string"], self._describe(each)

    def _describe(self, definition):
        """Return the value of a property as text."""
        value, kind = definition["value"], definition["type"]
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
