# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_monitor
from .monitors import MonitorMixin
from .runs import RunCase


@tagged("post_install", "-at_install")
class TestMonitorsOfTwoBackends(MonitorMixin, RunCase):
    """A monitor that two backends import has one asset."""

    def setUp(self):
        super().setUp()
        self.first = self.backend
        self.second = self.backend.copy({"name": "Other", "version": "2.9.1"})

    def import_second(self):
        """Import the same OCS with the other backend."""
        self.backend = self.second
        try:
            return self.import_changed()
        finally:
            self.backend = self.first

    def bindings(self):
        model = self.env["ocs.monitor.binding"].with_context(active_test=False)
        return model.search([("backend_id", "in", (self.first + self.second).ids)])

    def state(self):
        """Return what the monitors show, and their rows in the database."""
        assets = self.bindings().odoo_id.sorted("id")
        names = ["name", "model", "manufacturer", "serial_no", "computer_id"]
        return assets.read(names), self.tables()

    def assert_linked(self):
        """Assert that both have all monitors, and that neither changes anything."""
        found = self.bindings().grouped("backend_id")
        assets = [found[each].odoo_id for each in (self.first, self.second)]
        self.assertEqual(*assets)
        before = self.state()
        for _round in range(2):
            self.assertEqual(self.import_changed().job_count, 0)
            self.assertEqual(self.import_second().job_count, 0)
        self.assertEqual(self.state(), before)

    def same_database(self, backend):
        self.env.invalidate_all()
        return backend.same_database_report

    def test_both_say_so(self):
        for one, other in ((self.first, self.second), (self.second, self.first)):
            self.assertIn(other.name, self.same_database(one))
        self.second.host = "alias.example.com"
        self.assertFalse(self.same_database(self.first))
        identity = {"servers": ["", "uuid"], "created": 1, "next_id": 2, "schema": 3}
        self.first.server_identity = identity
        self.second.server_identity = {**identity, "servers": ["uuid"], "next_id": 5}
        self.assertTrue(self.same_database(self.first))
        self.second.database = "another"
        self.assertFalse(self.same_database(self.first))

    def test_archived_backend_is_not_named(self):
        self.second.active = False
        self.assertFalse(self.same_database(self.first))
        self.assertFalse(self.same_database(self.second))

    def test_same_ocs(self):
        """Neither monitors with a serial number are doubled nor those without one."""
        acer = ocs_monitor("TBX0A001234C", caption="K242HYL", MANUFACTURER="Acer")
        self.inventory(1, "CN0ABC111", "", "", acer, on=1)
        self.inventory(2, "CN0ABC222", "", acer, "0", on=1)
        self.import_changed()
        monitors = self.bindings().odoo_id
        before = monitors.read(["name", "serial_no", "computer_id"])
        self.import_second()
        self.assertEqual(self.bindings().odoo_id, monitors)
        self.assertEqual(monitors.read(["name", "serial_no", "computer_id"]), before)
        self.assert_linked()

    def test_moved_before(self):
        """The second backend knows where the monitor is."""
        self.report(1, self.SERIAL, on=1)
        self.report(2, self.SERIAL, on=2)
        monitor = self.all_monitors()
        self.import_second()
        self.assertEqual(self.bindings().odoo_id, monitor)
        self.assertEqual(monitor.computer_id, self.binding(2).odoo_id)
        self.assertEqual(monitor.serial_no, self.SERIAL)
        self.assert_linked()

    def test_moves_once(self):
        self.report(1, self.SERIAL, on=1)
        self.import_second()
        self.inventory(2, self.SERIAL, on=2)
        for run in (self.import_changed, self.import_second):
            run()
        monitor = self.bindings().odoo_id
        self.assertEqual(self.periods(monitor), [("PC-1", 1, 2), ("PC-2", 2, False)])
        moved = [note for note in self.notes(monitor) if "Moved from" in note]
        self.assertEqual(len(moved), 1)

    def test_other_computers(self):
        """The monitor stays on the computer of the backend that reported it first."""
        self.report(1, self.SERIAL, on=1)
        monitor = self.all_monitors()
        self.ocs[2] = self.ocs[1] | self.machine(2, monitors=[ocs_monitor(self.SERIAL)])
        computer = self.ocs.pop(1)
        self.import_second()
        self.assertEqual(self.bindings().odoo_id, monitor)
        self.assertEqual(monitor.computer_id, self.binding(1).odoo_id)
        self.backend = self.second
        self.assertFalse(self.binding(2).monitor_ids)
        self.assertIn("Test OCS also reports", self.binding(2).warnings)
        self.backend = self.first
        self.ocs = {1: computer}
        self.import_changed()
        self.assertEqual(monitor.computer_id, self.binding(1).odoo_id)

    def test_different_monitors(self):
        self.report(1, self.SERIAL, on=1)
        self.ocs = {2: self.machine(2, monitors=[ocs_monitor(self.SERIAL, "SyncM")])}
        self.import_second()
        self.assertEqual(len(self.bindings().odoo_id), 2)

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.report(1, self.SERIAL, on=1)
        self.second.company_id = company
        self.import_second()
        self.assertEqual(len(self.bindings().odoo_id), 2)
