# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.tools import format_datetime

from odoo.addons.connector_ocs.lib.identifiers import plain_serial, plain_uuid

from .ocs_duplicates_mixin import GROUP_MANAGER

#: Fields to compare, and how to tell whether two of their values differ.
COMPARED = {
    "name": str.casefold,
    "serial_no": plain_serial,
    "hardware_uuid": plain_uuid,
    "mac_addresses": lambda value: frozenset(value.upper().split(", ")),
    "manufacturer": str.casefold,
    "model": str.casefold,
    "category_id": str,
    "location": str.casefold,
}


class OcsComparisonMixin(models.AbstractModel):
    """Mixin of maintenance.equipment with what tells assets apart."""

    _name = "ocs.comparison.mixin"
    _description = "Comparison of Assets (abstract)"

    ocs_origin = fields.Char(
        string="ID in OCS",
        compute="_compute_ocs_origin",
        compute_sudo=False,
        groups=GROUP_MANAGER,
    )
    ocs_last_inventory = fields.Datetime(
        string="Last Inventory",
        compute="_compute_ocs_origin",
        compute_sudo=False,
        groups=GROUP_MANAGER,
    )

    @api.depends("ocs_bind_ids.external_id", "ocs_bind_ids.last_inventory")
    def _compute_ocs_origin(self):
        for asset in self:
            computers = asset.ocs_bind_ids
            dates = [each for each in computers.mapped("last_inventory") if each]
            asset.ocs_last_inventory = max(dates, default=False)
            asset.ocs_origin = ", ".join(
                [
                    *map(self._ocs_describe_computer, computers),
                    *asset.ocs_monitor_bind_ids.mapped("external_id"),
                ]
            )

    def _ocs_describe_computer(self, binding):
        if binding.removed_since:
            return self.env._("%s (removed)", binding.external_id)
        return str(binding.external_id)

    def _ocs_compare(self):
        """Compare these assets side by side.

        :return: list of dict {label: text, texts: one for each asset in their order,
            differs: whether they show that these may be several machines}
        """
        self.check_access("read")
        return [
            *self._ocs_compare_fields(),
            *self._ocs_compare_reported_serials(),
            self._ocs_row(
                self.env._("In use"),
                [
                    self.env._("yes") if each.active else self.env._("archived")
                    for each in self
                ],
            ),
            self._ocs_row(self.env._("ID in OCS"), self.mapped("ocs_origin")),
            self._ocs_row(
                self.env._("Last inventory"),
                [format_datetime(self.env, each.ocs_last_inventory) for each in self],
            ),
            *self._ocs_compare_history(),
        ]

    def _ocs_compare_fields(self):
        for name, form in COMPARED.items():
            texts = [each[name] or "" for each in self]
            if self._fields[name].relational:
                texts = [each[name].display_name or "" for each in self]
            if any(texts):
                label = self._fields[name]._description_string(self.env)
                forms = {form(text) for text in texts if text}
                yield self._ocs_row(label, texts, differs=len(forms) > 1)

    def _ocs_compare_reported_serials(self):
        """Compare what OCS reports: an asset may not have it as serial number."""
        serials = [
            [
                each
                for each in (
                    *asset.ocs_bind_ids.mapped("ocs_serial"),
                    *asset.ocs_monitor_bind_ids.mapped("ocs_serial"),
                )
                if each
            ]
            for asset in self
        ]
        if any(serials):
            forms = {frozenset(map(plain_serial, each)) for each in serials if each}
            yield self._ocs_row(
                self.env._("Serial number in OCS"),
                [", ".join(dict.fromkeys(each)) for each in serials],
                differs=len(forms) > 1,
            )

    def _ocs_compare_history(self):
        labels = {
            "messages": self.env._("Messages"),
            "requests": self.env._("Maintenance requests"),
            "activities": self.env._("Activities"),
            "attachments": self.env._("Attachments"),
            "monitors": self.env._("Monitors"),
        }
        counts = self._ocs_count_history()
        for name, label in labels.items():
            numbers = [str(counts[asset.id][name]) for asset in self]
            yield self._ocs_row(label, numbers)

    def _ocs_row(self, label, texts, differs=False):
        return {"label": label, "texts": list(texts), "differs": differs}
