# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.connector_ocs.tests.common import OcsCase, ocs_computer

from ..components.account_adapter import AccountField, OcsAccountAdapter

DEPARTMENTS = {"1": "Sales", "2": "IT"}


class AccountCase(OcsCase):
    """Test case with a backend whose OCS has administrative data."""

    def setUp(self):
        super().setUp()
        self.found = [
            AccountField("TAG", "TAG", "text", {}),
            AccountField("fields_3", "Department", "select", dict(DEPARTMENTS)),
            AccountField("fields_4", "Bought on", "date", {}),
        ]
        self._patch_adapter("read_fields", self._read_fields, OcsAccountAdapter)

    def _read_fields(self, *args):
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    def field_of_asset(self, name):
        return self.env["ir.model.fields"]._get("maintenance.equipment", name)

    def account_field(self, column):
        """Return a field of OCS, after reading the fields if necessary."""
        if not self.backend.account_field_ids:
            self.backend.action_read_account_fields()
        return self.backend.account_field_ids.filtered(
            lambda field: field.column == column
        )

    def map(self, column, target="", target_property="", **values):
        """Choose the target of a field.

        :return: the field
        """
        field = self.account_field(column)
        field.write(
            {
                "target_field_id": target and self.field_of_asset(target).id,
                "target_property": target_property,
                **values,
            }
        )
        return field

    def import_with(self, external_id=1, **columns):
        """Import a computer with these columns in its row of accountinfo."""
        row = {"TAG": "Paris", **columns}
        computer = ocs_computer()
        computer["accountinfo"] = row
        return self.import_computer(external_id, computer)
