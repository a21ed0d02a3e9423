# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.models import MAGIC_COLUMNS

from ..lib import account

#: What an import gives or decides itself, and what is no business of OCS.
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

#: Type of the property that is made for a kind of field; char for the others.
PROPERTY_TYPES = {"textarea": "text", "date": "date"}


class OcsAccountField(models.Model):
    """A field of OCS's administrative data, and where it goes in Odoo."""

    _name = "ocs.account.field"
    _inherit = "ocs.setting"
    _description = "OCS Administrative Data"
    _order = "backend_id, sequence, id"

    backend_id = fields.Many2one(
        "ocs.backend", required=True, readonly=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10, readonly=True)
    name = fields.Char(string="Field in OCS", required=True, readonly=True)
    column = fields.Char(string="Column in OCS", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("text", "Text"),
            ("textarea", "Long text"),
            ("select", "List"),
            ("checkbox", "Check boxes"),
            ("radio", "Radio buttons"),
            ("date", "Date"),
            ("other", "Other"),
        ],
        required=True,
        readonly=True,
        default="text",
    )
    options = fields.Json(readonly=True, help="{key that OCS stores: its label}")
    option_labels = fields.Char(string="Choices", compute="_compute_option_labels")
    is_missing = fields.Boolean(
        string="Gone",
        readonly=True,
        help="OCS does not have this field any more. What came from it stays as it is "
        "in Odoo.",
    )
    target_field_id = fields.Many2one(
        "ir.model.fields",
        string="Field of the Asset",
        domain=lambda self: [("id", "in", self._target_ids())],
        ondelete="set null",
        index="btree_not_null",
    )
    target_property = fields.Char(
        string="Property of the Category",
        help="Label of a property of the asset's category. The computers' category "
        "gets one if it lacks it; assets whose category has none are left alone.",
    )
    date_order = fields.Selection(
        [("dmy", "Day first: 31/12/2026"), ("mdy", "Month first: 12/31/2026")],
        string="Order in Dates",
        help="How dates such as 01/02/2026 are to be read, which an old console of OCS "
        "stored as text.",
    )

    _column_uniq = models.Constraint(
        'UNIQUE(backend_id, "column")', "This field of OCS is listed already."
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
                    self.env._("“%s” is no name of a column of OCS.", field.column)
                )

    @api.constrains("target_field_id", "target_property")
    def _check_target(self):
        for field in self.filtered(lambda each: each._is_mapped()):
            if field.target_field_id and field.target_property:
                raise ValidationError(
                    self.env._(
                        "“%s”: choose a field of the asset or a property of the "
                        "category, not both.",
                        field.name,
                    )
                )
            if field.target_field_id and not field._target():
                raise ValidationError(
                    self.env._(
                        "“%(target)s” cannot be filled from “%(field)s”: the import "
                        "decides on it itself, or it holds no single value. Choose "
                        "another field.",
                        target=field.target_field_id.field_description,
                        field=field.name,
                    )
                )
            field._check_unique_target()

    def _check_unique_target(self):
        others = self.backend_id.account_field_ids - self
        rival = others.filtered(lambda each: each._target_key() == self._target_key())
        if rival:
            raise ValidationError(
                self.env._(
                    "“%(field)s” and “%(rival)s” have the same target: choose another "
                    "one for one of them.",
                    field=self.name,
                    rival=rival[0].name,
                )
            )

    def _target_key(self):
        """What two fields must not have in common."""
        label = (self.target_property or "").strip().casefold()
        return (self.target_field_id.id, label) if self._is_mapped() else None

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        mapped = records.filtered(lambda each: each._is_mapped())
        mapped._ensure_property()
        mapped.backend_id._recheck()
        return records

    def write(self, vals):
        before = {field: field._mapping() for field in self}
        result = super().write(vals)
        changed = self.filtered(lambda field: field._mapping() != before[field])
        changed._ensure_property()
        changed.backend_id._recheck()
        return result

    def unlink(self):
        backends = self.filtered(lambda each: each._is_mapped()).backend_id
        result = super().unlink()
        backends._recheck()
        return result

    def action_map_to_property(self):
        """Map to a property of the computers' category that has the same label."""
        for field in self:
            field.write({"target_field_id": False, "target_property": field.name})

    def _is_mapped(self):
        return bool(self.target_field_id or self.target_property)

    def _mapping(self):
        """What the value in Odoo depends on; None without a target."""
        return self._is_mapped() and (
            self._target_key(),
            self.kind,
            self.name,
            self.options,
            self.date_order,
        )

    def _target(self):
        """The field of the asset to fill, None if there is none that may be.

        :return: :class:`odoo.fields.Field`
        """
        # sudo: whoever imports need not be allowed to see Odoo's own fields
        name = self.sudo().target_field_id.name
        assets = self.env["maintenance.equipment"]
        field = assets._fields.get(name)
        is_of_asset = self.sudo().target_field_id.model == assets._name
        return field if field and is_of_asset and self._is_target(field) else None

    @api.model
    def _target_ids(self):
        """Ids of the ir.model.fields that can be filled."""
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
        """Whether a field of the asset may be filled from OCS.

        Those of this addon hold what OCS's inventory says, which is no matter of a
        mapping.
        """
        is_own = field._module == "connector_ocs" and field.name != "model"
        if is_own or field.name in NO_TARGETS or field.type not in TARGET_TYPES:
            return False
        if field.type == "many2one" and not self._name_field(field.comodel_name):
            return False
        return field.store and not field.readonly and not field.related

    @api.model
    def _name_field(self, model_name):
        """Stored field that the records of a model are called by, '' without one."""
        model = self.env[model_name]
        name = model._rec_name
        return name if name and model._fields[name].store else ""

    # Properties

    def _ensure_property(self):
        """Add the properties that the computers' category lacks."""
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
        """The definition of the property to fill.

        That of the label; the one that was made for this field if a person gave it
        another label since.

        :param definitions: list of dict, as of a category
        :return: dict, None if there is none
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
