# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from odoo import fields
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .live import LiveCase
from .scale import scale
from .snapshot import separate_asset_ids, snapshot
from .test_fleet import FleetCase


class ChunksCase(FleetCase):
    """Test case with a fleet that is imported in several ways."""

    @classmethod
    def import_fleet(cls, force=False):
        """Do nothing: each test imports the fleet in its own way."""

    def setUp(self):
        super().setUp()
        separate_asset_ids(self.env)
        self.maxDiff = 4000
        # the date of an inventory without date
        patcher = mock.patch.object(
            fields.Datetime, "now", return_value=datetime(2026, 1, 31, 12)
        )
        patcher.start()
        self.addCleanup(patcher.stop)
        self.model = self.env["ocs.computer.binding"].with_context(
            queue_job__no_delay=True
        )

    def external_ids(self):
        rows = self.sql("SELECT ID FROM hardware ORDER BY ID")
        return [row["ID"] for row in rows]

    def import_in_chunks(self, size, force=False):
        ids = self.external_ids()
        for start in range(0, len(ids), size):
            chunk = ids[start : start + size]
            self.model.import_chunk(self.backend, chunk, force=force)
            self.env.flush_all()
            self.env.invalidate_all()

    def import_one_by_one(self, force=False):
        for external_id in self.external_ids():
            self.model.import_record(self.backend, external_id, force=force)
            self.env.flush_all()
            self.env.invalidate_all()

    @contextmanager
    def rolled_back(self):
        """Roll back what is imported in the block."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def assert_same_in_chunks(self, sizes, force=False):
        """Assert that chunks give the same result as jobs of one computer."""
        with self.rolled_back():
            self.import_one_by_one(force)
            expected = snapshot(self.env)
        for size in sizes:
            with self.subTest(size=size), self.rolled_back():
                self.import_in_chunks(size, force)
                found = snapshot(self.env)
                for table, rows in expected.items():
                    with self.subTest(table=table):
                        self.assertEqual(found[table], rows)
        return expected


class SameInChunks:
    """Mixin with the tests of a fleet of any schema."""

    allow_inherited_tests_method = True

    def test_same_in_chunks(self):
        expected = self.assert_same_in_chunks(scale((1000, 60, 7), (31,)))
        # the fleet has cases in which the order matters
        for table in ("ocs_import_issue", "maintenance_equipment_connection"):
            self.assertTrue(expected[table])
        self.assertIn("inventoried later", str(expected["ocs_computer_binding"]))

    def test_same_changes_in_chunks(self):
        """Later changes are imported the same as well."""
        self.import_in_chunks(60)
        for _day in range(scale(3, 1)):
            self.fleet("change")
            self.assert_same_in_chunks(scale((1000, 31), (31,)))
            self.import_in_chunks(60)

    def test_forced_import_writes_nothing(self):
        """A forced import of unchanged computers in chunks writes nothing."""
        self.import_in_chunks(60)
        self.import_in_chunks(60)  # assigns what other assets released
        before = self.versions()
        self.import_in_chunks(60, force=True)
        computers = {row for row in before if row[0] != "ocs_import_issue"}
        after = {row for row in self.versions() if row[0] != "ocs_import_issue"}
        self.assertEqual(after, computers)


@tagged("post_install", "-at_install")
class TestChunks7081(SameInChunks, ChunksCase):
    """OCS 2.12.4."""

    size = scale(200, 140)


@tagged("post_install", "-at_install")
class TestChunks7028(SameInChunks, ChunksCase):
    """OCS 2.7, on a server in Paris."""

    schema, version = "7028", "2.7"
    timezone = "Europe/Paris"


@tagged("post_install", "-at_install")
class TestLargeComputer(LiveCase):
    """A container host with thousands of network interfaces."""

    interfaces = 5000

    def setUp(self):
        super().setUp()
        for external_id in (1, 2, 3):
            self.insert_computer(external_id, name=f"PC-{external_id}")
            self.insert("networks", HARDWARE_ID=external_id, DESCRIPTION="eth0")
        rows = ", ".join(f"(2, 'veth{number}')" for number in range(1, self.interfaces))
        self.sql(f"INSERT INTO networks (HARDWARE_ID, DESCRIPTION) VALUES {rows}")

    def test_large_computer_gets_its_own_job(self):
        """It is not read with the others, and is imported completely."""
        model = self.env["ocs.computer.binding"]
        with trap_jobs() as trap:
            model.import_chunk(self.backend, [1, 2, 3])
            self.assertEqual([job.args[1] for job in trap.enqueued_jobs], [2])
        self.assertFalse(self.binding(2))
        self.assertEqual(len(self.binding(3).network_ids), 1)
        trap.perform_enqueued_jobs()
        self.assertEqual(len(self.binding(2).network_ids), self.interfaces)
