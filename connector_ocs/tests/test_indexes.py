# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import OcsCase


@tagged("post_install", "-at_install")
class TestIndexes(OcsCase):
    """Frequent searches of runs and jobs use an index."""

    def _plan(self, model, domain, limit=None):
        """Return PostgreSQL's plan of a search, with sequential scans discouraged."""
        model = self.env[model].with_context(active_test=False)
        query = model._search(domain, limit=limit).select()
        self.cr.execute("SET LOCAL enable_seqscan = off")
        self.cr.execute("EXPLAIN " + self.cr.mogrify(query.code, query.params).decode())
        return "\n".join(line for (line,) in self.cr.fetchall())

    def test_searches_use_an_index(self):
        for model, domain, index in (
            ("ocs.computer.binding", [("removed_since", "!=", False)], "removed_since"),
            (
                "ocs.computer.binding",
                [("is_conflicting", "=", True), ("digests", "!=", False)],
                "conflicting_idx",
            ),
            ("ocs.computer.binding", [("ocs_serial", "in", ["1"])], "ocs_serial"),
            ("maintenance.equipment", [("serial_no", "in", ["1"])], "serial_no"),
        ):
            with self.subTest(model=model, domain=domain):
                plan = self._plan(model, domain)
                self.assertIn(index, plan)
                self.assertNotIn("Seq Scan on " + model.replace(".", "_"), plan)
