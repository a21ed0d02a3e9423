# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models

#: Context without tracking messages in the chatter: one note reports the merge.
QUIET = {
    "active_test": False,
    "keep_connections": True,
    "lang": None,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class OcsUndoMixin(models.AbstractModel):
    """Mixin of a change of many records that can be undone."""

    _name = "ocs.undo.mixin"
    _description = "Change That Can Be Undone (abstract)"

    # whoever can write it can change any record by undoing the merge
    undo = fields.Json(string="Undo Data", readonly=True, groups="base.group_system")

    def _add_to_undo(self, **parts):
        """Add to the data that undoes the merge."""
        self.undo = {**(self.undo or {}), **parts}

    def _is_own_value(self, field):
        """Return whether a field holds values that cannot be derived."""
        is_derived = field.related or (field.compute and field.readonly)
        return (
            field.store
            and not is_derived
            and not field.company_dependent
            and field.type not in ("one2many", "binary", "image")
            and field.name not in models.MAGIC_COLUMNS
        )

    def _to_json(self, record, name):
        """Return the value of a field in a form that JSON can store."""
        field, value = record._fields[name], record[name]
        if field.type == "many2one":
            return value.id
        if field.type == "many2many":
            return sorted(value.ids)
        if field.type in ("date", "datetime"):
            return value and field.to_string(value)
        if field.type == "properties":
            return dict(value._values or {})
        if field.type == "reference":
            return value and f"{value._name},{value.id}"
        return value and str(value) if field.type == "html" else value

    def _from_json(self, record, name, value):
        """Return a value stored by ``_to_json`` in a form for ``write``."""
        if record._fields[name].type == "many2many":
            return [fields.Command.set(value)]
        return value
