# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_monitor
from odoo.addons.connector_ocs.tests.ownership import locked_fields

from .merging import ASSET, MergeCase


@tagged("post_install", "-at_install")
class TestMergeUndo(MergeCase):
    """Undoing a merge restores the assets."""

    def assert_undone(self, before):
        after = self.snapshot()
        self.assertEqual(before.keys(), after.keys())
        for key, values in before.items():
            with self.subTest(key):
                self.assertEqual(after[key], values)

    def test_undo_restores_everything(self):
        for number in (1, 2):
            self.ocs[number]["monitors"] = [ocs_monitor(f"CN0ABC{number}")]
        self.import_changed()
        self.use(self.one)
        self.use(self.two)
        self.two.write({"note": "In the attic.", "partner_ref": "B-2", "cost": 5})
        for destination in self.assets:
            with self.subTest(destination=destination.name):
                before = self.snapshot()
                merge = self.merge(destination)
                self.assertNotEqual(self.snapshot(), before)
                self.undo(merge)
                self.assertFalse(merge.not_restored)
                self.assert_undone(before)

    def test_archived_asset_stays_archived(self):
        self.two.active = False
        self.undo(self.merge())
        self.assertFalse(self.two.active)

    def test_merge_is_undone_once_only(self):
        merge = self.merge()
        self.undo(merge)
        self.assertEqual(merge.state, "undone")
        self.assertFalse(self.one.ocs_merge_ids)
        with self.assertRaisesRegex(UserError, "already been undone"):
            merge.action_undo()

    def test_both_computers_are_imported_again(self):
        merge = self.merge()
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        self.import_changed()
        self.undo(merge)
        self.import_changed()
        self.assertEqual(self.one.ocs_bind_ids.external_id, 1)
        self.assertEqual(self.two.ocs_bind_ids.external_id, 2)
        self.assertEqual(self.two.name, "RENAMED")
        self.assertEqual(self.two.serial_no, "5CG0002XYZ")
        self.assertFalse(self.issue(2))
        self.assertFalse(self.import_changed().job_count)

    def test_later_changes_are_kept(self):
        request, attachment, _message, _activity, _partner, monitor = self.use(self.two)
        self.two.write({"note": "Old.", "partner_ref": "B-2"})
        merge = self.merge()
        later = self.env["maintenance.request"].create(
            {"name": "Later", "equipment_id": self.one.id}
        )
        attachment.unlink()
        monitor.computer_id = False
        self.one.note = "New."
        self.undo(merge)
        self.assertEqual(later.equipment_id, self.one)
        self.assertEqual(request.equipment_id, self.two)
        self.assertFalse(monitor.computer_id)
        self.assertIn("New.", self.one.note)
        self.assertFalse(self.one.partner_ref)
        for part in ("1 attachment.", "Note was changed later", "1 monitor."):
            self.assertIn(part, merge.not_restored)

    def test_deleted_asset_is_not_restored(self):
        merge = self.merge()
        self.two.unlink()
        self.undo(merge)
        self.assertIn("Deleted assets: 1.", merge.not_restored)
        self.assertTrue(self.one.active)

    def test_serial_number_used_meanwhile_is_not_restored(self):
        manual = self.create_asset()
        merge = self.merge(manual, self.two)
        manual.serial_no = False
        self.create_asset(serial_no="5CG0002XYZ")
        self.undo(merge)
        self.assertFalse(self.two.serial_no)
        self.assertIn("Serial Number", merge.not_restored)

    def test_undo_after_the_ignored_computer_took_over(self):
        merge = self.merge(self.two)
        del self.ocs[2]
        self.import_changed()
        self.undo(merge)
        self.assertEqual(self.one.ocs_bind_ids.external_id, 1)
        self.assertEqual(self.two.ocs_bind_ids.external_id, 2)
        self.import_changed()
        self.assertTrue(self.binding(2).removed_since)
        self.assertFalse(self.two.active)
        self.assertTrue(self.one.active)

    def test_chained_merges_are_undone_in_reverse_order(self):
        third = self.fill(3).odoo_id
        request = self.use(self.one)[0]
        first = self.merge(self.two, self.one)
        second = self.merge(third, self.two)
        self.assertEqual(request.equipment_id, third)
        self.import_changed()
        self.assertEqual(self.binding(3).odoo_id, third)
        self.assertFalse(self.binding(1) or self.binding(2))
        with self.assertRaisesRegex(UserError, "Undo that merge first"):
            first.action_undo()
        with self.assertRaisesRegex(UserError, "has already been merged"):
            self.merge(third, self.two)
        for merge in (second, first):
            self.undo(merge)
            self.assertFalse(merge.not_restored)
        self.assertEqual(request.equipment_id, self.one)
        for number, asset in enumerate((self.one, self.two, third), 1):
            self.assertEqual(asset.ocs_bind_ids.external_id, number)
        self.import_changed()
        self.assertEqual(len(self.env[ASSET].search([("name", "=like", "PC-_")])), 3)

    def test_values_imported_meanwhile_are_not_edits(self):
        """The kept asset was renamed after the computer of the merged one."""
        self.two.note = "Kept."
        self.binding(1).removed_since = "2024-01-01"
        merge = self.merge()
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        self.ocs[2]["bios"]["SSN"] = "5CG2222XYZ"
        self.import_changed()
        self.assertEqual(self.one.serial_no, "5CG2222XYZ")
        self.undo(merge)
        self.assertFalse(locked_fields(self.one) + locked_fields(self.two))
        self.import_changed(force=True)
        self.import_changed()
        self.assertEqual((self.one.name, self.two.name), ("PC-1", "RENAMED"))
        self.assertEqual(self.one.serial_no, "5CG0001XYZ")
        self.assertEqual(self.two.serial_no, "5CG2222XYZ")

    def test_values_edited_meanwhile_are_locked(self):
        self.binding(1).removed_since = "2024-01-01"
        merge = self.merge()
        self.one.name = "Mine"
        self.undo(merge)
        self.assertEqual(locked_fields(self.one), ["name"])
        self.import_changed(force=True)
        self.assertEqual(self.one.name, "Mine")

    def test_shared_serial_number(self):
        """It is unique as long as the assets that share it are merged."""
        self.ocs[1] = self.same_serial(1, of=2)
        for _run in range(2):
            self.import_changed()
        self.assertFalse(self.one.serial_no or self.two.serial_no)
        merge = self.merge()
        for _run in range(2):
            self.import_changed()
        self.assertEqual(self.one.serial_no, "5CG0002XYZ")
        self.assertFalse(self.one.ocs_bind_ids.warnings)
        self.undo(merge)
        for _run in range(3):
            self.import_changed()
        self.assertFalse(self.one.serial_no or self.two.serial_no)
        self.assertFalse(self.import_changed().job_count)
