# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: Ownership of fields on a new backend, for those fields that exist in Odoo.
DEFAULT_OWNERS = {
    "name": "until_edited",
    "category_id": "until_edited",
    "location": "until_edited",
    "owner_user_id": "until_edited",
    "employee_id": "until_edited",
    "equipment_assign_to": "until_edited",
    "technician_user_id": "until_edited",
    "maintenance_team_id": "until_edited",
    "company_id": "until_edited",
    "serial_no": "until_edited",
    "manufacturer": "ocs",
    "model": "ocs",
}


class OcsFieldOwnership(models.Model):
    """Ownership of an asset field, by OCS or Odoo, on a backend."""

    _name = "ocs.field.ownership"
    _inherit = "ocs.setting"
    _description = "OCS Field Ownership"
    _order = "backend_id, id"
    _rec_name = "label"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, index=True, ondelete="cascade"
    )
    field_id = fields.Many2one(
        "ir.model.fields",
        required=True,
        ondelete="cascade",
        domain=lambda self: self._domain_field_id(),
    )
    name = fields.Char(
        related="field_id.name", string="Technical Name", store=True, readonly=True
    )
    label = fields.Char(related="field_id.field_description", string="Label")
    ownership = fields.Selection(
        [
            ("ocs", "OCS"),
            ("until_edited", "OCS Until Edited"),
            ("odoo", "Odoo"),
        ],
        string="Belongs To",
        required=True,
        default="until_edited",
        help="OCS: every import writes the OCS value. OCS Until Edited: once a user "
        "has edited the field, imports do not overwrite it until it is reset to the "
        "OCS value. Odoo: only the import that creates an asset fills the field.",
    )

    _field_uniq = models.Constraint(
        "UNIQUE(backend_id, field_id)",
        "This field is already on the list of the backend.",
    )

    @api.model
    def _default_owners(self):
        """Return the ownership of fields on a new backend.

        Fields that are not on the list of a backend belong to OCS. Other addons add
        their own fields, and call ``_complete_ownership`` of the existing backends when
        they are installed.

        :return: dict {field of the asset: ownership}
        """
        return DEFAULT_OWNERS

    @api.model
    def _domain_field_id(self):
        equipment = self.env["maintenance.equipment"]
        names = [name for name in equipment._fields if equipment._ocs_is_ownable(name)]
        return [("model", "=", equipment._name), ("name", "in", names)]

    @api.constrains("field_id")
    def _check_field_id(self):
        equipment = self.env["maintenance.equipment"]
        for line in self:
            is_of_asset = line.field_id.model == equipment._name
            if not is_of_asset or not equipment._ocs_is_ownable(line.name):
                raise ValidationError(
                    self.env._(
                        "The ownership of the field “%s” cannot be changed. Choose a "
                        "stored and editable field of the equipment.",
                        line.label,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.backend_id._request_imports("ownership")
        return lines

    def write(self, vals):
        result = super().write(vals)
        self.backend_id._request_imports("ownership")
        return result

    def unlink(self):
        backends = self.backend_id
        result = super().unlink()
        backends.exists()._request_imports("ownership")
        return result
