# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.tests import tagged

from ..lib.monitors import Decision, Place
from .common import ocs_monitor
from .monitors import day
from .shared_monitors import ACER, SharedMonitorCase


@tagged("post_install", "-at_install")
class TestMonitorSerials(SharedMonitorCase):
    """The registry of the serial numbers of monitors, call by call."""

    def setUp(self):
        super().setUp()
        work = self.enterContext(self.work_on("ocs.monitor.binding"))
        self.serials = work.component(usage="monitor.serials")

    def known(self, **values):
        """Remember who has the monitor."""
        return self.env["ocs.shared.identifier"].create(
            {
                "backend_id": self.backend.id,
                "field": "monitor",
                "value": self.SERIAL,
                **values,
            }
        )

    def decide(self, known=None):
        """Return the decision on the serial number, and its place."""
        known = {self.SERIAL: known} if known else {}
        decisions, places = self.serials.decide({self.SERIAL}, known)
        return decisions[self.SERIAL], places.get(self.SERIAL)

    def place_in(self, backend):
        """Return the place of the serial number as another backend sees it."""
        with backend.work_on("ocs.monitor.binding") as work:
            serials = work.component(usage="monitor.serials")
            _decisions, places = serials.decide({self.SERIAL}, {})
        return places[self.SERIAL]

    def monitor_of(self, external_id, on):
        """Import a computer with the monitor, and return the monitor."""
        self.report(external_id, self.SERIAL, on=on, **ACER)
        return self.all_monitors()

    def test_value(self):
        self.assertEqual(self.serials.value(" tbx0a00 1234c"), self.SERIAL)
        for placeholder in ("00000000", "123", ""):
            self.assertEqual(self.serials.value(placeholder), "")

    def test_known_decision(self):
        record = self.known(is_shared=True, owner_id=2, external_ids=[1, 2])
        self.assertEqual(self.serials.decision(record), Decision((1, 2), 2, True))
        record.write({"owner_id": 0, "external_ids": []})  # nobody reports it now
        self.assertEqual(self.serials.decision(record), Decision(is_shared=True))

    def test_nobody_reports_it(self):
        self.assertEqual(self.decide(), (Decision(), Place()))

    def test_known_to_be_shared(self):
        """It is not searched for in Odoo."""
        for number in (1, 2):
            self.inventory(number, self.SERIAL, on=1, **ACER)
        shared = Decision((1, 2), 0, True)
        self.assertEqual(self.decide(shared), (shared, None))

    def test_different_monitors(self):
        self.inventory(1, self.SERIAL, on=1, **ACER)
        self.assertFalse(self.decide()[0].is_shared)
        self.ocs[1]["monitors"].append(ocs_monitor(self.SERIAL, "SyncMaster"))
        self.assertTrue(self.decide()[0].is_shared)

    def test_later_inventory(self):
        self.monitor_of(1, on=1)
        self.inventory(2, self.SERIAL, on=2, **ACER)
        self.assertEqual(self.decide()[0], Decision((1, 2), 2))

    def test_inventories_without_a_date(self):
        self.monitor_of(1, on=1)
        self.inventory(2, self.SERIAL, on=2, **ACER)
        self.ocs[2]["hardware"]["LASTDATE"] = None
        self.assertEqual(self.decide()[0], Decision((1, 2), 1))

    def test_one_machine(self):
        """The row that was inventoried last has its monitor."""
        for number in (1, 2):
            self.inventory(number, self.SERIAL, on=number, **ACER)
        several = Decision((1, 2), 0, True)
        self.assertEqual(self.decide()[0], several)
        machine = self.known(
            field="ocs_serial", value="5CG", owner_id=2, external_ids=[1, 2]
        )
        self.assertEqual(self.decide()[0], Decision((1, 2), 2))
        for values in (
            {"is_shared": True},
            {"owner_id": 0},
            {"field": "board_serial"},
            {"backend_id": self.backend.copy({"name": "Other"}).id},
            {"external_ids": [2]},
            {"external_ids": False},
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                machine.write(values)
                self.assertEqual(self.decide()[0], several)
                savepoint.rollback()

    def test_place(self):
        monitor = self.monitor_of(1, on=1)
        self.assertEqual(self.decide()[1], Place(1, day(1)))
        self.inventory(1, on=2)
        self.monitor_of(2, on=2)
        self.assertEqual(self.decide()[1], Place(2, day(2)))
        self.inventory(2, on=3)
        self.monitor_of(1, on=3)
        self.assertEqual(self.decide()[1], Place(1, day(3), 2, day(2)))
        monitor.computer_id = False
        self.assertEqual(self.decide()[1], Place(0, day(3), 2, day(2)))

    def test_place_of_an_unplugged_monitor(self):
        self.backend.unplugged_policy = "keep"
        monitor = self.monitor_of(1, on=1)
        self.report(1, on=2)
        self.assertTrue(monitor.computer_id and monitor.unplugged_since)
        self.assertEqual(self.decide()[1], Place(0, day(1)))

    def test_place_without_periods(self):
        monitor = self.monitor_of(1, on=1)
        monitor.connection_ids.unlink()
        self.assertEqual(self.decide()[1], Place(1, datetime.min))

    def test_place_of_archived_assets(self):
        monitor = self.monitor_of(1, on=1)
        (monitor | monitor.computer_id).active = False
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.decide()[1], Place(1, day(1)))

    def test_place_in_another_backend(self):
        """The computer is known by its agent, or unknown here."""
        self.monitor_of(1, on=1)
        self.ocs[7] = self.ocs.pop(1)
        other = self.backend.copy({"name": "Other", "version": "2.9.1"})
        self.assertEqual(self.place_in(other), Place(7, day(1)))
        self.ocs[7]["hardware"]["DEVICEID"] = "PC-9-2026-01-01-10-00-00"
        self.assertEqual(self.place_in(other), Place(0, day(1)))
        other.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.place_in(other), Place())

    def test_place_in_this_backend(self):
        """Whichever backend has imported the monitor first."""
        self.monitor_of(1, on=1)
        for name in ("A", "B"):
            backend = self.backend.copy({"name": name})
            self.env["ocs.monitor.binding"].create(
                {"backend_id": backend.id, "name": name, "external_id": self.SERIAL}
            )
        self.assertEqual(self.decide()[1], Place(1, day(1)))

    def test_returned(self):
        monitor = self.monitor_of(1, on=1)
        self.inventory(1, on=2)
        self.monitor_of(2, on=2)
        self.assertFalse(self.serials.find_returned())
        self.inventory(2, on=3)
        self.monitor_of(1, on=3)
        self.assertEqual(self.serials.find_returned(), {self.SERIAL})
        monitor.active = False
        self.assertEqual(self.serials.find_returned(), {self.SERIAL})
        binding = monitor.ocs_monitor_bind_ids
        binding.external_id = "1/Acer Technologies K242HYL/1"
        self.assertFalse(self.serials.find_returned())
        binding.external_id = self.SERIAL
        binding.backend_id = self.backend.copy({"name": "Other"})
        self.assertFalse(self.serials.find_returned())
