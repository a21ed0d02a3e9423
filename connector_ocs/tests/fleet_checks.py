# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter, defaultdict
from itertools import pairwise

from .fleet_reading import BLACKLISTED_SERIALS

#: Tables that an import fills.
IMPORTED = (
    "ocs_computer_binding",
    "ocs_monitor_binding",
    "ocs_import_issue",
    "maintenance_equipment",
    "maintenance_equipment_connection",
    "maintenance_equipment_component",
)
#: Kinds of components whose sizes are compared.
SIZED = {"memory", "disk", "volume"}


class FleetChecks:
    """Compares the assets with ``self.reading``, a ``FleetReading``.

    For a test case that has a ``backend``.
    """

    def bindings(self):
        """{hardware.ID: binding} of what is in OCS."""
        found = self.env["ocs.computer.binding"].search(
            [("backend_id", "=", self.backend.id), ("removed_since", "=", False)]
        )
        return {binding.external_id: binding for binding in found}

    def issues(self):
        """{hardware.ID: reason} of the list."""
        found = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id)]
        )
        return {issue.external_id: issue.reason for issue in found}

    def versions(self):
        """Where PostgreSQL holds each row: changes as soon as one is written."""
        self.env.flush_all()
        versions = set()
        for table in IMPORTED:
            self.env.cr.execute(f"SELECT %s, id, ctid::text FROM {table}", [table])
            versions.update(self.env.cr.fetchall())
        return versions

    # Comparisons

    def assert_same_rows(self):
        """Assets are what should be one; the list has the others and why."""
        expected, issues = self.reading.computers(), self.reading.issues()
        self.assertEqual(self.issues(), issues)
        self.assertEqual(set(self.bindings()) - set(issues), set(expected))

    def assert_same_fields(self):
        """Every field of every computer is what OCS has."""
        bindings = self.bindings()
        for external_id, expected in self.reading.computers().items():
            with self.subTest(external_id=external_id, name=expected["name"]):
                binding = bindings[external_id]
                found = {field: binding[field] for field in expected}
                self.assertEqual(found, expected)

    def assert_same_monitors(self):
        """Every computer has its monitors."""
        expected, bindings = self.reading.monitors(), self.bindings()
        for external_id in self.reading.computers():
            with self.subTest(external_id=external_id):
                monitors = bindings[external_id].monitor_ids.ocs_monitor_bind_ids
                found = Counter(
                    (each.name, each.model or "", each.ocs_serial or "")
                    for each in monitors
                )
                self.assertEqual(found, expected[external_id])
                for each in monitors:
                    self.assertEqual(each.serial_no, each.ocs_serial)

    def assert_timelines(self):
        """A monitor was on one computer after the other, and is on its computer."""
        equipment = self.env["maintenance.equipment"].with_context(active_test=False)
        for asset in equipment.search([("ocs_monitor_bind_ids", "!=", False)]):
            asset.invalidate_recordset(["connection_ids"])
            periods = asset.connection_ids
            with self.subTest(monitor=asset.display_name):
                last = periods.filtered(lambda each: not each.date_to)
                self.assertEqual(last.computer_id, asset.computer_id)
                self.assertLessEqual(last, periods[:1])
                for later, earlier in pairwise(periods):
                    self.assertLessEqual(earlier.date_to, later.date_from)

    def assert_same_components(self):
        """Every computer has its parts."""
        expected = self.reading.components()
        groups = self.env["maintenance.equipment.component"]._read_group(
            [], ["equipment_id", "kind"], ["__count", "size_mb:sum"]
        )
        found = defaultdict(dict)
        for asset, kind, number, size in groups:
            found[asset][kind] = (number, kind in SIZED and size)
        for external_id, binding in self.bindings().items():
            with self.subTest(external_id=external_id):
                self.assertEqual(found[binding.odoo_id], expected[external_id])

    def assert_serials(self):
        """A serial number has one asset; the others are told why not.

        None has it when several machines report it.
        """
        bindings = self.bindings()
        equipment = self.env["maintenance.equipment"].with_context(active_test=False)
        computers = self.reading.computers()
        uuids = self._uuids_by_serial(computers)
        for external_id, computer in computers.items():
            binding, serial = bindings[external_id], computer["ocs_serial"]
            with self.subTest(external_id=external_id, serial=serial):
                if not serial:
                    self.assertFalse(binding.serial_no)
                    continue
                if binding.serial_no != serial:
                    self.assertFalse(binding.serial_no)
                    self.assertIn(f"“{serial}”", binding.warnings or "")
                if len(uuids[serial]) > 1:
                    self.assertFalse(binding.serial_no)
                    continue
                owners = equipment.search_count([("serial_no", "=", serial)])
                self.assertEqual(owners, int(serial not in BLACKLISTED_SERIALS))

    def _uuids_by_serial(self, computers):
        """:return: dict {serial number: set of UUIDs that are not all zeros}"""
        found = defaultdict(set)
        for computer in computers.values():
            uuid = computer["hardware_uuid"] or ""
            if len(set(uuid)) > 2:
                found[computer["ocs_serial"]].add(uuid.upper())
        return found

    def assert_equals_ocs(self):
        """Odoo is what OCS is."""
        self.assert_same_rows()
        self.assert_same_fields()
        self.assert_same_monitors()
        self.assert_timelines()
        self.assert_same_components()
        self.assert_serials()
