# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo.tests import tagged

from .shared_monitors import ACER, SharedMonitorCase


@tagged("post_install", "-at_install")
class TestSharedMonitorMoves(SharedMonitorCase):
    """A monitor that another computer reports has moved there, once."""

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
                self.perform_jobs("scan")
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

    def test_owner_is_removed(self):
        """The other row was outdated, but is the only one left."""
        self.backend.approval_percent = 0
        monitor = self.move()
        del self.ocs[2]
        self.import_changed()
        self.assertEqual(monitor.computer_id, self.binding(1).odoo_id)
        self.assertEqual(monitor.serial_no, self.SERIAL)
        self.assertFalse(self.memory())

    def test_machine_is_reinstalled_during_the_run(self):
        """The next run corrects what an import decided before it knew the machine."""
        self.backend.approval_percent = 0
        self.report(1, self.SERIAL, on=1, **ACER)
        del self.ocs[1]
        self.inventory(2, self.SERIAL, on=2, **ACER)
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        self.inventory(3, self.SERIAL, on=3, **ACER)
        for table, column in (("hardware", "UUID"), ("bios", "SSN")):
            self.ocs[3][table][column] = self.ocs[2][table][column]
        self.perform_jobs()
        self.assertTrue(self.binding(2).monitor_ids)
        self.import_changed()
        self.assertFalse(self.binding(2).monitor_ids)
        self.assertEqual(self.binding(3).monitor_ids.serial_no, self.SERIAL)
        self.assertEqual(self.import_changed().job_count, 0)
