# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo.tests import tagged

from ..lib.identifiers import plain_serial
from .common import ocs_monitor
from .monitors import MonitorMixin, day
from .runs import RunCase

ACER = {
    "caption": "K242HYL",
    "MANUFACTURER": "Acer Technologies",
    "DESCRIPTION": "1N/2022",
}


@tagged("post_install", "-at_install")
class TestSharedMonitors(MonitorMixin, RunCase):
    """Serial numbers of monitors that several computers report."""

    SERIAL = "TBX0A001234C"

    def share(self, *numbers, on=1):
        """Put computers with one serial number into OCS, and import them."""
        for number in numbers:
            self.inventory(number, self.SERIAL, on=on, **ACER)
        self.import_changed()
        return [self.binding(number).monitor_ids for number in numbers]

    def moves(self):
        return sum("Moved from" in note for note in self.all_notes())

    def all_notes(self):
        return [note for each in self.all_monitors() for note in self.notes(each)]

    def memory(self):
        return self.env["ocs.shared.identifier"].search(
            [("backend_id", "=", self.backend.id), ("field", "=", "monitor")]
        )

    def assert_settled(self, *numbers):
        """Assert that inventories without changes import and move nothing."""
        before = self.versions("ocs_monitor_binding", "ocs_shared_identifier")
        moves, assets = self.moves(), self.all_monitors()
        for on in range(20, 24):
            for number in numbers:
                self.ocs[number]["hardware"]["LASTDATE"] = day(on)
                run = self.import_changed()
                self.assertEqual((run.changed_count, run.job_count), (0, 0))
        after = self.versions("ocs_monitor_binding", "ocs_shared_identifier")
        self.assertEqual(after, before)
        self.assertEqual((self.moves(), self.all_monitors()), (moves, assets))
        self.assert_idempotent(*numbers)

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

    # It moves once

    def move(self):
        """Return a monitor that was moved from computer 1 to computer 2."""
        self.report(1, self.SERIAL, on=1, **ACER)
        self.report(2, self.SERIAL, on=2, **ACER)
        monitor = self.monitor()
        self.assertEqual(monitor.computer_id, self.binding(2).odoo_id)
        self.assertEqual(monitor.serial_no, self.SERIAL)
        self.assertEqual(self.moves(), 1)
        return monitor

    def test_it_moves(self):
        monitor = self.move()
        run = self.import_changed()
        self.assertEqual(run.job_count, 0)
        self.assertEqual(self.all_monitors(), monitor)
        self.assertFalse(self.binding(1).monitor_ids)
        self.assertIn("ID 2 in OCS", self.binding(1).warnings)
        self.assertFalse(self.binding(2).warnings)
        self.report(2, self.SERIAL, on=3, **ACER)
        self.assertEqual(self.all_monitors(), monitor)
        self.assert_idempotent(1, 2)

    def test_order_of_the_imports(self):
        """It does not matter."""
        found = []
        for order in ((1, 2), (2, 1)):
            with self.env.cr.savepoint() as savepoint:
                self.ocs.clear()
                self.report(1, self.SERIAL, on=1, **ACER)
                self.inventory(2, self.SERIAL, on=2, **ACER)
                self.backend._start_run("schedule")
                self.perform_jobs("import_batch")
                for external_id in order:
                    self.import_computer(external_id)
                self.perform_jobs()
                monitor = self.monitor()
                found.append(
                    (
                        self.periods(monitor),
                        self.notes(monitor),
                        [self.binding(number).warnings for number in (1, 2)],
                    )
                )
                savepoint.rollback()
        self.assertEqual(found[0], found[1])

    def test_both_have_it(self):
        monitor = self.move()
        self.report(1, self.SERIAL, on=3, **ACER)
        self.assertEqual(monitor.computer_id, self.binding(2).odoo_id)
        self.assertFalse(monitor.serial_no)
        self.assertEqual(len(self.all_monitors()), 2)
        self.assertEqual(len(self.binding(1).monitor_ids), 1)
        self.assertEqual(self.periods(monitor), [("PC-1", 1, 2), ("PC-2", 2, False)])
        self.assertIn("Several monitors", self.notes(monitor)[-1])
        self.assertEqual(self.moves(), 1)
        self.assert_settled(1, 2)

    def test_changes_of_both_on_one_day(self):
        """The former computer still reports it, later on the same day."""
        self.report(1, self.SERIAL, on=1, **ACER)
        monitor = self.monitor()
        self.inventory(2, self.SERIAL, on=2, **ACER)
        self.inventory(1, self.SERIAL, on=3, **ACER)
        self.import_changed()
        self.assertEqual(monitor.computer_id, self.binding(1).odoo_id)
        self.assertEqual(len(self.binding(2).monitor_ids - monitor), 1)
        self.assertEqual(self.moves(), 0)
        self.assert_settled(1, 2)

    def test_outdated_row(self):
        """The monitor is where it was reported last."""
        self.report(1, self.SERIAL, on=2, **ACER)
        self.report(2, self.SERIAL, on=1, **ACER)
        self.assertFalse(self.binding(2).monitor_ids)
        self.assertIn("ID 1 in OCS", self.binding(2).warnings)
        self.assertEqual(self.monitor().computer_id, self.binding(1).odoo_id)
        self.assert_idempotent(1, 2)

    def test_taker_is_not_imported(self):
        self.report(1, self.SERIAL, on=1, **ACER)
        monitor = self.monitor()
        self.inventory(2, self.SERIAL, on=2, **ACER)
        with self.failing_imports(2):
            self.import_changed()
        self.assertEqual(monitor.computer_id, self.binding(1).odoo_id)
        self.report(2, self.SERIAL, on=3, **ACER)
        self.assertEqual(monitor.computer_id, self.binding(2).odoo_id)
        self.assertEqual(self.moves(), 1)

    def test_back_and_forth(self):
        """A switch shows the monitor to one computer at a time."""
        for policy in ("unlink", "keep", "archive"):
            with self.subTest(policy), self.env.cr.savepoint() as savepoint:
                self.ocs.clear()
                self.backend.unplugged_policy = policy
                for on in range(1, 11):
                    here = 1 + on % 2
                    other = 3 - here
                    self.inventory(here, f"CN0OWN{here}", self.SERIAL, on=on, **ACER)
                    self.inventory(other, f"CN0OWN{other}", on=on, **ACER)
                    self.import_changed()
                self.assertLessEqual(self.moves(), 2)
                self.assertEqual(len(self.all_monitors()), 4)
                self.assertEqual(len(self.monitor()), 2)
                self.assertFalse(any(self.monitor().mapped("serial_no")))
                savepoint.rollback()

    def test_there_and_back_slowly(self):
        """A monitor that is moved for good now and then keeps its asset."""
        for number in range(5):
            here = 1 + number % 2
            self.inventory(here, f"CN0OWN{here}", self.SERIAL, on=1, **ACER)
            self.inventory(3 - here, f"CN0OWN{3 - here}", on=1, **ACER)
            for computer in self.ocs.values():
                computer["hardware"]["LASTDATE"] += timedelta(days=40 * number)
            self.import_changed()
        self.assertEqual(len(self.all_monitors()), 3)
        self.assertEqual(self.moves(), 4)

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

    def test_owner_is_removed(self):
        """The other row was outdated, but is the only one left."""
        self.backend.approval_percent = 0
        monitor = self.move()
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(monitor.computer_id, self.binding(1).odoo_id)
        self.assertEqual(monitor.serial_no, self.SERIAL)
        self.assertFalse(self.memory())

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
