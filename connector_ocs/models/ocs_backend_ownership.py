# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command, api, fields, models

#: Default values that assets get from their backend.
ASSET_DEFAULTS = frozenset(
    ("company_id", "computer_category_id", "monitor_category_id")
)


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Backend with the ownership of the fields of its assets."""

    _inherit = "ocs.backend"

    ownership_ids = fields.One2many(
        "ocs.field.ownership",
        "backend_id",
        string="Field Ownership",
        default=lambda self: self._default_ownership(),
        copy=True,
    )

    @api.model
    def _default_ownership(self):
        """Return the commands that create the lines of ``_default_owners``."""
        equipment = self.env["maintenance.equipment"]
        owners = self.env["ocs.field.ownership"]._default_owners()
        return [
            Command.create(
                {
                    "field_id": self.env["ir.model.fields"]
                    ._get(equipment._name, name)
                    .id,
                    "ownership": ownership,
                }
            )
            for name, ownership in owners.items()
            if equipment._ocs_is_ownable(name)
        ]

    def _complete_ownership(self):
        """Add missing default lines.

        Called when an update or another addon adds fields to ``_default_owners``.
        """
        for backend in self:
            known = backend.ownership_ids.field_id.ids
            backend.ownership_ids = [
                command
                for command in self._default_ownership()
                if command[2]["field_id"] not in known
            ]

    def _field_owners(self):
        """Return the owners of fields; any other field belongs to OCS.

        :return: dict {field: ownership}
        """
        return self._settings().owners

    def _find_owners(self):
        equipment = self.env["maintenance.equipment"]
        return {
            line.name: line.ownership
            for line in self.ownership_ids
            if equipment._ocs_is_ownable(line.name)
        }

    def _find_ownership_fields(self):
        owners = self.env["ocs.field.ownership"]._read_group([], ["name"])
        return frozenset(name for (name,) in owners)

    def write(self, vals):
        before = [tuple(backend[name] for name in ASSET_DEFAULTS) for backend in self]
        result = super().write(vals)
        for backend, values in zip(self, before, strict=True):
            if values != tuple(backend[name] for name in ASSET_DEFAULTS):
                backend._recheck()
        return result
