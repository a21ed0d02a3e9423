# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ocs_monitor
from .merging import ASSET, MergeCase


@tagged("post_install", "-at_install")
class TestMergeUndo(MergeCase):
    """What was merged is put back."""

    def assert_undone(self, before):
        after = self.snapshot()
        self.assertEqual(before.keys(), after.keys())
        for key, values in before.items():
            with self.subTest(key):
                self.assertEqual(after[key], values)

    def test_all_is_as_before(self):
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

    def test_archived_one_stays_archived(self):
        self.two.active = False
        self.undo(self.merge())
        self.assertFalse(self.two.active)

    def test_undone_once(self):
        merge = self.merge()
        self.undo(merge)
        self.assertEqual(merge.state, "undone")
        self.assertFalse(self.one.ocs_merge_ids)
        with self.assertRaisesRegex(UserError, "already been undone"):
            merge.action_undo()

    def test_both_are_imported_again(self):
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

    def test_what_came_later_stays(self):
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
        for part in ("Attachment", "Note was changed later", "Equipment"):
            self.assertIn(part, merge.not_restored)

    def test_deleted_asset(self):
        merge = self.merge()
        self.two.unlink()
        self.undo(merge)
        self.assertIn("1 of the assets were deleted", merge.not_restored)
        self.assertTrue(self.one.active)

    def test_serial_number_was_taken_meanwhile(self):
        by_hand = self.create_asset()
        merge = self.merge(by_hand, self.two)
        by_hand.serial_no = False
        self.create_asset(serial_no="5CG0002XYZ")
        self.undo(merge)
        self.assertFalse(self.two.serial_no)
        self.assertIn("Serial Number", merge.not_restored)

    def test_after_the_other_one_took_over(self):
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

    def test_merged_into_one_that_is_merged(self):
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

    def test_what_ocs_wrote_meanwhile_is_no_edit(self):
        """The asset that is left was renamed by the computer of the other one."""
        self.two.note = "Kept."
        self.binding(1).removed_since = "2024-01-01"
        merge = self.merge()
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        self.ocs[2]["bios"]["SSN"] = "5CG2222XYZ"
        self.import_changed()
        self.assertEqual(self.one.serial_no, "5CG2222XYZ")
        self.undo(merge)
        self.assertFalse(self.one._ocs_locked_fields() + self.two._ocs_locked_fields())
        self.import_changed(force=True)
        self.import_changed()
        self.assertEqual((self.one.name, self.two.name), ("PC-1", "RENAMED"))
        self.assertEqual(self.one.serial_no, "5CG0001XYZ")
        self.assertEqual(self.two.serial_no, "5CG2222XYZ")

    def test_what_a_person_wrote_meanwhile_is_an_edit(self):
        self.binding(1).removed_since = "2024-01-01"
        merge = self.merge()
        self.one.name = "Mine"
        self.undo(merge)
        self.assertEqual(self.one._ocs_locked_fields(), ["name"])
        self.import_changed(force=True)
        self.assertEqual(self.one.name, "Mine")

    def test_shared_serial_number(self):
        """Machines that are one share it with nobody, until they are two again."""
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
