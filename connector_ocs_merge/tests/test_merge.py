# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .merging import ASSET, MergeCase


@tagged("post_install", "-at_install")
class TestMerge(MergeCase):
    """Merging assets: values and linked records move to the kept asset."""

    def test_linked_records_move(self):
        self.two.message_post(body="Before.")
        request, attachment, message, activity, partner, monitor = self.use(self.two)
        self.merge()
        self.assertEqual(request.equipment_id, self.one)
        self.assertEqual(attachment.res_id, self.one.id)
        self.assertEqual(message.res_id, self.one.id)
        self.assertEqual(activity.res_id, self.one.id)
        self.assertIn(partner, self.one.message_partner_ids)
        self.assertEqual(monitor.computer_id, self.one)
        self.assertEqual(self.one.maintenance_count, 1)
        self.assertEqual(self.two.maintenance_count, 0)

    def test_merged_asset_is_archived_and_logged(self):
        merge = self.merge()
        self.assertFalse(self.two.active)
        self.assertTrue(self.one.active)
        self.assertEqual(self.two.name, "PC-2")
        self.assertIn("merged into another one", self.notes(self.two)[-1])
        note = self.notes(self.one)[-1]
        self.assertIn("“PC-2”", note)
        self.assertIn(f'data-oe-id="{merge.id}"', note.replace("'", '"'))
        self.assertFalse(self.one._ocs_is_untouched())

    def test_follower_of_both(self):
        partner = self.env["res.partner"].create({"name": "Friend"})
        for asset in self.assets:
            asset.message_subscribe(partner.ids)
        self.merge()
        self.assertIn(partner, self.one.message_partner_ids)

    def test_empty_fields_are_filled(self):
        self.one.write({"partner_ref": "A-1", "note": False})
        self.two.write({"partner_ref": "B-2", "note": "In the attic.", "cost": 9.5})
        self.merge()
        self.assertEqual(self.one.partner_ref, "A-1")
        self.assertIn("attic", self.one.note)
        self.assertEqual(self.one.cost, 9.5)
        self.assertEqual(self.one.name, "PC-1")

    def test_empty_properties_are_filled(self):
        self.set_properties(self.one, color="red")
        self.set_properties(self.two, color="blue", room="12")
        merge = self.merge()
        properties = self.one.equipment_properties
        self.assertEqual((properties["color"], properties["room"]), ("red", "12"))
        self.undo(merge)
        self.assertFalse(self.one.equipment_properties["room"])

    def test_many2many_links_move_and_move_back(self):
        """Any addon may link assets by a many2many field."""
        merge = self.env["ocs.asset.merge"]
        field = self.env["ocs.merge.wizard"]._fields["asset_ids"]
        wizard = self.env["ocs.merge.wizard"].create(
            {"asset_ids": self.command_set(self.two)}
        )
        link = merge._move_link(wizard, field, self.two, self.one)
        self.assertEqual(wizard.asset_ids, self.one)
        merge._move_link_back(wizard, field, link, self.one, self.two)
        self.assertEqual(wizard.asset_ids, self.two)
        wizard.asset_ids = self.assets
        link = merge._move_link(wizard, field, self.two, self.one)
        merge._move_link_back(wizard, field, link, self.one, self.two)
        self.assertEqual(wizard.asset_ids, self.assets)

    def test_fields_that_link_assets(self):
        links = {
            (model._name, field.name)
            for model, field in self.env["ocs.asset.merge"]._links()
        }
        for link in (
            ("maintenance.request", "equipment_id"),
            (ASSET, "computer_id"),
            ("mail.message", "res_id"),
            ("ir.attachment", "res_id"),
            ("mail.activity", "res_id"),
            ("mail.followers", "res_id"),
            ("ocs.computer.binding", "odoo_id"),
        ):
            self.assertIn(link, links)
        self.assertFalse(
            {"ir.model.data", "ocs.asset.merge"} & {name for name, _field in links}
        )

    # Serial numbers

    def test_serial_number_moves(self):
        manual = self.create_asset(name="Old name")
        self.merge(manual, self.two)
        self.assertEqual(manual.serial_no, "5CG0002XYZ")
        self.assertFalse(self.two.serial_no)
        self.assertEqual(manual.ocs_bind_ids.external_id, 2)

    def test_serial_number_of_the_computer_in_ocs_is_kept(self):
        self.binding(1).removed_since = "2024-01-01"
        merge = self.merge()
        self.assertEqual(self.one.serial_no, "5CG0002XYZ")
        self.assertEqual(self.two.serial_no, "5CG0001XYZ")
        self.undo(merge)
        self.assertEqual(self.one.serial_no, "5CG0001XYZ")

    def test_edited_serial_number_is_kept(self):
        self.one.serial_no = "MINE-001"
        self.binding(1).removed_since = "2024-01-01"
        self.merge()
        self.assertEqual(self.one.serial_no, "MINE-001")

    # Access rights

    def test_only_managers_merge_and_undo(self):
        technician = new_test_user(
            self.env,
            "technician",
            groups="maintenance.group_equipment_manager,connector_ocs.group_ocs_user",
        )
        manager = new_test_user(
            self.env, "ocs_manager", groups="connector_ocs.group_ocs_manager"
        )
        merges = self.env["ocs.asset.merge"]
        with self.assertRaises(AccessError):
            merges.with_user(technician)._merge(self.one, self.two)
        with self.assertRaises(AccessError):
            self.one.with_user(technician).action_ocs_merge()
        self.use(self.two)
        merge = merges.with_user(manager)._merge(
            *(a.with_user(manager) for a in self.assets)
        )
        with self.assertRaises(AccessError):
            merge.with_user(technician).action_undo()
        with self.assertRaises(AccessError):
            merge.write({"undo": {}})
        with self.assertRaises(AccessError):
            merge.read(["undo"])
        merge.action_undo()
        self.assertTrue(self.two.active)

    def test_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="connector_ocs.group_ocs_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assets.company_id = self.env.company
        with self.assertRaises(AccessError):
            self.env["ocs.asset.merge"].with_user(stranger)._merge(self.one, self.two)
        merge = self.merge()
        self.assertFalse(merge.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            merge.with_user(stranger).action_undo()
        third, fourth = (binding.odoo_id for binding in self.fill(3, 4))
        third.company_id, fourth.company_id = self.env.company, other
        with self.assertRaisesRegex(UserError, "different companies"):
            self.merge(third, fourth)
