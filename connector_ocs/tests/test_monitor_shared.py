# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from ..lib.identifiers import plain_serial
from .common import ocs_monitor
from .shared_monitors import ACER, SharedMonitorCase


@tagged("post_install", "-at_install")
class TestSharedMonitors(SharedMonitorCase):
    """Serial numbers of monitors that several computers report."""

    # Nobody is known to have it

    def test_first_import(self):
        monitors = self.share(1, 2, 3)
        self.assertEqual([len(each) for each in monitors], [1, 1, 1])
        self.assertEqual(len(self.all_monitors()), 3)
        for number, monitor in enumerate(monitors, 1):
            self.assertFalse(monitor.serial_no)
            binding = monitor.ocs_monitor_bind_ids
            self.assertEqual(binding.ocs_serial, self.SERIAL)
            self.assertTrue(binding.external_id.startswith(f"{number}/Acer"))
            self.assertIn(self.SERIAL, self.binding(number).warnings)
        self.assert_settled(1, 2, 3)

    def test_in_chunks(self):
        """They are imported together: no computer has to wait for another one."""
        self.backend.write({"chunk_size": 3, "chunk_threshold": 3})
        one_by_one = self.share(1, 2)
        self.assertEqual(self.jobs("done", "import_chunk"), self.jobs("done", "none"))
        self.share(1, 2, 3, 4, 5, 6)
        self.assertTrue(self.jobs("done", "import_chunk"))
        self.assertEqual(len(self.all_monitors()), 6)
        self.assertEqual([self.binding(1).monitor_ids], one_by_one[:1])
        self.assert_settled(*range(1, 7))

    def test_different_dates(self):
        for number in range(1, 11):
            row = ocs_monitor("168430X9", DESCRIPTION=f"{number}/2020")
            self.inventory(number, row, on=1)
        self.import_changed()
        self.assertEqual(len(self.all_monitors()), 10)
        self.assertFalse(any(self.all_monitors().mapped("serial_no")))
        self.assert_settled(*range(1, 11))

    def test_newcomers(self):
        """A monitor on the shelf is not one of two new ones."""
        self.report(1, self.SERIAL, on=1, **ACER)
        monitor = self.all_monitors()
        self.inventory(1, on=2)
        monitors = self.share(2, 3, on=2)
        self.assertNotIn(monitor, monitors)
        self.assertFalse(monitor.computer_id)
        self.assert_settled(2, 3)

    def test_manual_asset_is_nobodys(self):
        asset = self.env["maintenance.equipment"].create(
            {"name": "Screen", "serial_no": self.SERIAL}
        )
        self.assertNotIn(asset, self.share(1, 2))
        self.assertEqual(asset.serial_no, self.SERIAL)

    def test_archived_and_removed_computers_do_not_count(self):
        for number in (1, 2):
            self.inventory(number, self.SERIAL, on=1, **ACER)
        self.ocs[2]["hardware"]["ARCHIVE"] = 1
        (monitor,) = self.share(1)
        self.assertEqual(monitor.serial_no, self.SERIAL)
        self.assertFalse(self.memory())

    # Only one is left

    def test_last_one_has_the_serial_number_again(self):
        first, second = self.share(1, 2)
        key = second.ocs_monitor_bind_ids.external_id
        self.ocs[1]["monitors"] = []
        self.import_changed()
        self.assertEqual(self.binding(2).monitor_ids, second)
        self.assertEqual(second.serial_no, self.SERIAL)
        self.assertEqual(second.ocs_monitor_bind_ids.external_id, key)
        self.assertFalse(first.serial_no or self.binding(2).warnings)
        self.assert_settled(2)
        self.share(3)
        self.assertFalse(second.serial_no)
        self.assertIn(self.SERIAL, self.notes(second)[0])
        self.assertEqual(self.binding(2).monitor_ids, second)
        self.assert_settled(2, 3)

    def test_computer_is_removed(self):
        self.backend.approval_percent = 0
        for remove in (
            lambda: self.ocs.pop(1),
            lambda: self.ocs[1]["hardware"].update(ARCHIVE=1),
        ):
            with self.env.cr.savepoint() as savepoint:
                self.ocs.clear()
                _first, second = self.share(1, 2)
                remove()
                self.import_changed()
                self.assertEqual(self.binding(2).monitor_ids, second)
                self.assertEqual(second.serial_no, self.SERIAL)
                self.assert_settled(2)
                savepoint.rollback()

    def test_shelf_gives_the_number_to_the_last_one(self):
        self.report(1, self.SERIAL, on=1, **ACER)
        shelf = self.all_monitors()
        self.inventory(1, on=2)
        self.share(2, 3, on=2)
        self.ocs[3]["monitors"] = []
        self.import_changed()
        self.assertEqual(self.binding(2).monitor_ids.serial_no, self.SERIAL)
        self.assertFalse(shelf.serial_no)
        self.assertIn("PC-2", self.notes(shelf)[-1])
        self.assert_settled(2)

    # Memory

    def test_nothing_is_written_twice(self):
        self.share(1, 2)
        tables = ("ocs_shared_identifier", "ocs_backend", "ocs_computer_binding")
        with self.work_on() as work:
            finder = work.component_by_name("ocs.monitor.shared.finder")
            before = self.versions(*tables)
            finder.run()
            self.assertEqual(self.versions(*tables), before)

    def test_memory(self):
        self.share(1, 2)
        values = {
            "field": "monitor",
            "value": plain_serial(self.SERIAL),
            "is_shared": True,
        }
        self.assertRecordValues(
            self.memory(), [{**values, "owner_id": 0, "external_ids": [1, 2]}]
        )
        self.ocs[1]["monitors"] = []
        self.import_changed()
        self.assertRecordValues(
            self.memory(), [{**values, "owner_id": 2, "external_ids": [2]}]
        )

    def test_section_is_not_imported(self):
        self.backend.section_ids -= self.backend.section_ids.filtered_domain(
            [("table_name", "=", "monitors")]
        )
        self.share(1, 2)
        self.assertFalse(self.all_monitors())
