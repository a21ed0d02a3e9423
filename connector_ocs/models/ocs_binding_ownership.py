# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from psycopg2 import IntegrityError

from odoo import Command, fields, models
from odoo.exceptions import UserError, ValidationError


# one class for each responsibility of a binding
# pylint: disable=consider-merging-classes-inherited
class OcsBinding(models.AbstractModel):
    """What an import leaves to people, and how they give it back."""

    _inherit = "ocs.binding"

    ocs_values = fields.Json(
        readonly=True,
        help="What OCS said last of the fields that are not plainly its own.",
    )
    last_imported_values = fields.Json(
        readonly=True,
        help="What an import wrote last to fields that people may edit: if the asset "
        "holds something else, a person did.",
    )
    has_locked_fields = fields.Boolean(
        readonly=True,
        help="A person edited fields that OCS filled: imports leave them until they "
        "are given back.",
    )

    def _locked_fields(self):
        """Names of the fields that a person edited, and no import overwrites."""
        return self._edited_fields(("until_edited",))

    def _edited_fields(self, ownerships=("until_edited", "odoo")):
        """Names of the fields that a person edited.

        :param ownerships: keys of ocs.field.ownership.ownership
        """
        self.ensure_one()
        # sudo: to whom a field belongs is no secret
        owners = self.sudo().backend_id._field_owners()
        return [
            name
            for name, ocs_value in (self.ocs_values or {}).items()
            if owners.get(name) in ownerships
            and self.odoo_id._ocs_is_edited(
                name, self.last_imported_values or {}, ocs_value
            )
        ]

    def _update_has_locked_fields(self):
        """Note whether there are any, as a search finds it."""
        for binding in self:
            has_locked_fields = bool(binding._locked_fields())
            if binding.has_locked_fields != has_locked_fields:
                binding.has_locked_fields = has_locked_fields

    def _field_differences(self):
        """Fields that hold something else than OCS says, and why they may.

        :return: list of dict, see ``field_differences.js``
        """
        self.ensure_one()
        # sudo: to whom a field belongs is no secret
        owners = self.sudo().backend_id._field_owners()
        locked, asset = self._locked_fields(), self.odoo_id
        can_reset = self.has_access("write")
        return [
            {
                "model": self._name,
                "id": self.id,
                "name": name,
                "label": asset._fields[name]._description_string(self.env),
                "current": asset._ocs_describe(
                    name, asset._ocs_plain(name, asset[name])
                ),
                "ocs_value": asset._ocs_describe(name, ocs_value),
                "is_locked": name in locked,
                "can_reset": can_reset and name in locked,
            }
            for name, ocs_value in (self.ocs_values or {}).items()
            if name in locked
            or (owners.get(name) == "odoo" and asset._ocs_current(name) != [ocs_value])
        ]

    def action_reset_to_ocs(self, names):
        """Write what OCS says to fields that a person edited.

        :param names: list of fields of the asset
        :raises UserError: Odoo does not take the value
        """
        self.ensure_one()
        self.check_access("write")
        for name in names:
            if name in self._locked_fields():
                self._reset_to_ocs(name, self.ocs_values[name])
        return True

    def _reset_to_ocs(self, name, ocs_value):
        asset = self.odoo_id.with_context(lang=None)
        field = asset._fields[name]
        self._check_exists(field, ocs_value)
        is_many = field.type == "many2many"
        value = [Command.set(ocs_value)] if is_many else ocs_value
        try:
            with self.env.cr.savepoint():
                asset.write({name: value})
                if field.translate:
                    asset._ocs_drop_translations(name)
                self.env.flush_all()
        except (IntegrityError, ValidationError, UserError) as error:
            raise UserError(self._describe_refusal(field, ocs_value, error)) from error
        self.last_imported_values = {
            **(self.last_imported_values or {}),
            name: ocs_value,
        }
        self._update_has_locked_fields()

    def _check_exists(self, field, ocs_value):
        if not field.relational or not ocs_value:
            return
        ids = ocs_value if isinstance(ocs_value, list) else [ocs_value]
        # sudo: one that the user may not see exists all the same
        records = self.env[field.comodel_name].sudo().browse(ids)
        if len(records.exists()) < len(records):
            raise UserError(
                self.env._(
                    "What OCS says of “%s” refers to a record that was deleted. "
                    "Import the asset once more, then give the field back.",
                    field._description_string(self.env),
                )
            )

    def _describe_refusal(self, field, ocs_value, error):
        if isinstance(error, IntegrityError):
            reason = self.env._(
                "another asset has this value by now, or it must not be empty"
            )
        else:
            reason = error.args[0]
        return self.env._(
            "The asset cannot have what OCS says of “%(field)s”, %(value)s: %(reason)s",
            field=field._description_string(self.env),
            value=self.odoo_id._ocs_describe(field.name, ocs_value)
            or self.env._("nothing"),
            reason=reason,
        )
