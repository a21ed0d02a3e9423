# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from itertools import chain
from typing import NamedTuple

from odoo import api, fields, models, tools

from odoo.addons.connector_ocs.exceptions import OcsConfigurationError


class AccountSettings(NamedTuple):
    """What imports need of the mapped fields, as values that a process can cache."""

    #: columns of accountinfo that are read besides TAG
    columns: tuple
    #: ids of the ocs.account.field that have a target, in their order
    field_ids: tuple


class OcsBackend(models.Model):
    """Backend with the administrative data that it imports from OCS."""

    _inherit = "ocs.backend"

    account_field_ids = fields.One2many(
        "ocs.account.field", "backend_id", string="Administrative Data Fields"
    )
    account_problem = fields.Text(
        string="Administrative Data Problem", readonly=True, copy=False
    )
    reads_account = fields.Boolean(
        string="Administrative Data Imported", compute="_compute_reads_account"
    )

    def write(self, vals):
        result = super().write(vals)
        if "computer_category_id" in vals:
            self.account_field_ids._ensure_property()
        return result

    @api.depends("section_ids")
    def _compute_reads_account(self):
        for backend in self:
            backend.reads_account = "accountinfo" in backend._imported_tables()

    @api.depends(
        "account_problem",
        "account_field_ids.is_missing",
        "account_field_ids.target_field_id",
        "account_field_ids.target_property",
    )
    def _compute_section_report(self):
        result = super()._compute_section_report()
        for backend in self:
            sentences = [backend.section_report, backend.account_problem]
            sentences += map(
                backend._describe_missing_field,
                backend._find_mapped_fields().filtered("is_missing"),
            )
            backend.section_report = "\n".join(filter(None, sentences))
        return result

    def _describe_missing_field(self, field):
        return self.env._(
            "OCS no longer has the administrative data field “%(field)s” (%(column)s). "
            "The values imported from it stay unchanged in Odoo. Clear its target on "
            "the “Administrative Data” page, or create the field again in OCS.",
            field=field.name,
            column=field.column,
        )

    def action_read_account_fields(self):
        """Read the fields of administrative data from OCS."""
        self.ensure_one()
        self.check_access("write")
        with self._as_user_error():
            self._read_account_fields()
        self.account_problem = False
        return self._notify(
            self.env._("Fields read"),
            self.env._(
                "OCS has %s administrative data fields. Choose their targets.",
                len(self.account_field_ids.filtered(lambda each: not each.is_missing)),
            ),
        )

    def _find_mapped_fields(self):
        return self.account_field_ids.filtered(lambda field: field._is_mapped())

    def _mapped_account_fields(self):
        """Return the fields that have a target."""
        ids = (backend._account_settings().field_ids for backend in self)
        return self.env["ocs.account.field"].browse(chain.from_iterable(ids))

    def _account_columns(self):
        """Return the columns of accountinfo that are read besides TAG."""
        return list(self._account_settings().columns)

    def _account_settings(self):
        """Return the settings of this backend, as this transaction sees it.

        :return: :class:`AccountSettings`
        """
        self.ensure_one()
        if isinstance(self.id, int):
            return self._cached_account_settings()
        return self._read_account_settings()

    # the key changes with each setting, see ``ocs.backend._settings``
    @tools.ormcache("self.id", "self.settings_key")
    def _cached_account_settings(self):
        # sudo: the settings do not depend on the user
        return self.sudo()._read_account_settings()

    def _read_account_settings(self):
        mapped = self._find_mapped_fields()
        return AccountSettings(self._find_account_columns(mapped), tuple(mapped.ids))

    def _find_account_columns(self, mapped):
        """Return the columns of mapped fields that OCS has, except TAG.

        :param mapped: ocs.account.field with a target
        """
        present = mapped.filtered(
            lambda field: not field.is_missing and field.column != "TAG"
        )
        return tuple(present.sorted("id").mapped("column"))

    def _detect(self):
        self._refresh_account_fields()
        return super()._detect()

    def _refresh_account_fields(self):
        """Update labels and choices that may have changed in OCS.

        If the user is not allowed to read them, the known ones are kept.
        """
        problem = False
        if self._mapped_account_fields() and self.reads_account:
            try:
                self._read_account_fields()
            except OcsConfigurationError as error:
                problem = self.env._(
                    "The administrative data fields and their choices could not be "
                    "read, so those already known are used. %s",
                    error,
                )
        if problem != self.account_problem:
            self.account_problem = problem

    def _read_account_fields(self):
        """Update the list of fields from OCS.

        :raises OcsConfigurationError: names the missing privilege or table
        """
        with self.work_on("ocs.account.field") as work:
            found = work.component(usage="backend.adapter").read_fields()
        known = {field.column: field for field in self.account_field_ids}
        for sequence, description in enumerate(found):
            values = {**description._asdict(), "sequence": sequence}
            self._update_account_field(known.pop(description.column, None), values)
        for field in known.values():
            if not field.is_missing:
                field.is_missing = True

    def _update_account_field(self, field, values):
        """Create or update a field, writing only what differs."""
        if not field:
            self.env["ocs.account.field"].create({**values, "backend_id": self.id})
            return
        values["is_missing"] = False
        differences = {
            name: value
            for name, value in values.items()
            if (field[name] or False) != (value or False)
        }
        if differences:
            field.write(differences)
