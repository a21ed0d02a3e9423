# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.connector_ocs.exceptions import OcsConfigurationError

from ..components.account_adapter import OcsAccountAdapter
from .common import DEPARTMENTS, AccountCase


@tagged("post_install", "-at_install")
class TestAccountFields(AccountCase):
    """Fields of administrative data, and their targets in Odoo."""

    def test_button_reads_the_fields(self):
        notice = self.backend.action_read_account_fields()["params"]
        self.assertIn("3 administrative data fields", notice["message"])
        fields = self.backend.account_field_ids
        self.assertEqual(fields.mapped("column"), ["TAG", "fields_3", "fields_4"])
        self.assertEqual(fields.mapped("kind"), ["text", "select", "date"])
        self.assertEqual(fields[1].option_labels, "Sales, IT")

    def test_reading_again_writes_nothing(self):
        field = self.map("fields_3", "partner_ref")
        with mock.patch.object(type(field), "write") as write:
            self.backend.action_read_account_fields()
        write.assert_not_called()

    def test_removed_field_returns(self):
        field = self.map("fields_3", "partner_ref")
        self.assertEqual(self.backend._account_columns(), ["fields_3"])
        department = self.found.pop(1)
        self.backend.action_test_connection()
        self.assertTrue(field.is_missing)
        self.assertEqual(self.backend._account_columns(), [])
        self.assertIn("“Department” (fields_3)", self.backend.section_report)
        self.found.append(department)
        self.backend.action_test_connection()
        self.assertFalse(field.is_missing)
        self.assertFalse(self.backend.section_report)

    def test_without_privilege(self):
        self.found = OcsConfigurationError("The user is not allowed to read a table.")
        with self.assertRaisesRegex(UserError, "is not allowed to read"):
            self.backend.action_read_account_fields()
        self.backend.action_test_connection()
        self.assertFalse(self.backend.section_report)

    def test_revoked_privilege_keeps_the_fields(self):
        """The fields read before stay in use, and a warning says so."""
        field = self.map("fields_3", "partner_ref")
        self.found = OcsConfigurationError("The user is not allowed to read a table.")
        self.backend.action_test_connection()
        self.assertIn("those already known are used", self.backend.section_report)
        self.assertIn("is not allowed to read", self.backend.section_report)
        self.assertEqual(field.options, DEPARTMENTS)
        binding = self.import_with(fields_3="2")
        self.assertEqual(binding.partner_ref, "IT")

    def test_fields_are_not_read_without_mapping(self):
        self.account_field("TAG")
        with mock.patch.object(OcsAccountAdapter, "read_fields") as read_fields:
            self.backend.action_test_connection()
        read_fields.assert_not_called()

    def test_changed_mapping_requests_imports(self):
        field = self.map("fields_3", "partner_ref")
        self.import_with(fields_3="2")
        binding = self.binding(1)
        for change in (
            lambda: self.found[1].options.update({"2": "Informatics"}),
            lambda: field.write({"target_field_id": False, "target_property": "X"}),
            lambda: field.write({"target_property": False}),
        ):
            self.import_computer(1)
            self.assertFalse(binding.import_request)
            change()
            self.backend.action_test_connection()
            self.assertEqual(binding.import_request, "account")
        self.import_computer(1)
        self.found[1] = self.found[1]._replace(name="Not mapped")
        self.backend.action_read_account_fields()
        self.assertFalse(binding.import_request)

    def test_allowed_targets(self):
        equipment = self.env["maintenance.equipment"].browse()
        names = (
            self.env["ir.model.fields"]
            .browse(self.env["ocs.account.field"]._target_ids())
            .mapped("name")
        )
        for name in (
            *("partner_ref", "note", "cost", "model", "location"),
            *("category_id", "maintenance_team_id"),
        ):
            self.assertIn(name, names)
        for name in (
            *("name", "serial_no", "active", "company_id", "id", "create_uid"),
            *("memory_mb", "equipment_properties", "display_name", "maintenance_ids"),
        ):
            self.assertIn(name, equipment._fields)
            self.assertNotIn(name, names)
        for name in ("serial_no", "name", "memory_mb"):
            with self.assertRaisesRegex(ValidationError, "cannot be filled"):
                self.map("fields_3", name)

    def test_field_of_another_model(self):
        other = self.env["ir.model.fields"]._get("res.partner", "ref")
        with self.assertRaisesRegex(ValidationError, "cannot be filled"):
            self.account_field("TAG").target_field_id = other

    def test_two_fields_cannot_have_the_same_target(self):
        self.map("fields_3", "partner_ref")
        with self.assertRaisesRegex(ValidationError, "same target"):
            self.map("TAG", "partner_ref")
        self.map("fields_3", target_property="Department")
        with self.assertRaisesRegex(ValidationError, "same target"):
            self.map("TAG", target_property=" department")
        with self.assertRaisesRegex(ValidationError, "has two targets"):
            self.map("TAG", "partner_ref", "Tag")

    def test_column_name_cannot_inject_sql(self):
        with self.assertRaisesRegex(ValidationError, "not a valid OCS column name"):
            self.env["ocs.account.field"].create(
                {
                    "backend_id": self.backend.id,
                    "column": "TAG FROM accountinfo --",
                    "name": "Bad",
                }
            )

    def test_manager_maps_fields_on_the_form(self):
        """A manager of OCS need not be an administrator of Odoo."""
        user = new_test_user(
            self.env, "manager", groups="connector_ocs.group_ocs_manager"
        )
        backend = self.backend.with_user(user)
        backend.action_read_account_fields()
        targets = self.env["ir.model.fields"].with_user(user)
        domain = [("id", "in", self.env["ocs.account.field"]._target_ids())]
        ((target_id, _label),) = targets.name_search("Vendor Reference", domain)
        with Form(backend) as form:
            with form.account_field_ids.edit(1) as line:
                line.target_field_id = targets.browse(target_id)
        self.assertEqual(self.backend._account_columns(), ["fields_3"])
        with self.assertRaisesRegex(ValidationError, "Equipment Name"):
            backend.account_field_ids[0].target_field_id = self.field_of_asset("name")

    def test_user_can_only_read_the_fields(self):
        self.account_field("TAG")
        user = new_test_user(self.env, "reader", groups="connector_ocs.group_ocs_user")
        backend = self.backend.with_user(user)
        self.assertEqual(len(backend.account_field_ids), 3)
        with self.assertRaises(AccessError):
            backend.action_read_account_fields()

    def test_property_is_created(self):
        category = self.backend.computer_category_id
        self.account_field("fields_3").action_map_to_property()
        (definition,) = category.equipment_properties_definition
        self.assertEqual(definition["string"], "Department")
        self.assertEqual(definition["type"], "char")
        self.map("fields_4", target_property="Bought on")
        self.assertEqual(category.equipment_properties_definition[1]["type"], "date")
        self.map("fields_3", target_property="department ")
        self.assertEqual(len(category.equipment_properties_definition), 2)
