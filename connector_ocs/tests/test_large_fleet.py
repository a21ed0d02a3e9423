# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import json
from contextlib import contextmanager
from unittest import mock

from odoo.tests import tagged

from ..components.scan_batch_importer import OcsComputerBatchImporter
from ..components.scan_reconciler import OcsComputerReconciler
from ..lib.values import local_to_utc
from .fleet_checks import IMPORTED
from .runs import RunMixin
from .scale import scale
from .test_fleet import FleetCase

#: Tables that every run and its job write to.
OWN_TABLES = {"bus_bus", "ocs_import_run", "queue_job"}

ASSETS = """
    INSERT INTO maintenance_equipment ({columns})
    SELECT {columns} FROM maintenance_equipment, generate_series(1, %s)
    WHERE id = %s RETURNING id
"""
BINDINGS = """
    INSERT INTO ocs_computer_binding
        (backend_id, import_state, create_date,
        odoo_id, external_id, digests, last_inventory)
    SELECT %s, 'imported', now() AT TIME ZONE 'UTC', *
    FROM unnest(%s::int[], %s::int[], %s::jsonb[], %s::timestamp[])
"""


@tagged("post_install", "-at_install")
class TestLargeFleet(RunMixin, FleetCase):
    """A run over an unchanged fleet writes next to nothing."""

    size = scale(20_000, 6_000)

    @classmethod
    def import_fleet(cls, force=False):
        """Insert the rows that an import creates, without a job for each."""
        with cls.backend.work_on("ocs.computer.binding") as work:
            adapter = work.component(usage="backend.adapter")
            found = adapter.scan(limit=2 * cls.size)
        found = [row for row in found if not row.exclusion]
        assets = cls.create_assets(len(found))
        cls.env.cr.execute(
            BINDINGS,
            [
                cls.backend.id,
                assets,
                [row.external_id for row in found],
                [json.dumps(row.digests) for row in found],
                [local_to_utc(row.last_date, "UTC") for row in found],
            ],
        )
        cls.computers = len(found)

    @classmethod
    def create_assets(cls, count):
        """Create assets, with the values that other addons require.

        :return: list of ids
        """
        model = cls.env["maintenance.equipment"]
        template = model.create({"name": "PC"})
        template.flush_recordset()
        columns = (
            name
            for name, field in model._fields.items()
            if field.store and field.column_type and name != "id"
        )
        query = ASSETS.format(columns=", ".join(columns))
        cls.env.cr.execute(query, [count, template.id])
        return [row[0] for row in cls.env.cr.fetchall()]

    def count_writes(self):
        """Count the rows that this transaction has written.

        :return: dict {table: number}
        """
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del"
            " FROM pg_stat_xact_user_tables"
        )
        return dict(self.env.cr.fetchall())

    @contextmanager
    def assert_writes(self, *tables):
        """Assert which tables are written, besides :data:`OWN_TABLES`."""
        before = self.count_writes()
        yield
        after = self.count_writes()
        changed = {table for table in after if after[table] != before.get(table, 0)}
        self.assertEqual(changed - OWN_TABLES, set(tables))

    @contextmanager
    def records_in_memory(self):
        """Yield a list: the number of cached bindings at each batch of a scan."""
        field = self.env["ocs.computer.binding"]._fields["external_id"]
        found = []

        def spy(component, function):
            def count(self, *args):
                found.append(len(self.env.transaction.field_data[field]))
                return function(self, *args)

            return mock.patch.object(component, function.__name__, count)

        with (
            spy(OcsComputerBatchImporter, OcsComputerBatchImporter._process_rows),
            spy(OcsComputerReconciler, OcsComputerReconciler._compare),
        ):
            yield found

    def test_runs_over_unchanged_computers(self):
        self.import_changed()  # records the skipped computers
        jobs = self.jobs()
        with self.subTest("nothing changed"), self.assert_writes():
            run = self.import_changed()
            self.assertEqual((self.jobs() - jobs).mapped("method_name"), ["scan"])
            self.assertEqual((run.state, run.job_count), ("done", 0))
            self.assertEqual(run.unchanged_count, self.computers)
            self.assertGreater(self.computers, 0.9 * self.size)
        self.sql("UPDATE hardware SET LASTDATE = LASTDATE + INTERVAL 1 DAY")
        jobs = self.jobs()
        before = self.versions(*IMPORTED)
        with (
            self.subTest("every computer was inventoried"),
            self.assert_writes("ocs_computer_binding", "ocs_shared_identifier"),
            self.records_in_memory() as records,
        ):
            run = self.import_changed()
            self.assertEqual((run.state, run.job_count), ("done", 0))
            self.assertEqual(len(self.jobs() - jobs), 1)
            self.assertLessEqual(max(records), 5000)
            self.assertGreater(len(records), self.size // 2_000)
        self.assertNotEqual(self.versions(*IMPORTED), before)
        self.assertEqual(self.import_changed().unchanged_count, self.computers)
