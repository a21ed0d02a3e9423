# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.models import MAGIC_COLUMNS

from ..lib import account

#: Fields that an import sets itself, or that OCS must not fill.
NO_TARGETS = frozenset(
    (
        "name",
        "serial_no",
        "active",
        "company_id",
        "color",
        "equipment_properties",
        *MAGIC_COLUMNS,
    )
)

#: Types of fields that a value can be converted to.
TARGET_TYPES = frozenset(
    (
        "char",
        "text",
        "html",
        "integer",
        "float",
        "boolean",
        "date",
        "datetime",
        "selection",
        "many2one",
    )
)

#: Type of the property that is created for a kind of field; char for the others.
PROPERTY_TYPES = {"textarea": "text", "date": "date", "number": "float"}


class OcsAccountField(models.Model):
    """Field of OCS's administrative data, and its target in Odoo."""

    _name = "ocs.account.field"
    _inherit = ["ocs.setting", "ocs.export.mixin"]
    _description = "OCS Administrative Data"
    _order = "backend_id, sequence, id"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10, readonly=True)
    name = fields.Char(string="OCS Field", required=True, readonly=True)
    column = fields.Char(string="OCS Column", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("text", "Text"),
            ("textarea", "Long Text"),
            ("select", "List"),
            ("checkbox", "Checkboxes"),
            ("radio", "Radio Buttons"),
            ("date", "Date"),
            ("number", "Number"),
            ("other", "Other"),
        ],
        string="Type",
        required=True,
        readonly=True,
        default="text",
    )
    options = fields.Json(
        string="Choices by Key",
        readonly=True,
        help="Labels of the choices by the key that OCS stores.",
    )
    option_labels = fields.Char(string="Choices", compute="_compute_option_labels")
    is_missing = fields.Boolean(
        string="Removed From OCS",
        readonly=True,
        help="OCS no longer has this field. The values imported from it stay unchanged "
        "in Odoo.",
    )
    target_field_id = fields.Many2one(
        "ir.model.fields",
        string="Asset Field",
        domain=lambda self: [("id", "in", self._target_ids())],
        ondelete="set null",
        index="btree_not_null",
    )
    target_property = fields.Char(
        string="Category Property",
        help="Label of a property of the asset's category. It is added to the "
        "category of computers if missing. Assets whose category does not have the "
        "property stay unchanged.",
    )
    date_order = fields.Selection(
        [("dmy", "Day first: 31/12/2026"), ("mdy", "Month first: 12/31/2026")],
        help="How to read dates such as 01/02/2026 that old OCS consoles stored as "
        "text.",
    )

    _column_uniq = models.Constraint(
        'UNIQUE(backend_id, "column")', "This OCS field is already listed."
    )

    @api.depends("options")
    def _compute_option_labels(self):
        for field in self:
            field.option_labels = ", ".join((field.options or {}).values())

    @api.constrains("column")
    def _check_column(self):
        for field in self:
            if not account.is_column(field.column):
                raise ValidationError(
                    self.env._("“%s” is not a valid OCS column name.", field.column)
                )

    @api.constrains("target_field_id", "target_property")
    def _check_target(self):
        for field in self.filtered(lambda each: each._is_mapped()):
            if field.target_field_id and field.target_property:
                raise ValidationError(
                    self.env._(
                        "“%s” has two targets. Choose either an asset field or a "
                        "category property.",
                        field.name,
                    )
                )
            if field.target_field_id and not field._target():
                raise ValidationError(
                    self.env._(
                        "“%(target)s” cannot be filled from “%(field)s” because the "
                        "import sets it itself, or because it does not hold a single "
                        "value. Choose another field.",
                        target=field.target_field_id.field_description,
                        field=field.name,
                    )
                )
            field._check_unique_target()

    def _check_unique_target(self):
        others = self.backend_id.account_field_ids - self
        same = others.filtered(lambda each: each._target_key() == self._target_key())
        if same:
            raise ValidationError(
                self.env._(
                    "“%(field)s” and “%(other)s” have the same target. Choose another "
                    "target for one of them.",
                    field=self.name,
                    other=same[0].name,
                )
            )

    def _target_key(self):
        """Return the target as a key that two fields must not share."""
        label = (self.target_property or "").strip().casefold()
        return (self.target_field_id.id, label) if self._is_mapped() else None

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        mapped = records.filtered(lambda each: each._is_mapped())
        mapped._ensure_property()
        mapped.backend_id._request_imports("account")
        return records

    def write(self, vals):
        before = {field: field._mapping() for field in self}
        result = super().write(vals)
        changed = self.filtered(lambda field: field._mapping() != before[field])
        changed._ensure_property()
        changed.backend_id._request_imports("account")
        return result

    def unlink(self):
        backends = self.filtered(lambda each: each._is_mapped()).backend_id
        result = super().unlink()
        backends._request_imports("account")
        return result

    def action_map_to_property(self):
        """Map to a property with the same label in the category of computers."""
        for field in self:
            field.write({"target_field_id": False, "target_property": field.name})

    def _is_mapped(self):
        return bool(self.target_field_id or self.target_property)

    def _mapping(self):
        """Return everything the value in Odoo depends on, False without a target."""
        return self._is_mapped() and (
            self._target_key(),
            self.kind,
            self.name,
            self.options,
            self.date_order,
        )

    def _target(self):
        """Return the asset field to fill, if there is one that can be filled.

        :return: :class:`odoo.fields.Field` or None
        """
        # sudo: users who import may have no access to ir.model.fields
        name = self.sudo().target_field_id.name
        assets = self.env["maintenance.equipment"]
        field = assets._fields.get(name)
        is_of_asset = self.sudo().target_field_id.model == assets._name
        return field if field and is_of_asset and self._is_target(field) else None

    @api.model
    def _target_ids(self):
        """Return the IDs of the ir.model.fields that can be filled."""
        assets = self.env["maintenance.equipment"]
        names = [name for name, field in assets._fields.items()]
        names = [name for name in names if self._is_target(assets._fields[name])]
        # sudo: as in _target
        fields_of_asset = self.env["ir.model.fields"].sudo()
        return fields_of_asset.search(
            [("model", "=", assets._name), ("name", "in", names)]
        ).ids

    @api.model
    def _is_target(self, field):
        """Return whether an asset field can be filled from administrative data.

        Those of an inventory hold what it reports, which a mapping must not replace.
        """
        assets = self.env["maintenance.equipment"]
        if assets._ocs_is_inventory_field(field):
            return False
        if field.name in NO_TARGETS or field.type not in TARGET_TYPES:
            return False
        if field.type == "many2one" and not self._name_field(field.comodel_name):
            return False
        return field.store and not field.readonly and not field.related

    @api.model
    def _name_field(self, model_name):
        """Return the stored field that names the records of a model, or ''."""
        model = self.env[model_name]
        name = model._rec_name
        return name if name and model._fields[name].store else ""

    # Properties

    def _ensure_property(self):
        """Add missing properties to the category of computers."""
        for field in self.filtered("target_property"):
            category = field.backend_id.computer_category_id
            definitions = category.equipment_properties_definition or []
            if category and not field._find_property(definitions):
                category.equipment_properties_definition = [
                    *definitions,
                    field._property_definition(),
                ]

    def _property_name(self):
        return f"ocs_{self.backend_id.id}_{self.column.lower()}"

    def _property_definition(self):
        return {
            "name": self._property_name(),
            "string": self.target_property.strip(),
            "type": PROPERTY_TYPES.get(self.kind, "char"),
        }

    def _find_property(self, definitions):
        """Return the definition of the property to fill.

        Find it by its label, or by its name if it was created for this field and a
        user has changed its label.

        :param definitions: list of dict, as on a category
        :return: dict, or None
        """
        label = self.target_property.strip().casefold()
        by_label = (
            each
            for each in definitions
            if (each.get("string") or "").strip().casefold() == label
            and each["type"] != "separator"
        )
        by_name = (
            each for each in definitions if each["name"] == self._property_name()
        )
        return next(by_label, None) or next(by_name, None)
