# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command, api, fields, models

from .ocs_field_ownership import DEFAULT_OWNERS

#: What every asset gets from its backend, unless something else is said of it.
DEFAULTS_OF_ASSETS = frozenset(
    ("company_id", "computer_category_id", "monitor_category_id")
)


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Whom the fields of the imported assets belong to."""

    _inherit = "ocs.backend"

    ownership_ids = fields.One2many(
        "ocs.field.ownership",
        "backend_id",
        string="Ownership of Fields",
        default=lambda self: self._default_ownership(),
        copy=True,
    )

    @api.model
    def _default_ownership(self):
        """:return: commands for the lines of DEFAULT_OWNERS"""
        equipment = self.env["maintenance.equipment"]
        return [
            Command.create(
                {
                    "field_id": self.env["ir.model.fields"]
                    ._get(equipment._name, name)
                    .id,
                    "ownership": ownership,
                }
            )
            for name, ownership in DEFAULT_OWNERS.items()
            if equipment._ocs_is_ownable(name)
        ]

    def _complete_ownership(self):
        """Add the default lines that a backend lacks.

        Called when fields of DEFAULT_OWNERS come with an update or another addon.
        """
        for backend in self:
            known = backend.ownership_ids.field_id.ids
            backend.ownership_ids = [
                command
                for command in self._default_ownership()
                if command[2]["field_id"] not in known
            ]

    def _field_owners(self):
        """:return: dict {field: ownership}; what is not in it belongs to OCS"""
        return self._settings().owners

    def _find_owners(self):
        equipment = self.env["maintenance.equipment"]
        return {
            line.name: line.ownership
            for line in self.ownership_ids
            if equipment._ocs_is_ownable(line.name)
        }

    def _find_fields_of_people(self):
        owners = self.env["ocs.field.ownership"]._read_group([], ["name"])
        return frozenset(name for (name,) in owners)

    def write(self, vals):
        before = [
            tuple(backend[name] for name in DEFAULTS_OF_ASSETS) for backend in self
        ]
        result = super().write(vals)
        for backend, values in zip(self, before, strict=True):
            if values != tuple(backend[name] for name in DEFAULTS_OF_ASSETS):
                backend._recheck()
        return result
