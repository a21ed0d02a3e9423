# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_computer
from odoo.addons.connector_ocs.tests.properties import PropertiesCase

from .common import AccountCase

SERIAL = "5CD1234XYZ"


@tagged("post_install", "-at_install")
class TestKeptProperties(PropertiesCase, AccountCase):
    """Imports keep the properties that people entered."""

    def test_second_backend(self):
        category = self.backend.computer_category_id
        category.equipment_properties_definition = self.definitions
        self.map("fields_3", target_property="Department")
        computer = ocs_computer(bios={"SSN": SERIAL})
        computer["accountinfo"]["fields_3"] = "2"
        asset = self.import_computer(1, computer).odoo_id
        before = self.properties(asset)
        asset.equipment_properties = {**before, **self.values}
        other = self.backend.copy({"name": "Second", "host": "second.invalid"})
        for name in ("Own", ""):
            with self.subTest(category=name):
                other.computer_category_id = self.category(name) if name else category
                self.env["ocs.computer.binding"].import_record(other, 1)
                self.assertEqual(asset.ocs_bind_ids.backend_id, self.backend | other)
                self.assert_kept(asset)
                found = self.properties(asset)
                self.assertEqual({**before, **self.values}, found)
                asset.ocs_bind_ids.filtered(
                    lambda each: each.backend_id == other
                ).unlink()


@tagged("post_install", "-at_install")
class TestEmptiedValues(PropertiesCase, AccountCase):
    """OCS empties only what it has filled, and the chatter tells it."""

    def messages(self, asset):
        return " ".join(asset.message_ids.mapped("body"))

    def setUp(self):
        super().setUp()
        self.map("fields_4", "warranty_date")
        self.map("fields_3", target_property="Department")

    def computer(self, department="", warranty="", **sections):
        computer = ocs_computer(**sections)
        computer["accountinfo"].update(fields_3=department, fields_4=warranty)
        return computer

    def department(self, asset):
        self.flush()
        return asset.equipment_properties._values.get(f"ocs_{self.backend.id}_fields_3")

    def test_ocs_empties_what_it_filled(self):
        asset = self.import_computer(1, self.computer("2", "2030-01-01")).odoo_id
        self.assertEqual(self.department(asset), "IT")
        self.import_computer(1, self.computer())
        self.assertFalse(asset.warranty_date or self.department(asset))
        message = self.messages(asset)
        self.assertIn("OCS reports changes", message)
        self.assertIn("<li>Department: IT → none</li>", message)
        self.assertRegex(message, r"<li>Warranty Expiration Date: [^<]*2030 → none")

    def test_linked_asset(self):
        asset = self.env["maintenance.equipment"].create(
            {"name": "PC", "serial_no": SERIAL, "warranty_date": "2030-01-01"}
        )
        computer = self.computer(bios={"SSN": SERIAL})
        for force in (False, True):
            self.import_computer(1, computer, force=force)
            self.assertEqual(str(asset.warranty_date), "2030-01-01")

    def test_entered_in_odoo(self):
        asset = self.import_computer(1, self.computer()).odoo_id
        asset.warranty_date = "2030-01-01"
        asset.equipment_properties = {f"ocs_{self.backend.id}_fields_3": "Mine"}
        self.import_computer(1, self.computer(hardware={"NAME": "NEW"}))
        self.assertEqual(str(asset.warranty_date), "2030-01-01")
        self.assertEqual(self.department(asset), "Mine")

    def test_reinstalled_computer(self):
        """Its new row in OCS has no administrative data yet."""
        binding = self.import_computer(1, self.computer("2", "2030-01-01"))
        asset = binding.odoo_id
        binding._rebind(2, "the same serial number")
        self.ocs.clear()
        for name in ("REINSTALLED", "RENAMED"):
            self.import_computer(2, self.computer(hardware={"NAME": name}))
            self.assertEqual(asset.name, name)
            self.assertEqual(str(asset.warranty_date), "2030-01-01")
            self.assertEqual(self.department(asset), "IT")
        self.import_computer(2, self.computer("1", "2031-01-01"))
        self.assertEqual(str(asset.warranty_date), "2031-01-01")
        self.import_computer(2, self.computer())
        self.assertFalse(asset.warranty_date or self.department(asset))
