# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.fields import Domain
from odoo.tests import tagged

from ..components.match_asset_search import ASSET_FIELDS, spelled_like
from .common import OcsCase

#: A value of each field that is found in any spelling.
VALUES = {
    "ocs_serial": "5CG0007XYZ",
    "board_serial": "/5CG0007XYZ/",
    "hardware_uuid": "4C4C4544-0042-3510-8052-000000000007",
    "mac_addresses": "00:1B:21:4A:00:01, 00:1B:21:4A:00:02",
}


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
                [("is_conflicting", "=", True)],
                "conflicting_idx",
            ),
            (
                "ocs.computer.binding",
                [("import_state", "=", "to_import")],
                "to_import_idx",
            ),
            ("ocs.computer.binding", [("ocs_serial", "in", ["1"])], "ocs_serial"),
            ("maintenance.equipment", [("serial_no", "in", ["1"])], "serial_no"),
        ):
            with self.subTest(model=model, domain=domain):
                self._assert_plan(model, domain, index)

    def _assert_plan(self, model, domain, *indexes):
        plan = self._plan(model, domain)
        for index in indexes:
            self.assertIn(index, plan)
        self.assertNotIn("Seq Scan on " + model.replace(".", "_"), plan)

    def _create_computers(self):
        """Create enough of them for PostgreSQL to prefer the right index."""
        self.env["ocs.computer.binding"].create(
            [
                {
                    "backend_id": self.backend.id,
                    "external_id": number,
                    "name": f"PC-{number}",
                    "ocs_serial": f"5CG{number:04}XYZ",
                    "serial_no": f"5CG{number:04}XYZ",
                    "board_serial": f"/{number}/",
                    "hardware_uuid": f"4C4C4544-0042-3510-8052-{number:012X}",
                    "mac_addresses": f"00:1B:21:4A:00:{number % 100:02}",
                }
                for number in range(300)
            ]
        )
        self.env.flush_all()
        self.cr.execute("ANALYZE maintenance_equipment, ocs_computer_binding")

    def test_searches_in_any_spelling_use_an_index(self):
        self._create_computers()
        indexes = {
            "ocs_serial": "serial_spelling_idx",
            "board_serial": "board_spelling_idx",
            "hardware_uuid": "uuid_spelling_idx",
            "mac_addresses": "mac_addresses_idx",
        }
        for key, index in indexes.items():
            with self.subTest(key=key):
                field, value = ASSET_FIELDS[key], VALUES[key]
                domain = spelled_like(field, [value])
                self._assert_plan("maintenance.equipment", domain, index)
        # all at once, as for a single computer
        domain = Domain.OR(
            spelled_like(ASSET_FIELDS[key], [VALUES[key]]) for key in indexes
        ) & Domain("company_id", "in", [self.env.company.id, False])
        self._assert_plan("maintenance.equipment", domain, *indexes.values())

    def test_search_of_bindings_in_any_spelling_uses_an_index(self):
        self._create_computers()
        domain = spelled_like("ocs_serial", ["5CG0007XYZ", "5CG0008XYZ"])
        self._assert_plan("ocs.computer.binding", domain, "serial_spelling_idx")
