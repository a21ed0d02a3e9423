# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import subprocess
import sys
from collections import Counter

from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .adding_up import differences
from .fleet_checks import FleetChecks
from .fleet_reading import FleetReading
from .live import REPOSITORY, LiveCase
from .scale import scale


class FleetCase(FleetChecks, LiveCase):
    """Test case with a demo fleet of all special cases, imported once."""

    size = 140  # all special cases of a block
    timezone = "UTC"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.tz = cls.timezone
        cls.fleet("load", f"--size={cls.size}")
        cls._components_registry.ready = True
        try:
            cls.import_fleet()
        finally:
            cls._components_registry.ready = False

    @classmethod
    def fleet(cls, action, *options):
        """Run ``dev.fleet`` on the database, as an OCS server would."""
        options += (
            f"--host={cls.backend.host}",
            f"--port={cls.backend.port}",
            f"--user={cls.backend.user}",
            f"--database={cls.database}",
            "--password-file=/dev/stdin",
        )
        subprocess.run(
            [sys.executable, "-m", "dev.fleet", action, *options],
            cwd=REPOSITORY,
            check=True,
            input=cls.backend._get_password().encode(),
            stdout=subprocess.DEVNULL,
        )

    @classmethod
    def import_fleet(cls, force=False):
        """Import as the buttons do, with their jobs performed immediately."""
        backend = cls.backend.with_context(queue_job__no_delay=True)
        if force:
            backend.action_import_all()
        else:
            backend.action_import_changed()

    def setUp(self):
        super().setUp()
        self.maxDiff = None
        self.reading = FleetReading(self.sql, int(self.schema), self.timezone)

    def _empty(self):
        """Keep the fleet for all tests of the class."""


class FleetTests:
    """Mixin with the tests of a fleet of any schema."""

    allow_inherited_tests_method = True

    def test_assets_and_issues(self):
        self.assert_same_rows()
        self.assertEqual(len(self.bindings()) + len(self.issues()), self.size)

    def test_numbers_of_the_run(self):
        first = self.backend.last_run_id
        self.assertEqual(differences(first), [])
        self.assertGreater(first.new_count, self.size / 2)
        self.assertGreater(first.skipped_count, 1)
        self.backend.tag_exclude = "*a*"
        for force in (False, False, True):
            self.import_fleet(force)
            run = self.backend.run_ids - first
            self.assertEqual(differences(run.sorted()[:1]), [])
        self.assertTrue(run[:1].skipped["tag"])

    def test_fields(self):
        self.assert_same_fields()

    def test_fields_are_filled(self):
        """The comparison of fields compares different values."""
        computers = self.reading.computers().values()
        for field in next(iter(computers)):
            with self.subTest(field=field):
                self.assertGreater(len({each[field] for each in computers}), 1)

    def test_monitors(self):
        monitors = self.reading.monitors().values()
        self.assertGreater(sum(map(len, monitors)), self.size / 2)
        self.assert_same_monitors()

    def test_shared_serial_number_of_monitors(self):
        """Each of the computers has its own monitor, without this number."""
        shared = self.reading.shared_monitors()
        self.assertEqual(len(shared), 1)
        for serial, places in shared.items():
            for external_id in places:
                monitors = self.bindings()[external_id].monitor_ids
                self.assertIn(
                    serial, monitors.ocs_monitor_bind_ids.mapped("ocs_serial")
                )
                self.assertNotIn(serial, monitors.mapped("serial_no"))

    def test_components(self):
        kinds = {kind for each in self.reading.components().values() for kind in each}
        self.assertEqual(len(kinds), 7 if int(self.schema) >= 7080 else 6)
        self.assert_same_components()

    def test_serials(self):
        self.assert_serials()

    def test_second_import_enqueues_nothing(self):
        before = self.versions()
        with trap_jobs() as trap:
            self.backend.action_import_changed()
            trap.perform_enqueued_jobs()
            trap.assert_jobs_count(0)
        computers = {row for row in before if row[0] != "ocs_import_issue"}
        after = {row for row in self.versions() if row[0] != "ocs_import_issue"}
        self.assertEqual(after, computers)

    def test_second_import_writes_nothing(self):
        before = self.versions()
        self.import_fleet()
        self.assertEqual(self.versions(), before)

    def test_forced_import_writes_nothing(self):
        before = {row for row in self.versions() if row[0] != "ocs_import_issue"}
        self.import_fleet(force=True)
        after = {row for row in self.versions() if row[0] != "ocs_import_issue"}
        self.assertEqual(after, before)


@tagged("post_install", "-at_install")
class TestFleet7081(FleetTests, FleetCase):
    """OCS 2.12.4."""

    size = scale(200, 140)


@tagged("post_install", "-at_install")
class TestFleet7039(FleetTests, FleetCase):
    """OCS 2.8.1, on a server in Paris."""

    schema, version = "7039", "2.8"
    timezone = "Europe/Paris"


@tagged("post_install", "-at_install")
class TestFleet7028(FleetTests, FleetCase):
    """OCS 2.7: nothing can be archived."""

    schema, version = "7028", "2.7"


@tagged("post_install", "-at_install")
class TestFleetChanges(FleetCase):
    """Each import catches up with a day of changes in OCS."""

    def test_assets_follow_daily_changes(self):
        before = self.bindings()
        for day in range(3):
            self.fleet("change")
            self.import_fleet()
            self.assertEqual(differences(self.backend.last_run_id), [])
            with self.subTest(day=day):
                self.assert_equals_ocs()
        present = {row["ID"] for row in self.sql("SELECT ID FROM hardware")}
        removed = set(before) - present
        # a deletion and a merge on each of three days
        self.assertGreaterEqual(len(removed), 6)
        deleted, merged = Counter(), 0
        for external_id in removed:
            binding = before[external_id]
            if binding.removed_since:
                self.assertFalse(binding.active)
                deleted[binding.removal_action] += 1
            else:  # reinstalled: the same asset under the new ID
                self.assertIn(binding.external_id, present)
                self.assertTrue(binding.active)
                merged += 1
        self.assertEqual(deleted, {"archive": 3})
        self.assertEqual(merged, 3)
        self.assertGreaterEqual(len(set(self.bindings()) - set(before)), 6)
        connections = self.env["maintenance.equipment.connection"]
        moved = connections.search([("date_to", "!=", False)]).monitor_id
        self.assertTrue(moved.filtered("computer_id"))
