# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.runs import RunCase

from .common import AccountCase

SAME = {
    "hardware": {"UUID": "4C4C4544-0042-3510-8052-000000000002"},
    "bios": {"SSN": "5CG0002XYZ"},
}


@tagged("post_install", "-at_install")
class TestKeptReinstalled(RunCase, AccountCase):
    """A reinstalled computer keeps its data: its new row has none yet."""

    def setUp(self):
        super().setUp()
        self.map("fields_4", "warranty_date")
        self.map("fields_3", target_property="Department")
        category = self.backend.computer_category_id
        sticker = {"name": "sticker", "string": "Sticker", "type": "char"}
        category.equipment_properties_definition += [sticker]
        self.ocs[2] = self.report(2, "2", "2030-01-01", **SAME)
        self.import_changed()
        self.asset = self.binding(2).odoo_id
        self.asset.equipment_properties = {
            **(self.asset.equipment_properties._values or {}),
            "sticker": "HAND-1",
        }
        self.assert_kept()

    def report(self, number, department="", warranty="", **sections):
        computer = self.machine(number, **sections)
        data = {"TAG": "Paris", "fields_3": department, "fields_4": warranty}
        computer["accountinfo"] = data
        return computer

    def assert_kept(self):
        self.env.flush_all()
        self.env.invalidate_all()
        values = self.asset.equipment_properties._values
        department = values[f"ocs_{self.backend.id}_fields_3"]
        self.assertEqual((department, values["sticker"]), ("IT", "HAND-1"))
        self.assertEqual(str(self.asset.warranty_date), "2030-01-01")

    def need_merges(self):
        if "ocs.asset.merge" not in self.env:
            self.skipTest("No assets are merged without connector_ocs_merge.")

    def test_rebound(self):
        del self.ocs[2]
        self.ocs[3] = self.report(3, **SAME)
        self.import_changed()
        self.assertEqual(self.binding(3).odoo_id, self.asset)
        self.assert_kept()

    def test_second_asset_is_merged(self):
        self.need_merges()
        self.ocs[3] = self.report(3, **SAME)
        self.import_changed()
        self.assertNotEqual(self.binding(3).odoo_id, self.asset)
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(self.binding(3).odoo_id, self.asset)
        self.assert_kept()
        self.ocs[3]["hardware"]["NAME"] = "RENAMED"
        self.import_changed()
        self.assertEqual(self.asset.name, "RENAMED")
        self.assert_kept()

    def test_entered_by_hand(self):
        """Without a mapping of its own, a field is the business of people."""
        self.need_merges()
        self.account_field("fields_4").target_field_id = False
        self.ocs[3] = self.report(3, **SAME)
        self.import_changed()
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(self.binding(3).odoo_id, self.asset)
        self.assert_kept()
