# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from psycopg2 import IntegrityError

from odoo import Command, fields, models
from odoo.exceptions import UserError, ValidationError


class OcsBindingOwnership(models.AbstractModel):
    """Fields that users may edit, and their reset to the OCS value."""

    _name = "ocs.binding.ownership"
    _description = "Edited Fields of an OCS Binding (abstract)"

    ocs_values = fields.Json(
        string="OCS Values",
        readonly=True,
        help="Last values that OCS reported for the fields that do not always belong "
        "to OCS.",
    )
    last_imported_values = fields.Json(
        readonly=True,
        help="Last values that an import wrote to fields that users may edit. If the "
        "asset has another value, a user edited it.",
    )
    has_locked_fields = fields.Boolean(
        readonly=True,
        help="A user edited fields that OCS filled. Imports do not overwrite them "
        "until they are reset to the OCS value.",
    )

    def _locked_fields(self):
        """Return the names of the edited fields that imports do not overwrite."""
        # sudo: as in _edited_fields
        if not self.sudo().backend_id.active:
            return []
        return self._edited_fields(("until_edited",))

    def _edited_fields(self, ownerships=("until_edited", "odoo")):
        """Return the names of the fields that a user edited.

        :param ownerships: keys of ocs.field.ownership.ownership
        :return: list of str
        """
        self.ensure_one()
        # sudo: the ownership of fields is not confidential
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
        """Store whether there are locked fields, so that they can be searched."""
        for binding in self:
            has_locked_fields = bool(binding._locked_fields())
            if binding.has_locked_fields != has_locked_fields:
                binding.has_locked_fields = has_locked_fields

    def _field_differences(self):
        """Return the fields that differ from their OCS values, and why.

        :return: list of dict, see ``field_differences.js``
        """
        self.ensure_one()
        # sudo: the ownership of fields is not confidential
        backend = self.sudo().backend_id
        owners = backend._field_owners() if backend.active else {}
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
        """Reset fields that a user edited to their OCS values.

        :param names: list of fields of the asset
        :raises UserError: Odoo does not accept the value
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
            raise UserError(self._describe_error(field, ocs_value, error)) from error
        self.last_imported_values = {
            **(self.last_imported_values or {}),
            name: ocs_value,
        }
        self._update_has_locked_fields()

    def _check_exists(self, field, ocs_value):
        if not field.relational or not ocs_value:
            return
        ids = ocs_value if isinstance(ocs_value, list) else [ocs_value]
        # sudo: a record may exist although the user is not allowed to see it
        records = self.env[field.comodel_name].sudo().browse(ids)
        if len(records.exists()) < len(records):
            raise UserError(
                self.env._(
                    "The OCS value of “%s” refers to a record that was deleted. "
                    "Import the asset again, then reset the field.",
                    field._description_string(self.env),
                )
            )

    def _describe_error(self, field, ocs_value, error):
        if isinstance(error, IntegrityError):
            reason = self.env._(
                "Another asset already has this value, or the field must not be empty. "
                "Change the other asset or the value in OCS first."
            )
        else:
            reason = error.args[0]
        return self.env._(
            "“%(field)s” cannot be reset to the OCS value %(value)s. %(reason)s",
            field=field._description_string(self.env),
            value=self.odoo_id._ocs_describe(field.name, ocs_value)
            or self.env._("(empty)"),
            reason=reason,
        )
