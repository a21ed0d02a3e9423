# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from odoo import fields
from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from .live import LiveCase
from .scale import scale
from .snapshot import snapshot, start_far_away
from .test_fleet import FleetCase


class ChunksCase(FleetCase):
    """A fleet that is imported in several ways."""

    @classmethod
    def import_fleet(cls, force=False):
        """Each test does it in its own way."""

    def setUp(self):
        super().setUp()
        start_far_away(self.env)
        self.maxDiff = 4000
        # an inventory without date is of this moment
        moment = mock.patch.object(
            fields.Datetime, "now", return_value=datetime(2026, 1, 31, 12)
        )
        moment.start()
        self.addCleanup(moment.stop)
        self.model = self.env["ocs.computer.binding"].with_context(
            queue_job__no_delay=True
        )

    def external_ids(self):
        rows = self.sql("SELECT ID FROM hardware ORDER BY ID")
        return [row["ID"] for row in rows]

    def import_in_chunks(self, size, force=False):
        ids = self.external_ids()
        for start in range(0, len(ids), size):
            page = ids[start : start + size]
            self.model.import_chunk(self.backend, page, force=force)
            self.env.flush_all()
            self.env.invalidate_all()

    def import_one_by_one(self, force=False):
        for external_id in self.external_ids():
            self.model.import_record(self.backend, external_id, force=force)
            self.env.flush_all()
            self.env.invalidate_all()

    @contextmanager
    def undone(self):
        """What is imported inside is forgotten."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def assert_same_in_chunks(self, sizes, force=False):
        """Pages make of OCS what jobs of one computer make of it."""
        with self.undone():
            self.import_one_by_one(force)
            expected = snapshot(self.env)
        for size in sizes:
            with self.subTest(size=size), self.undone():
                self.import_in_chunks(size, force)
                found = snapshot(self.env)
                for table, rows in expected.items():
                    with self.subTest(table=table):
                        self.assertEqual(found[table], rows)
        return expected


class SameInChunks:
    """What holds for a fleet of any schema."""

    allow_inherited_tests_method = True

    def test_same_in_chunks(self):
        expected = self.assert_same_in_chunks(scale((1000, 60, 7), (60, 7)))
        # the fleet is one in which it matters
        for table in ("ocs_import_issue", "maintenance_equipment_connection"):
            self.assertTrue(expected[table])
        self.assertIn("inventoried later", str(expected["ocs_computer_binding"]))

    def test_same_again(self):
        """And of what changed since."""
        self.import_in_chunks(60)
        for _day in range(scale(3, 1)):
            self.fleet("change")
            self.assert_same_in_chunks(scale((1000, 31), (31,)))
            self.import_in_chunks(60)

    def test_same_when_forced(self):
        """A forced import of what it knows writes nothing."""
        self.import_in_chunks(60)
        self.import_in_chunks(60)  # what an asset let go meanwhile
        before = self.versions()
        self.import_in_chunks(60, force=True)
        computers = {row for row in before if row[0] != "ocs_import_issue"}
        after = {row for row in self.versions() if row[0] != "ocs_import_issue"}
        self.assertEqual(after, computers)


@tagged("post_install", "-at_install")
class TestPages7069(SameInChunks, ChunksCase):
    """OCS 2.11.1."""

    size = 200


@tagged("post_install", "-at_install")
class TestPages7028(SameInChunks, ChunksCase):
    """OCS 2.7, on a server in Paris."""

    schema, version = "7028", "2.7"
    timezone = "Europe/Paris"


@tagged("post_install", "-at_install")
class TestLargeComputer(LiveCase):
    """A host of containers: thousands of network interfaces."""

    interfaces = 5000

    def setUp(self):
        super().setUp()
        for external_id in (1, 2, 3):
            self.insert_computer(external_id, name=f"PC-{external_id}")
            self.insert("networks", HARDWARE_ID=external_id, DESCRIPTION="eth0")
        rows = ", ".join(f"(2, 'veth{number}')" for number in range(1, self.interfaces))
        self.sql(f"INSERT INTO networks (HARDWARE_ID, DESCRIPTION) VALUES {rows}")

    def test_page(self):
        """It is not read along with others, and nothing of it is lost."""
        model = self.env["ocs.computer.binding"]
        with trap_jobs() as trap:
            model.import_chunk(self.backend, [1, 2, 3])
            self.assertEqual([job.args[1] for job in trap.enqueued_jobs], [2])
        self.assertFalse(self.binding(2))
        self.assertEqual(len(self.binding(3).network_ids), 1)
        trap.perform_enqueued_jobs()
        self.assertEqual(len(self.binding(2).network_ids), self.interfaces)
