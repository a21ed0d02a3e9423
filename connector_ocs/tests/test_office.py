# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo.tests import tagged

from .fleet_checks import IMPORTED, FleetChecks
from .fleet_reading import FleetReading
from .live import LiveCase
from .office import Office
from .runs import RunMixin
from .scale import scale

DAYS = scale(50, 10)
#: Two desks that exchange monitors report one after the other: a monitor is only at one
#: of them at a time, whichever is imported first.
SWAP = timedelta(minutes=1)
#: Tables that another import of unchanged computers must not change.
WRITTEN = (
    *IMPORTED,
    "mail_message",
    "mail_activity",
)


@tagged("post_install", "-at_install")
class TestOffice(RunMixin, FleetChecks, LiveCase):
    """Moves, upgrades, reinstallations, purchases and disposals over many days."""

    backend_values = {}

    def test_days(self):
        self.maxDiff = None
        self.backend.write(self.backend_values)
        self.office = Office(self.ocs, machines=20, seed=2026)
        self.reading = FleetReading(self.sql, int(self.schema), "UTC")
        self.import_changed()
        for _day in range(DAYS):
            self.office.simulate_day()
            run = self.import_changed()
            self.assertEqual((run.state, run.failed_count), ("done", 0), run.message)
        self.assert_equals_ocs()
        self.assert_assets()
        self.assert_monitors()
        self.assert_timelines()
        self.assert_histories()
        self.assert_nothing_to_write()

    def assert_assets(self):
        """Check that each machine ever used has one asset, active if it is in use."""
        assets = self.assets("ocs.computer.binding")
        self.assertEqual(len(assets), len(self.office.machines))
        self.assertEqual(set(self.asset_of), {m.number for m in self.office.machines})
        in_use = {machine.number for machine in self.office.in_use}
        active = {n for n, asset in self.asset_of.items() if asset.active}
        self.assertEqual(active, in_use)

    def assert_monitors(self):
        """Check that each monitor has one asset, at its current desk."""
        monitors = self.assets("ocs.monitor.binding")
        self.assertEqual(len(monitors), len(self.office.places))
        found = {monitor.serial_no: monitor.computer_id for monitor in monitors}
        expected = {
            serial: self.asset_of[places[-1][0]]
            for serial, places in self.office.places.items()
        }
        self.assertEqual(found, expected)

    def assert_timelines(self):
        """Check that the connections of each monitor are complete and without gaps."""
        for monitor in self.assets("ocs.monitor.binding"):
            periods = monitor.connection_ids.sorted("date_from")
            places = self.office.places[monitor.serial_no]
            with self.subTest(monitor=monitor.serial_no):
                self.assertEqual(
                    [period.computer_id for period in periods],
                    [self.asset_of[number] for number, _since in places],
                )
                for period, (_number, since) in zip(periods, places, strict=True):
                    self.assertAlmostEqual(period.date_from, since, delta=SWAP)
                self.assertFalse(periods[-1].date_to)
                for before, after in zip(periods, periods[1:], strict=False):
                    self.assertLessEqual(before.date_to, after.date_from)
                    self.assertEqual(before.date_to.date(), after.date_from.date())

    def assert_histories(self):
        """Check that the chatter of each asset has all expected messages, in order."""
        for machine in self.office.machines:
            asset = self.asset_of[machine.number]
            notes = asset.message_ids.sorted("id").mapped("body")
            with self.subTest(machine=machine.number):
                left = iter(notes)
                for sentence in self.office.expected[machine.number]:
                    found = any(sentence in note for note in left)
                    self.assertTrue(found, f"{sentence} not in {notes}")

    def assert_nothing_to_write(self):
        """Check that another import of all computers writes nothing."""
        before = self.versions(*WRITTEN)
        run = self.import_changed(force=True)
        self.assertEqual(run.job_count, len(self.office.in_use))
        self.assertEqual(self.versions(*WRITTEN), before)

    @property
    def asset_of(self):
        """{number of a machine: its asset}, including removed machines."""
        bindings = self.all_records("ocs.computer.binding")
        return {
            self.office.owners[binding.external_id].number: binding.odoo_id
            for binding in bindings
        }

    def assets(self, model):
        return self.all_records(model).odoo_id

    def all_records(self, model):
        return (
            self.env[model]
            .with_context(active_test=False)
            .search([("backend_id", "=", self.backend.id)])
        )


@tagged("post_install", "-at_install")
class TestOfficeInChunks(TestOffice):
    """The same tests with every import in chunks."""

    allow_inherited_tests_method = True
    backend_values = {"chunk_threshold": 1, "chunk_size": 7}
