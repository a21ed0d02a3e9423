# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import date
from unittest import mock

from odoo.tests import tagged

from ..components.account_adapter import AccountField
from ..lib.account import Unusable
from ..lib.account_converter import AccountConverter, Target
from .common import AccountCase


@tagged("post_install", "-at_install")
class TestAccountImport(AccountCase):
    """Administrative data are imported into the mapped fields and properties."""

    def test_fields_of_each_type(self):
        vendor = self.env["res.partner"].create({"name": "Test Vendor"})
        self.found += [
            AccountField("fields_5", "Invoice", "text", {}),
            AccountField("fields_6", "Notes", "textarea", {}),
            AccountField("fields_7", "Boxes", "checkbox", {"1": "A", "2": "B"}),
            AccountField("fields_8", "Vendor", "radio", {"1": vendor.name}),
        ]
        for column, target, text, expected in (
            ("fields_3", "partner_ref", "2", "IT"),
            ("fields_4", "warranty_date", "2026-01-31", date(2026, 1, 31)),
            ("fields_5", "cost", "1200,50", 1200.5),
            ("fields_6", "note", "a<b>\r\nc", "<p>a&lt;b&gt;<br>c</p>"),
            ("fields_7", "model", "1&&&2&&&", "A, B"),
            ("fields_8", "partner_id", "1", vendor),
        ):
            field = self.map(column, target)
            with self.subTest(target=target):
                binding = self.import_with(**{column: text})
                self.assertEqual(binding[target], expected)
                self.assertFalse(binding.warnings)
                with mock.patch.object(type(binding.odoo_id), "write") as write:
                    self.import_computer(1, force=True)
                write.assert_not_called()
                self.import_with(**{column: ""})
                self.assertFalse(binding[target])
            field.target_field_id = False

    def test_location(self):
        """A field of the connector whose value users enter."""
        self.map("TAG", "location")
        binding = self.import_with(TAG="Paris")
        self.assertEqual(binding.location, "Paris")
        self.assertTrue(binding.odoo_id._ocs_is_untouched())
        binding.odoo_id.location = "Attic"
        self.import_with(TAG="Lyon")
        self.assertEqual(binding.location, "Attic")
        self.assertTrue(binding.has_locked_fields)

    def test_removed_mapping_restores_the_inventory_value(self):
        """Without the mapping, the field gets the value of the inventory again."""
        field = self.map("fields_3", "model")
        binding = self.import_with(fields_3="2")
        self.assertEqual(binding.model, "IT")
        field.target_field_id = False
        self.import_computer(1)
        self.assertEqual(binding.model, "Latitude 5420")

    def test_unsuitable_value_is_skipped_with_a_warning(self):
        """Odoo keeps its value, and all other fields are imported."""
        self.found.append(AccountField("fields_5", "Vendor", "text", {}))
        self.map("fields_4", "warranty_date")
        self.map("fields_5", "partner_id")
        self.map("TAG", "cost")
        binding = self.import_with(fields_4="2026-01-31", fields_5="", TAG="5")
        self.import_with(fields_4="02/03/2026", fields_5="No such", TAG="x")
        self.assertEqual(binding.warranty_date, date(2026, 1, 31))
        self.assertEqual(binding.cost, 5)
        first, second, third = sorted(binding.warnings.splitlines())
        self.assertIn("“02/03/2026” of “Bought on” cannot be stored", first)
        self.assertIn(
            "order of day and month is ambiguous. Choose the “Date Order”", first
        )
        self.assertIn("“No such” of “Vendor” cannot be stored in “Vendor”", second)
        self.assertIn(
            "“x” of “TAG” cannot be stored in “Cost” because it is not a number", third
        )
        self.account_field("fields_4").date_order = "dmy"
        self.env["res.partner"].create({"name": "No such"})
        self.import_with(fields_4="02/03/2026", fields_5="No such", TAG="6")
        self.assertFalse(binding.warnings)
        self.assertEqual(binding.warranty_date, date(2026, 3, 2))
        self.assertEqual(binding.partner_id.name, "No such")

    def test_ambiguous_record_name(self):
        self.env["res.partner"].create([{"name": "Test Twin"}] * 2)
        self.map("TAG", "partner_id")
        binding = self.import_with(TAG="Test Twin")
        self.assertFalse(binding.partner_id)
        self.assertIn("or more than one", binding.warnings)

    def test_record_of_another_company_is_not_used(self):
        other = self.env["res.company"].create({"name": "Another company"})
        partner = self.env["res.partner"].create(
            {"name": "Vendor elsewhere", "company_id": other.id}
        )
        self.map("TAG", "partner_id")
        binding = self.import_with(TAG=partner.name)
        self.assertFalse(binding.partner_id)
        self.assertIn("Vendor elsewhere", binding.warnings)

    def test_option_without_label(self):
        self.map("fields_3", "partner_ref")
        binding = self.import_with(fields_3="9")
        self.assertEqual(binding.partner_ref, "9")
        self.assertIn("no label for the value “9” of “Department”", binding.warnings)

    def test_required_field_is_not_emptied(self):
        self.map("fields_4", "effective_date")
        binding = self.import_with(fields_4="2026-01-31")
        self.import_with(fields_4="")
        self.assertEqual(binding.effective_date, date(2026, 1, 31))

    def test_column_that_is_not_read_keeps_the_value(self):
        """OCS lacks the column, or the section is not imported."""
        self.map("fields_3", "partner_ref")
        binding = self.import_with(fields_3="2")
        self.import_with()
        self.assertEqual(binding.partner_ref, "IT")
        section = self.env.ref("connector_ocs.section_accountinfo")
        self.backend.section_ids -= section
        self.import_with(fields_3="1")
        self.assertEqual(binding.partner_ref, "IT")

    def test_deleted_target_field(self):
        """The addon of the field was uninstalled."""
        model = self.env["ir.model"]._get("maintenance.equipment")
        target = self.env["ir.model.fields"].create(
            {"name": "x_department", "model_id": model.id, "ttype": "char"}
        )
        field = self.account_field("fields_3")
        field.target_field_id = target
        self.assertEqual(self.import_with(fields_3="2").x_department, "IT")
        target.unlink()
        self.env.invalidate_all()
        self.assertFalse(field.target_field_id)
        self.assertEqual(self.backend._account_columns(), [])
        self.assertFalse(self.import_with(fields_3="1").warnings)

    def test_selection_field(self):
        model = self.env["ir.model"]._get("maintenance.equipment")
        self.env["ir.model.fields"].create(
            {
                "name": "x_department",
                "model_id": model.id,
                "ttype": "selection",
                "selection": "[('sales', 'Sales'), ('it', 'Informatics')]",
            }
        )
        self.map("fields_3", "x_department")
        for text, expected in (("1", "sales"), ("2", "it"), ("", False)):
            self.assertEqual(self.import_with(fields_3=text).x_department, expected)
        binding = self.import_with(fields_3="9")
        self.assertFalse(binding.x_department)
        self.assertIn("“9” of “Department” cannot be stored", binding.warnings)

    def test_category(self):
        """Without a category in OCS, the asset has that of the backend."""
        servers = self.env["maintenance.equipment.category"].create({"name": "Servers"})
        self.map("TAG", "category_id")
        binding = self.import_with(TAG="")
        self.assertEqual(binding.category_id, self.backend.computer_category_id)
        self.import_with(TAG="Servers")
        self.assertEqual(binding.category_id, servers)
        self.import_with(TAG="")
        self.assertEqual(binding.category_id, self.backend.computer_category_id)

    def test_conversions(self):
        """Types of fields and properties that assets do not have by default."""
        self.found.append(AccountField("fields_5", "Boxes", "checkbox", {"1": "A"}))
        self.backend.tz = "Europe/Paris"
        tags = (("a", "A"), ("b", "B"))
        for column, text, target, expected in (
            ("fields_4", "2026-01-31", {"type": "datetime"}, "2026-01-30 23:00:00"),
            ("fields_4", "", {"type": "datetime"}, "False"),
            ("fields_5", "1&&&", {"type": "boolean"}, "True"),
            ("fields_5", "", {"type": "boolean"}, "False"),
            ("fields_5", "1&&&", {"type": "tags", "choices": tags}, "['a']"),
            ("fields_5", "", {"type": "tags", "choices": tags}, "False"),
            ("fields_5", "2&&&", {"type": "tags", "choices": tags}, None),
            ("TAG", "12", {"type": "monetary"}, "12.0"),
            ("TAG", "12", {"type": "integer"}, "12"),
            ("TAG", "a\r\nb", {"type": "char"}, "a b"),
            ("TAG", "yes", {"type": "boolean"}, "True"),
            ("TAG", "x", {"type": "many2many"}, None),
        ):
            field = self.account_field(column)
            with self.subTest(text=text, **target):
                converter = AccountConverter(self.backend)
                arguments = (field, text, Target(label="X", **target))
                if expected is None:
                    with self.assertRaises(Unusable):
                        converter.convert(*arguments, self.env.company)
                    self.assertEqual(len(converter.warnings), 1)
                else:
                    value = converter.convert(*arguments, self.env.company)
                    self.assertEqual(str(value), expected)

    # Properties

    def properties(self, binding):
        """Return {label: value} of the asset's properties."""
        (values,) = binding.odoo_id.read(["equipment_properties"], load=None)
        return {
            each["string"]: each.get("value") or False
            for each in values["equipment_properties"]
        }

    def test_properties(self):
        category = self.backend.computer_category_id
        category.equipment_properties_definition = [
            {"name": "shelf", "string": "Shelf", "type": "char"},
            {
                "name": "kind",
                "string": "Kind",
                "type": "selection",
                "selection": [["s", "Sales"], ["i", "IT"]],
            },
        ]
        self.map("fields_3", target_property="Kind")
        self.map("fields_4", target_property="Bought on")
        self.map("TAG", target_property="Place")
        binding = self.import_with(fields_3="2", fields_4="2026-01-31")
        expected = {
            "Shelf": False,
            "Kind": "i",
            "Bought on": "2026-01-31",
            "Place": "Paris",
        }
        self.assertEqual(self.properties(binding), expected)
        self.assertTrue(binding.odoo_id._ocs_is_untouched())
        binding.odoo_id.equipment_properties = {
            **dict(binding.odoo_id.equipment_properties._values),
            "shelf": "B2",
        }
        self.assertFalse(binding.odoo_id._ocs_is_untouched())
        self.import_with(fields_3="9", fields_4="")
        self.assertEqual(
            self.properties(binding),
            {**expected, "Shelf": "B2", "Bought on": False},
        )
        self.assertIn(
            "“9” of “Department” cannot be stored in “Kind”", binding.warnings
        )
        with mock.patch.object(type(binding.odoo_id), "write") as write:
            self.import_computer(1, force=True)
        write.assert_not_called()

    def test_renamed_property_stays_the_target(self):
        """The property created for a field stays its target under another label."""
        field = self.map("TAG", target_property="Place")
        category = self.backend.computer_category_id
        (definition,) = category.equipment_properties_definition
        category.equipment_properties_definition = [{**definition, "string": "Site"}]
        self.assertEqual(self.properties(self.import_with()), {"Site": "Paris"})
        field.target_property = "Site"
        self.assertEqual(len(category.equipment_properties_definition), 1)

    def test_new_category_gets_the_properties(self):
        self.map("TAG", target_property="Place")
        other = self.env["maintenance.equipment.category"].create({"name": "Servers"})
        self.backend.computer_category_id = other
        self.assertEqual(self.properties(self.import_with()), {"Place": "Paris"})

    def test_html_property(self):
        """Odoo sanitizes the value, yet the property is written only once."""
        category = self.backend.computer_category_id
        category.equipment_properties_definition = [
            {"name": "memo_html", "string": "Memo", "type": "html"}
        ]
        self.map("TAG", target_property="Memo")
        binding = self.import_with(TAG="R&D <i> 'a' \"b\"")
        self.assertIn("R&amp;D &lt;i&gt;", self.properties(binding)["Memo"])
        with mock.patch.object(type(binding.odoo_id), "write") as write:
            self.import_computer(1, force=True)
        write.assert_not_called()

    def test_category_without_the_property(self):
        self.map("TAG", target_property="Place")
        binding = self.import_with()
        other = self.env["maintenance.equipment.category"].create({"name": "Servers"})
        binding.odoo_id.category_id = other
        self.import_with(TAG="Lyon")
        self.assertFalse(self.properties(binding))
        self.assertFalse(binding.warnings)

    def test_imported_values_leave_the_asset_untouched(self):
        self.map("fields_3", "partner_ref")
        binding = self.import_with(fields_3="2")
        self.assertTrue(binding.odoo_id._ocs_is_untouched())
        binding.odoo_id.cost = 5
        self.assertFalse(binding.odoo_id._ocs_is_untouched())
