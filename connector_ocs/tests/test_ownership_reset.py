# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ocs_computer
from .ownership import OwnershipCase


@tagged("post_install", "-at_install")
class TestResetToOcs(OwnershipCase):
    """Resetting fields to their OCS values."""

    def test_only_managers_reset_fields(self):
        binding = self.rename("A")
        binding.odoo_id.name = "mine"
        user = new_test_user(self.env, "u", groups="connector_ocs.group_ocs_user")
        manager = new_test_user(self.env, "m", groups="connector_ocs.group_ocs_manager")
        (row,) = binding.with_user(user).ocs_field_differences
        self.assertFalse(row["can_reset"])
        with self.assertRaises(AccessError):
            binding.with_user(user).action_reset_to_ocs(["name"])
        (row,) = binding.with_user(manager).odoo_id.ocs_field_differences
        self.assertTrue(row["can_reset"])
        binding.with_user(manager).action_reset_to_ocs(["name"])
        self.assertEqual(binding.name, "A")

    def test_technicians_do_not_see_ocs_values(self):
        asset = self.rename("A").odoo_id
        group = "maintenance.group_equipment_manager"
        technician = new_test_user(self.env, "t", groups=group)
        asset.with_user(technician).name = "mine"
        self.assertTrue(self.binding(1).has_locked_fields)
        with self.assertRaises(AccessError):
            asset.with_user(technician).read(["ocs_field_differences"])

    def test_reset_to_a_deleted_record(self):
        categories = self.env["maintenance.equipment.category"]
        office = categories.create({"name": "Office"})
        self.configured = {"category_id": office.id}
        binding = self.rename("A")
        binding.odoo_id.category_id = categories.create({"name": "Lab"})
        office.unlink()
        self.assertEqual(
            self.locked(binding), {"category_id": ("Lab", "a deleted record")}
        )
        with self.assertRaisesRegex(UserError, "deleted"):
            binding.action_reset_to_ocs(["category_id"])
        self.configured = {}
        self.rename("A")
        binding.action_reset_to_ocs(["category_id"])
        self.assertEqual(binding.category_id, self.backend.computer_category_id)

    def test_reset_to_a_serial_number_in_use(self):
        binding = self.import_computer(1, ocs_computer(bios={"SSN": "5CD1234XYZ"}))
        binding.odoo_id.serial_no = "LABEL-1"
        self.env.flush_all()
        other = self.env["maintenance.equipment"].create(
            {"name": "Other", "serial_no": "5CD1234XYZ"}
        )
        self.import_computer(1, force=True)
        self.assertFalse(binding.warnings)
        self.assertEqual(self.locked(binding)["serial_no"], ("LABEL-1", "5CD1234XYZ"))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(UserError, "Another asset already has this value"),
        ):
            binding.action_reset_to_ocs(["serial_no"])
        self.assertEqual(binding.serial_no, "LABEL-1")
        other.serial_no = False
        binding.action_reset_to_ocs(["serial_no"])
        self.assertEqual(binding.serial_no, "5CD1234XYZ")

    def test_blacklisted_serial_number_is_no_ocs_value(self):
        binding = self.import_computer(1, ocs_computer(bios={"SSN": "Default string"}))
        binding.odoo_id.serial_no = "LABEL-1"
        self.import_computer(1, force=True)
        self.assertFalse(binding.warnings)
        self.assertEqual(self.locked(binding), {"serial_no": ("LABEL-1", "")})

    def test_only_locked_fields_are_reset(self):
        self.set_ownership("name", "odoo")
        binding = self.rename("A")
        binding.odoo_id.write({"name": "mine", "model": "mine"})
        binding.action_reset_to_ocs(["name", "model", "nonsense"])
        self.assertEqual(binding.name, "mine")
        self.assertEqual(binding.model, "mine")


@tagged("post_install", "-at_install")
class TestOwnershipSettings(OwnershipCase):
    """Field ownership of a backend."""

    def test_defaults(self):
        owners = self.backend._field_owners()
        self.assertEqual(owners["name"], "until_edited")
        self.assertEqual(owners["manufacturer"], "ocs")
        self.assertEqual(owners, self.backend.copy()._field_owners())

    def test_missing_lines_are_added(self):
        self.backend.ownership_ids.filtered(lambda line: line.name == "name").unlink()
        self.set_ownership("category_id", "odoo")
        self.backend._complete_ownership()
        self.assertEqual(self.backend._field_owners()["name"], "until_edited")
        self.assertEqual(self.backend._field_owners()["category_id"], "odoo")
        lines = self.backend.ownership_ids
        self.backend._complete_ownership()
        self.assertEqual(self.backend.ownership_ids, lines)

    def test_changed_settings_request_imports(self):
        binding = self.rename("A")
        for change in (
            lambda: self.set_ownership("name", "ocs"),
            lambda: self.set_ownership("partner_ref", "odoo"),
            lambda: self.backend.ownership_ids[0].unlink(),
            lambda: self.backend.write({"computer_category_id": False}),
        ):
            self.rename("A")
            self.assertFalse(binding.import_request)
            change()
            self.assertTrue(binding.import_request)

    def test_only_editable_fields_have_an_owner(self):
        for name in ("maintenance_count", "equipment_properties", "computer_id"):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.set_ownership(name, "odoo")

    def test_imported_values_leave_the_asset_untouched(self):
        """Imported and configured values are not user edits."""
        self.configured = {
            "technician_user_id": self.env.uid,
            "partner_ref": "A-1",
            "warranty_date": "2030-01-31",
        }
        binding = self.rename("A")
        asset = binding.odoo_id
        self.assertTrue(asset._ocs_is_untouched())
        for values in (
            {"name": "mine"},
            {"technician_user_id": False},
            {"partner_ref": "A-2"},
            {"category_id": self.backend.monitor_category_id.id},
        ):
            before = {name: asset[name] for name in values}
            with self.subTest(values):
                asset.with_context(tracking_disable=True).write(values)
                self.assertFalse(asset._ocs_is_untouched())
                asset.with_context(tracking_disable=True).write(before)
                self.assertTrue(asset._ocs_is_untouched())
