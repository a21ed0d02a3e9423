# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from psycopg2 import IntegrityError

from odoo import Command, fields, models
from odoo.exceptions import UserError, ValidationError


# one class for each responsibility of a binding
# pylint: disable=consider-merging-classes-inherited
class OcsBinding(models.AbstractModel):
    """What an import leaves to people, and how they give it back."""

    _inherit = "ocs.binding"

    ocs_says = fields.Json(
        readonly=True,
        help="What OCS said last of the fields that are not plainly its own.",
    )
    ocs_wrote = fields.Json(
        readonly=True,
        help="What an import wrote last to fields that people may edit: if the asset "
        "holds something else, a person did.",
    )
    has_held_fields = fields.Boolean(
        readonly=True,
        help="A person edited fields that OCS filled: imports leave them until they "
        "are given back.",
    )

    def _held_fields(self):
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
            for name, said in (self.ocs_says or {}).items()
            if owners.get(name) in ownerships
            and self.odoo_id._ocs_is_edited(name, self.ocs_wrote or {}, said)
        ]

    def _note_held_fields(self):
        """Note whether there are any, as a search finds it."""
        for binding in self:
            has_held_fields = bool(binding._held_fields())
            if binding.has_held_fields != has_held_fields:
                binding.has_held_fields = has_held_fields

    def _kept_fields(self):
        """Fields that hold something else than OCS says, and why they may.

        :return: list of dict, see ``kept_fields.js``
        """
        self.ensure_one()
        # sudo: to whom a field belongs is no secret
        owners = self.sudo().backend_id._field_owners()
        held, asset = self._held_fields(), self.odoo_id
        can_give_back = self.has_access("write")
        return [
            {
                "model": self._name,
                "id": self.id,
                "name": name,
                "label": asset._fields[name]._description_string(self.env),
                "current": asset._ocs_describe(
                    name, asset._ocs_plain(name, asset[name])
                ),
                "said": asset._ocs_describe(name, said),
                "is_held": name in held,
                "can_give_back": can_give_back and name in held,
            }
            for name, said in (self.ocs_says or {}).items()
            if name in held
            or (owners.get(name) == "odoo" and asset._ocs_current(name) != [said])
        ]

    def action_give_back(self, names):
        """Write what OCS says to fields that a person edited.

        :param names: list of fields of the asset
        :raises UserError: Odoo does not take the value
        """
        self.ensure_one()
        self.check_access("write")
        for name in names:
            if name in self._held_fields():
                self._give_back(name, self.ocs_says[name])
        return True

    def _give_back(self, name, said):
        asset = self.odoo_id.with_context(lang=None)
        field = asset._fields[name]
        self._check_exists(field, said)
        is_many = field.type == "many2many"
        value = [Command.set(said)] if is_many else said
        try:
            with self.env.cr.savepoint():
                asset.write({name: value})
                if field.translate:
                    asset._ocs_drop_translations(name)
                self.env.flush_all()
        except (IntegrityError, ValidationError, UserError) as error:
            raise UserError(self._describe_refusal(field, said, error)) from error
        self.ocs_wrote = {**(self.ocs_wrote or {}), name: said}
        self._note_held_fields()

    def _check_exists(self, field, said):
        if not field.relational or not said:
            return
        ids = said if isinstance(said, list) else [said]
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

    def _describe_refusal(self, field, said, error):
        if isinstance(error, IntegrityError):
            reason = self.env._(
                "another asset has this value by now, or it must not be empty"
            )
        else:
            reason = error.args[0]
        return self.env._(
            "The asset cannot have what OCS says of “%(field)s”, %(value)s: %(reason)s",
            field=field._description_string(self.env),
            value=self.odoo_id._ocs_describe(field.name, said) or self.env._("nothing"),
            reason=reason,
        )
