# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from odoo.tests import tagged

from ..lib.run_lines import Line
from .common import OcsCase, ocs_monitor
from .runs import RunCase
from .test_hardware_importer import (
    BATTERY,
    CPU,
    DISK,
    MODULE,
    VOLUME,
    full_computer,
)


@tagged("post_install", "-at_install")
class TestQueries(OcsCase):
    """Number of queries of the import of one computer.

    The limits leave room for the queries of other addons.
    """

    def setUp(self):
        super().setUp()
        # fill the caches of the process
        self.import_computer(99, self.computer(99))
        self.import_computer(99, force=True)

    def computer(self, number, **sections):
        sections.setdefault("monitors", [ocs_monitor(f"CN-0{number}-74261")])
        hardware = {"NAME": f"PC-{number}", "DEVICEID": f"PC-{number}-2026"}
        bios = {"SSN": f"SN-{number}-4711"}
        return full_computer(hardware=hardware, bios=bios, **sections)

    @contextmanager
    def assert_at_most(self, limit):
        """Assert a query count, as in a job: with empty caches and a final flush."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(limit):
            yield

    def count_queries(self, external_id, force=False):
        """Return the number of queries of an import."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.run_import(external_id, force)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def run_import(self, external_id, force=False):
        model = self.env["ocs.computer.binding"]
        model.import_record(self.backend, external_id, force=force)

    def test_new_computer(self):
        self.ocs[1] = self.computer(1)
        with self.assert_at_most(36):
            self.run_import(1)

    def test_one_section_changed(self):
        self.import_computer(1, self.computer(1))
        self.ocs[1] = self.computer(1, storages=[{**DISK, "MODEL": "WDC WD10"}])
        with self.assert_at_most(29):
            self.run_import(1)
        self.assertEqual(self.binding(1).disk_ids.model, "WDC WD10")

    def test_unchanged_computer(self):
        self.import_computer(1, self.computer(1))
        with self.assert_at_most(7):
            self.run_import(1)

    def test_forced_without_changes(self):
        self.import_computer(1, self.computer(1))
        with self.assert_at_most(18):
            self.run_import(1, force=True)

    def test_components_add_no_queries(self):
        """A computer with many components takes no more queries than one with few."""
        few, many = self.computer(1), self.computer(2)
        for table, row in (
            ("memories", MODULE),
            ("storages", DISK),
            ("cpus", CPU),
            ("drives", VOLUME),
            ("batteries", BATTERY),
        ):
            few[table], many[table] = [row], [row] * 15
        self.ocs = {1: few, 2: many}
        for force in (False, True):
            with self.subTest(force=force):
                self.assertEqual(
                    self.count_queries(1, force), self.count_queries(2, force)
                )

    def test_run_adds_one_query(self):
        """A run costs a query for each job, not for each computer."""
        self.ocs = {number: self.computer(number) for number in range(1, 9)}
        run, lines = self.start_run(), self.env["ocs.import.run.line"]
        lines._add(run, [Line(number, "PC", "new") for number in self.ocs])
        model = self.env["ocs.computer.binding"]
        model.import_chunk(self.backend, list(self.ocs))
        in_run, counts = model.with_context(ocs_run_id=run.id), []
        for importing in (model, model, in_run):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            importing.import_chunk(self.backend, list(self.ocs), force=True)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[2] - counts[1], 1)
        self.assertEqual(set(run.line_ids.mapped("outcome")), {"unchanged"})

    def test_known_monitors_add_no_queries(self):
        """Monitors that stay attached take no query each."""
        many = [ocs_monitor(f"CN-02-7426{number}") for number in range(10)]
        self.ocs = {1: self.computer(1), 2: self.computer(2, monitors=many)}
        for external_id in self.ocs:
            self.run_import(external_id)
        self.assertEqual(self.count_queries(1, True), self.count_queries(2, True))


@tagged("post_install", "-at_install")
class TestScanQueries(RunCase):
    """Scanning unchanged computers takes no query for each of them."""

    def queries(self):
        """Scan, and return the numbers of queries and of unchanged computers."""
        run = self.start_run()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run.scan()
        self.env.flush_all()
        self.assertEqual(run.state, "done")
        return self.env.cr.sql_log_count - before, run.unchanged_count

    def test_constant_number_of_queries(self):
        self.fill(*range(1, 11))
        self.queries()  # fills the caches of the process
        few = self.queries()
        self.fill(*range(11, 41))
        self.queries()
        many = self.queries()
        self.assertEqual((few[1], many[1]), (10, 40))
        self.assertEqual(few[0], many[0])
