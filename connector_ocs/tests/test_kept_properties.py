# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from unittest import mock

from odoo.fields import Properties
from odoo.tests import tagged

from ..components.computer_importer import OcsComputerImporter
from .common import ocs_computer, ocs_monitor
from .properties import PropertiesCase

SERIAL = "5CD1234XYZ"


@tagged("post_install", "-at_install")
class TestKeptProperties(PropertiesCase):
    """Imports keep the properties that people entered."""

    def test_every_type_is_tested(self):
        tested = {each["type"] for each in self.definitions}
        self.assertEqual(tested | {"separator"}, set(Properties.ALLOWED_TYPES))

    def test_link_to_an_asset_of_another_category(self):
        asset = self.asset(self.category("Own", self.definitions), serial_no=SERIAL)
        binding = self.import_computer(1, ocs_computer(bios={"SSN": SERIAL}))
        self.assertEqual(binding.odoo_id, asset)
        self.assert_kept(asset)

    def test_link_to_an_asset_of_the_same_category(self):
        category = self.backend.computer_category_id
        category.equipment_properties_definition = self.definitions
        asset = self.asset(category, serial_no=SERIAL)
        binding = self.import_computer(1, ocs_computer(bios={"SSN": SERIAL}))
        self.assertEqual(binding.odoo_id, asset)
        self.assert_kept(asset)

    def test_link_to_an_asset_without_category(self):
        asset = self.env["maintenance.equipment"].create(
            {"name": "By hand", "serial_no": SERIAL, "warranty_date": "2030-01-01"}
        )
        self.import_computer(1, ocs_computer(bios={"SSN": SERIAL}))
        self.assertEqual(asset.category_id, self.backend.computer_category_id)
        self.assertEqual(str(asset.warranty_date), "2030-01-01")

    def test_backend_gets_another_category(self):
        """The definitions come along where the new category lacks them."""
        category = self.backend.computer_category_id
        category.equipment_properties_definition = self.definitions
        asset = self.import_computer(1, ocs_computer()).odoo_id
        asset.equipment_properties = self.values
        present = [{"name": "other", "string": "sticker", "type": "char"}]
        self.backend.computer_category_id = new = self.category("New", present)
        self.flush()
        self.import_computer(1, force=True)
        self.assertEqual(asset.category_id, new)
        found = self.properties(asset)
        self.assertEqual(found.pop("other"), self.values.pop("p_char"))
        self.assertEqual(found, self.values)

    def test_category_whose_property_has_other_choices(self):
        category = self.backend.computer_category_id
        category.equipment_properties_definition = self.definitions
        asset = self.import_computer(1, ocs_computer()).odoo_id
        asset.equipment_properties = self.values
        green = {"selection": [["green", "Green"]], "tags": [["green", "Green", 1]]}
        present = [
            {**each, **{key: green[key] for key in green if key in each}}
            for each in self.definitions
        ]
        present[0]["type"] = "date"
        self.backend.computer_category_id = new = self.category("New", present)
        self.flush()
        self.import_computer(1, force=True)
        self.assertEqual(asset.category_id, new)
        found = self.properties(asset)
        by_label = {
            each["string"]: found[each["name"]]
            for each in new.equipment_properties_definition
        }
        for definition in self.definitions:
            with self.subTest(definition["string"]):
                expected = self.values[definition["name"]]
                self.assertEqual(by_label[definition["string"]], expected)

    def test_category_with_another_currency(self):
        """An amount in one currency is not the same in another one."""
        (price,) = (each for each in self.definitions if each["type"] == "monetary")
        category = self.backend.computer_category_id
        category.equipment_properties_definition = [price]
        asset = self.import_computer(1, ocs_computer()).odoo_id
        asset.equipment_properties = {"p_monetary": 99.9}
        foreign = {**price, "currency_field": "x_foreign_currency_id"}
        self.backend.computer_category_id = new = self.category("New", [foreign])
        self.flush()
        self.import_computer(1, force=True)
        found = self.properties(asset)
        amounts = {
            each["currency_field"]: found[each["name"]]
            for each in new.equipment_properties_definition
        }
        expected = {"x_currency_id": 99.9, "x_foreign_currency_id": False}
        self.assertEqual({key: amounts[key] or False for key in expected}, expected)

    def test_category_of_a_new_asset_adds_no_definitions(self):
        category = self.backend.computer_category_id
        category.equipment_properties_definition = self.definitions
        asset = self.import_computer(1, ocs_computer()).odoo_id
        self.backend.computer_category_id = new = self.category("New")
        self.import_computer(1, force=True)
        self.assertEqual(asset.category_id, new)
        self.assertFalse(new.equipment_properties_definition)

    def test_monitor_is_linked(self):
        category = self.backend.monitor_category_id
        category.equipment_properties_definition = self.definitions
        asset = self.asset(category, serial_no="MON-4711-XYZ")
        monitors = [ocs_monitor("MON-4711-XYZ")]
        self.import_computer(1, ocs_computer(monitors=monitors))
        self.assertTrue(asset.ocs_monitor_bind_ids)
        self.assert_kept(asset)

    def test_second_backend(self):
        category = self.backend.computer_category_id
        category.equipment_properties_definition = self.definitions
        computer = ocs_computer(bios={"SSN": SERIAL})
        asset = self.import_computer(1, computer).odoo_id
        asset.equipment_properties = self.values
        other = self.backend.copy({"name": "Second", "host": "second.invalid"})
        for name in ("Own", ""):
            with self.subTest(category=name):
                other.computer_category_id = self.category(name) if name else category
                self.env["ocs.computer.binding"].import_record(other, 1)
                self.assertEqual(asset.ocs_bind_ids.backend_id, self.backend | other)
                self.assert_kept(asset)
                asset.ocs_bind_ids.filtered(
                    lambda each: each.backend_id == other
                ).unlink()


