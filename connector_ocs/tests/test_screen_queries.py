# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command
from odoo.tests import tagged

from ..lib.run_lines import Line
from .common import ocs_monitor
from .runs import RunCase

#: Records of a list: few, and as many as fit on a page of a large fleet.
FEW, MANY = 3, 24


@tagged("post_install", "-at_install")
class TestScreenQueries(RunCase):
    """However many computers there are, a screen takes the same number of queries."""

    def make_records(self):
        """Make many records of each model that has a list.

        :return: list of recordsets
        """
        numbers = range(1, MANY + 1)
        self.ocs = {
            each: self.machine(each, monitors=[ocs_monitor(f"CN0ABC{each:03}")])
            for each in numbers
        }
        run = self.import_changed()
        run.line_ids._add(run, [Line(1000 + each, "PC", "new") for each in numbers])
        issues = self.env["ocs.import.issue"]
        for each in numbers:
            issues._record(self.backend, 2000 + each, "failed", name=f"PC-{each}")
        runs = self.env["ocs.import.run"].create(
            [
                {"backend_id": self.backend.id, "origin": "button", "state": "done"}
                for _each in numbers
            ]
        )
        lines = [
            Command.create({"external_id": each, "name": "PC", "outcome": "skip"})
            for each in numbers
        ]
        preview = self.env["ocs.import.preview"].create(
            {"backend_id": self.backend.id, "state": "done", "line_ids": lines}
        )
        bindings = self.env["ocs.computer.binding"].search(
            [("backend_id", "=", self.backend.id)]
        )
        monitors = bindings.odoo_id.monitor_ids.ocs_monitor_bind_ids
        listed = issues.search([("backend_id", "=", self.backend.id)])
        return [bindings, monitors, listed, runs, run.line_ids, preview.line_ids]

    def queries(self, records):
        """Return the number of queries with which the web client reads a list."""
        view = records.get_view(view_type="list")
        fields = records.fields_get(view["models"][records._name], ["type"])
        specification = {
            name: {"fields": {"display_name": {}}}
            if "2" in field["type"]  # many2one, one2many, many2many
            else {}
            for name, field in fields.items()
        }
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        records.web_read(specification)
        return self.env.cr.sql_log_count - before

    def test_lists(self):
        for records in self.make_records():
            with self.subTest(model=records._name):
                self.assertGreaterEqual(len(records), MANY)
                self.queries(records[:1])  # fills the caches of the process
                few = self.queries(records[:FEW])
                self.assertEqual(self.queries(records[:MANY]), few)

    def test_forms(self):
        """A run, or a backend, with many computers takes no more than one with few."""
        self.ocs = {each: self.machine(each) for each in range(1, FEW + 1)}
        run = self.import_changed()
        before = [self.form(run), self.form(self.backend)]
        self.ocs |= {each: self.machine(each) for each in range(FEW + 1, MANY)}
        run = self.import_changed()
        self.assertEqual([self.form(run), self.form(self.backend)], before)

    def form(self, record):
        """Return the number of queries with which the web client reads a form."""
        view = record.get_view(view_type="form")
        names = view["models"][record._name]
        specification = {name: {} for name in names}
        record.web_read(specification)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        record.web_read(specification)
        return self.env.cr.sql_log_count - before
