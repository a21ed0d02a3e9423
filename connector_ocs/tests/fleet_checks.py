# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict
from itertools import pairwise

from .fleet_reading import BLACKLISTED_SERIALS

#: Tables that an import writes to.
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
    """Mixin that compares the assets with ``self.reading``, a ``FleetReading``.

    The test case must have a ``backend``.
    """

    #: serial numbers that identify nothing
    placeholders = BLACKLISTED_SERIALS

    def bindings(self):
        """Return {hardware.ID: binding} of the computers in OCS."""
        found = self.env["ocs.computer.binding"].search(
            [("backend_id", "=", self.backend.id), ("removed_since", "=", False)]
        )
        return {binding.external_id: binding for binding in found}

    def issues(self):
        """Return {hardware.ID: reason} of the computers that were not imported."""
        found = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend.id)]
        )
        return {issue.external_id: issue.reason for issue in found}

    def versions(self):
        """Return the physical position of each row, which changes with every write."""
        self.env.flush_all()
        versions = set()
        for table in IMPORTED:
            self.env.cr.execute(f"SELECT %s, id, ctid::text FROM {table}", [table])
            versions.update(self.env.cr.fetchall())
        return versions

    # Comparisons

    def assert_same_rows(self):
        """Assert that each row in OCS has either an asset or the right issue."""
        expected, issues = self.reading.computers(), self.reading.issues()
        self.assertEqual(self.issues(), issues)
        self.assertEqual(set(self.bindings()) - set(issues), set(expected))

    def assert_same_fields(self):
        """Assert that every field of every computer has the value in OCS."""
        bindings = self.bindings()
        for external_id, expected in self.reading.computers().items():
            with self.subTest(external_id=external_id, name=expected["name"]):
                binding = bindings[external_id]
                found = {field: binding[field] for field in expected}
                self.assertEqual(found, expected)

    def expected_monitors(self):
        """Return the monitors of each computer, see ``FleetReading.monitors``."""
        return self.reading.monitors()

    def assert_same_monitors(self):
        """Assert that every computer has its monitors."""
        expected, bindings = self.expected_monitors(), self.bindings()
        for external_id in self.reading.computers():
            with self.subTest(external_id=external_id):
                found = self.found_monitors(bindings[external_id])
                self.assertEqual(sorted(found), sorted(expected[external_id]))

    def found_monitors(self, binding):
        """Return the monitors of a computer's asset, as ``expected_monitors``."""
        return [
            tuple(
                each[field] or ""
                for field in ("name", "model", "ocs_serial", "serial_no")
            )
            for each in binding.monitor_ids.ocs_monitor_bind_ids
        ]

    def assert_timelines(self):
        """Assert that a monitor's periods do not overlap and only the last is open."""
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
        """Assert that every computer has its components."""
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
        """Assert that an asset has each serial number, unless machines share it.

        The other computers that report it have a warning.
        """
        bindings = self.bindings()
        for serial, computers in self._by_serial().items():
            reporting = [bindings[external_id] for external_id in computers]
            owners = [each for each in reporting if each.serial_no]
            with self.subTest(serial=serial):
                for each in reporting:
                    if each in owners:
                        self.assertEqual(each.serial_no, each.ocs_serial)
                    elif serial:
                        self.assertIn(f"“{each.ocs_serial}”", each.warnings or "")
                self.assertIn(len(owners), self._possible_owners(serial, computers))

    def _by_serial(self):
        """Return {serial number: {hardware.ID: computer}}, whatever its case is."""
        found = defaultdict(dict)
        for external_id, computer in self.reading.computers().items():
            serial = (computer["ocs_serial"] or "").casefold()
            found[serial][external_id] = computer
        return found

    def _possible_owners(self, serial, computers):
        """Return how many of the assets may have a serial number: set of int.

        :param serial: casefolded
        :param computers: {hardware.ID: computer} that report it
        """
        if not serial or serial in {each.casefold() for each in self.placeholders}:
            return {0}
        uuids = {each["hardware_uuid"] or "" for each in computers.values()}
        return {0 if len({each for each in uuids if len(set(each)) > 2}) > 1 else 1}

    def assert_equals_ocs(self):
        """Assert that the assets match OCS."""
        self.assert_same_rows()
        self.assert_same_fields()
        self.assert_same_monitors()
        self.assert_timelines()
        self.assert_same_components()
        self.assert_serials()