@tagged("post_install", "-at_install")
class TestEmptiedValues(PropertiesCase):
    """The chatter tells which values an import has emptied."""

    def messages(self, asset):
        return " ".join(asset.message_ids.mapped("body"))

    def test_properties(self):
        asset = self.asset(self.category("Own", self.definitions))
        before = asset._ocs_filled_values()
        asset.equipment_properties = dict.fromkeys(self.values, False)
        self.flush()
        lines = asset._ocs_emptied_lines(before, self.backend)
        self.assertEqual(len(lines), len(self.values))
        self.assertIn("<li>Sticker: HAND-1 → none</li>", lines)
        self.assertIn("<li>Insured: yes → none</li>", lines)
        self.assertIn("<li>Contacts: A, B → none</li>", lines)

    def test_times_are_those_of_the_server(self):
        """Whoever imports, and whoever reads the message."""
        self.backend.tz = "Asia/Tokyo"
        asset = self.asset(self.category("Own", self.definitions))
        before = asset._ocs_filled_values()
        asset.equipment_properties = dict.fromkeys(self.values, False)
        self.flush()
        field = asset._fields["unplugged_since"]
        seen = datetime(2026, 1, 31, 20)
        fields = {"unplugged_since": seen}
        for tz in ("Europe/Paris", "America/New_York"):
            asset = asset.with_context(tz=tz)
            lines = asset._ocs_emptied_lines(before, self.backend)
            self.assertIn(
                "<li>Seen At: 2026-01-31 19:00 (Asia/Tokyo) → none</li>", lines
            )
            self.assertEqual(
                list(asset._ocs_emptied_fields(fields, self.backend)),
                [
                    (
                        field._description_string(self.env),
                        "2026-02-01 05:00 (Asia/Tokyo)",
                    )
                ],
            )

    def test_link_that_empties_a_field(self):
        """The manufacturer belongs to OCS, which reports a placeholder."""
        asset = self.env["maintenance.equipment"].create(
            {"name": "PC", "serial_no": SERIAL, "asset_tag": "HAND-7"}
        )
        self.import_computer(1, ocs_computer(bios={"SSN": SERIAL, "ASSETTAG": ""}))
        self.assertFalse(asset.asset_tag)
        self.assertIn("HAND-7 → none", self.messages(asset))

    def test_serial_number_that_ocs_still_reports(self):
        asset = self.import_computer(1, ocs_computer(bios={"SSN": SERIAL})).odoo_id
        self.assertEqual(asset.serial_no, SERIAL)
        importer = OcsComputerImporter
        with mock.patch.object(importer, "_is_shared_serial", return_value=True):
            self.import_computer(1, force=True)
        self.assertFalse(asset.serial_no)
        message = self.messages(asset)
        self.assertNotIn(f"{SERIAL} → none", message)
        self.assertIn(f"{SERIAL} → not used (OCS reports “{SERIAL}”", message)
