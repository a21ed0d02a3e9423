# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_monitor
from odoo.addons.connector_ocs.tests.ownership import locked_fields

from .merging import ASSET, MergeCase


@tagged("post_install", "-at_install")
class TestMergeComputers(MergeCase):
    """Bindings of computers and monitors whose assets are merged."""

    def test_merge_two_computers_in_ocs(self):
        self.one.ocs_bind_ids.last_inventory = "2024-01-01"
        self.two.ocs_bind_ids.last_inventory = "2024-02-01"
        self.merge()
        self.assertEqual(self.one.ocs_bind_ids.external_id, 2)
        self.assertFalse(self.binding(1))
        self.assertEqual(self.issue(1).reason, "ignored")
        self.assertIn("Merged into", self.issue(1).message)

    def test_merge_a_computer_in_ocs_and_a_removed_one(self):
        del self.ocs[2]
        self.import_changed()
        self.merge()
        self.assertEqual(self.one.ocs_bind_ids.external_id, 1)
        self.assertFalse(self.binding(2) or self.issue(2))
        self.ocs[2] = self.machine(2)
        self.import_changed()
        self.assertFalse(self.binding(2))
        self.assertEqual(self.issue(2).reason, "ignored")

    def test_merged_computer_gets_no_new_asset(self):
        self.merge(self.two)
        count = self.env[ASSET].with_context(active_test=False).search_count([])
        for force in (False, False, True):
            run = self.import_changed(force=force)
            self.assertFalse(run.failed_count)
        self.ocs[1]["hardware"]["NAME"] = "RENAMED"
        self.ocs[2]["hardware"]["NAME"] = "LIVES"
        self.import_changed()
        self.assertFalse(self.binding(1))
        self.assertEqual(self.issue(1).reason, "ignored")
        self.assertEqual(self.two.name, "LIVES")
        self.assertFalse(self.one.active)
        now = self.env[ASSET].with_context(active_test=False).search_count([])
        self.assertEqual(now, count)
        self.assertFalse(self.import_changed().job_count)

    def test_manual_asset_is_filled_by_the_next_run(self):
        self.ocs[2]["memories"] = [{"CAPACITY": 8192}]
        self.import_changed()
        manual = self.create_asset()
        self.merge(manual, self.two)
        self.assertEqual(manual.memory_modules, "1x8192MB")
        self.import_changed()
        self.assertEqual(manual.name, "Manual")
        self.assertEqual(manual.hardware_uuid, self.ocs[2]["hardware"]["UUID"])
        self.assertTrue(manual.component_ids.filtered(lambda c: c.kind == "memory"))
        self.ocs[2]["hardware"]["OSNAME"] = "Another one"
        self.import_changed()
        self.assertEqual(manual.os_name, "Another one")

    def test_imported_values_are_not_edits(self):
        """The name is still the imported one, although the binding changed."""
        self.two.note = "Kept."
        self.binding(1).removed_since = "2024-01-01"
        merge = self.merge()
        self.assertFalse(locked_fields(self.one))
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        self.import_changed()
        self.assertEqual(self.one.name, "RENAMED")
        self.undo(merge)
        self.assertFalse(locked_fields(self.two))

    def test_new_computer_does_not_match_the_merged_asset(self):
        """Not even with the serial number that the merged asset still has."""
        self.merge(self.two, self.one)
        del self.ocs[1]
        self.import_changed()
        self.ocs[5] = self.machine(5, bios={"SSN": "5CG0001XYZ"})
        self.import_changed()
        self.assertFalse(self.one.active or self.one.ocs_bind_ids)

    def test_connection_periods_move(self):
        self.ocs[2]["monitors"] = [ocs_monitor("CN0ABC123")]
        self.import_changed()
        monitor = self.two.monitor_ids
        period = monitor.connection_ids
        self.merge()
        self.assertEqual(monitor.connection_ids, period)
        self.assertEqual(period.computer_id, self.one)
        self.assertFalse(period.date_to)

    def test_merge_two_connected_monitors(self):
        for number in (1, 2):
            self.ocs[number]["monitors"] = [ocs_monitor(f"CN0ABC{number}")]
        self.import_changed()
        kept, merged = self.one.monitor_ids, self.two.monitor_ids
        merge = self.merge(kept, merged)
        self.assertEqual(len(kept.connection_ids), 1)
        self.undo(merge)
        self.assertEqual(len(merged.connection_ids), 1)

    def test_ignored_computer_takes_over(self):
        """When the bound computer is removed, the ignored one is bound instead."""
        for same in (False, True):
            with self.subTest(same_serial=same), self.env.cr.savepoint() as point:
                if same:
                    self.ocs[1] = self.same_serial(1, of=2)
                self.merge(self.two)
                content = self.ocs.pop(2)
                self.import_changed()
                self.assertEqual(self.two.ocs_bind_ids.external_id, 1)
                self.assertTrue(self.two.active)
                self.assertFalse(self.issue(1))
                self.import_changed()
                self.assertEqual(self.two.name, "PC-1")
                self.ocs[2] = content
                self.import_changed()
                self.assertFalse(self.binding(2))
                self.assertEqual(self.issue(2).reason, "ignored")
                self.ocs[1] = self.machine(1)
                point.rollback()
                self.env.invalidate_all()

    def test_successor_goes_before_the_ignored_computer(self):
        """The bound computer has a new ID; the other one stays ignored."""
        for merged, serial in (({2: 5}, ""), ({}, "5CG0002XYZ")):
            with self.subTest(merged=merged), self.env.cr.savepoint() as point:
                self.merge(self.two)
                content = self.ocs.pop(2)
                self.merged = merged
                uuid = content["hardware"]["UUID"] if not merged else ""
                self.ocs[5] = self.machine(
                    5, hardware={"UUID": uuid}, bios={"SSN": serial}
                )
                self.import_changed()
                self.assertEqual(self.two.ocs_bind_ids.external_id, 5)
                self.assertFalse(self.binding(1))
                self.assertEqual(self.issue(1).reason, "ignored")
                self.assertFalse(self.import_changed().job_count)
                self.ocs[2] = content
                del self.ocs[5]
                point.rollback()
                self.env.invalidate_all()

    def test_kept_asset_is_deleted(self):
        """The other computer is no longer ignored."""
        self.merge(self.two)
        self.two.unlink()
        self.import_changed()
        self.assertEqual(self.issue(1).reason, "ambiguous")
        self.assertEqual(self.issue(1).candidate_ids, self.one)
        self.assertNotEqual(self.binding(2).odoo_id, self.one)

    def test_ignored_computer_takes_over_from_an_archived_one(self):
        self.merge(self.two)
        self.ocs[2]["hardware"]["ARCHIVE"] = 1
        self.import_changed()
        self.assertEqual(self.two.ocs_bind_ids.external_id, 1)
        self.assertTrue(self.two.active)
        self.assertEqual(self.issue(2).reason, "archived")

    def test_both_are_removed_and_one_is_back(self):
        self.merge(self.two)
        contents = {number: self.ocs.pop(number) for number in (1, 2)}
        self.import_changed()
        self.assertFalse(self.two.active)
        self.ocs[1] = contents[1]
        self.import_changed()
        self.assertEqual(self.two.ocs_bind_ids.external_id, 1)
        self.assertTrue(self.two.active)

    def test_merge_imported_monitors(self):
        self.ocs[1]["monitors"] = [ocs_monitor("CN0ABC123")]
        self.ocs[2]["monitors"] = [ocs_monitor("")]
        self.import_changed()
        with_serial, without = self.one.monitor_ids, self.two.monitor_ids
        merge = self.merge(with_serial, without)
        self.ocs[2]["monitors"].append(ocs_monitor("CN0ABC999"))
        self.import_changed()
        self.assertFalse(without.active or without.ocs_monitor_bind_ids)
        self.assertEqual(with_serial.computer_id, self.one)
        self.assertEqual(self.two.monitor_ids.serial_no, "CN0ABC999")
        self.undo(merge)
        self.import_changed(force=True)
        self.assertTrue(without.active)
        self.assertEqual(without.computer_id, self.two)

    def test_merged_monitor_moves(self):
        """It moves with its serial number, and does not flap."""
        for number in (1, 2):
            self.ocs[number]["hardware"]["LASTDATE"] = datetime(2026, 1, number)
        self.ocs[1]["monitors"] = [ocs_monitor("CN0ABC123")]
        self.ocs[2]["monitors"] = [ocs_monitor("")]
        self.import_changed()
        monitor, other = self.one.monitor_ids, self.two.monitor_ids
        self.merge(monitor, other)
        third = self.machine(3, hardware={"LASTDATE": datetime(2026, 3, 1)})
        self.ocs[3] = third | {"monitors": [ocs_monitor("CN0ABC123")]}
        for _run in range(3):
            self.import_changed()
        self.assertEqual(monitor.computer_id, self.binding(3).odoo_id)
        self.assertFalse(self.import_changed().job_count)
        self.ocs[3]["monitors"] = []
        for _run in range(3):
            self.import_changed()
        self.assertIn(monitor.computer_id, self.assets)
        self.assertFalse(other.active or other.ocs_monitor_bind_ids)
        self.assertFalse(self.import_changed().job_count)
