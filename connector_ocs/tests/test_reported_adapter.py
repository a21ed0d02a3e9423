# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.tests import tagged

from ..components.computer_adapter_shared import MAX_COMPARED, SOURCES
from .test_adapter import AdapterCase

UUID = "1B2D3F40-5A6B-7C8D-9EAF-0123456789AB"


class ReportedAdapterCase(AdapterCase):
    """Test case with computers that report the same values."""

    def report(self, field, *values, **columns):
        """Insert a computer for each value, the IDs of which start with 1."""
        table, column = SOURCES[field]
        for external_id, value in enumerate(values, 1):
            hardware = {column: value} if table == "hardware" else {}
            self.insert_computer(external_id, **hardware, **columns)
            if table != "hardware":
                self.insert(table, HARDWARE_ID=external_id, **{column: value})

    def found(self, field):
        """Return the numbers and IDs of the computers that report the same values."""
        with self.adapter() as adapter:
            found = adapter.find_reported(field)
        return sorted((each.number, each.external_ids) for each in found)


@tagged("post_install", "-at_install")
class TestReportedAdapter(ReportedAdapterCase):
    """Values that several computers in OCS report."""

    def test_each_field(self):
        values = {
            "mac_addresses": ("00:1B:21:AA:BB:01", "00:1B:21:AA:BB:02"),
            "board_serial": ("/7XK2/CN1/", "/7XK2/CN2/"),
            "hardware_uuid": (UUID, UUID.replace("1", "2")),
            "ocs_serial": ("5CG1234XYZ", "5CG1235XYZ"),
        }
        for field, (shared, other) in values.items():
            with self.subTest(field):
                self.report(field, shared, other, shared)
                self.assertEqual(self.found(field), [(2, [1, 3])])
                for another in set(SOURCES) - {field}:
                    self.assertEqual(self.found(another), [])
                self._empty()

    def test_spellings(self):
        swapped = "403F2D1B-6B5A-8D7C-9EAF-0123456789AB"
        values = {
            "mac_addresses": (
                "00:1B:21:AA:BB:01",
                "00-1b-21-aa-bb-01",
                "001b.21aa.bb01",
            ),
            "board_serial": ("/7XK2/CN1/", " /7xk2/cn1/", "/7XK2/ CN1/"),
            "hardware_uuid": (UUID, f"{{{swapped.lower()}}}", UUID.replace("-", "")),
            "ocs_serial": ("5CG1234XYZ", "5cg1234xyz ", "5CG 1234 XYZ"),
        }
        for field, spellings in values.items():
            with self.subTest(field):
                self.report(field, *spellings)
                self.assertEqual(self.found(field), [(3, [1, 2, 3])])
                self._empty()

    def test_different_values(self):
        self.report("hardware_uuid", UUID, UUID[:-1] + "C", "", "")
        self.assertEqual(self.found("hardware_uuid"), [])

    def test_computers_that_are_not_imported(self):
        self.report("ocs_serial", *["5CG1234XYZ"] * 4)
        self.sql("UPDATE hardware SET ARCHIVE = 1 WHERE ID = 2")
        self.sql("UPDATE hardware SET DEVICEID = '_SYSTEMGROUP_' WHERE ID = 3")
        self.insert("bios", HARDWARE_ID=9, SSN="5CG1234XYZ")  # without a computer
        self.assertEqual(self.found("ocs_serial"), [(2, [1, 4])])

    def test_twice_in_one_computer(self):
        """The interfaces of a bond have the same address."""
        self.report("mac_addresses", "00:1B:21:AA:BB:01")
        self.insert("networks", HARDWARE_ID=1, MACADDR="00:1B:21:AA:BB:01")
        self.assertEqual(self.found("mac_addresses"), [])

    def test_many_computers(self):
        """What is read does not depend on the number of computers."""
        number = 2 * MAX_COMPARED
        self.report("ocs_serial", *["5CG1234XYZ"] * number)
        first = list(range(1, MAX_COMPARED + 1))
        self.assertEqual(self.found("ocs_serial"), [(number, first)])

    def test_digest(self):
        """It changes with each inventory, and with the computers."""
        self.report("ocs_serial", "5CG1234XYZ", "5CG1234XYZ", "")
        digests = []
        for change in (
            "UPDATE hardware SET MEMORY = 1 WHERE ID = 1",
            "UPDATE hardware SET LASTDATE = '2026-01-16 10:00:00' WHERE ID = 2",
            "UPDATE hardware SET UUID = 'another' WHERE ID = 1",
            "UPDATE bios SET SSN = '5CG1234XYZ' WHERE HARDWARE_ID = 3",
        ):
            with self.adapter() as adapter:
                digests.append(adapter.find_reported("ocs_serial")[0].digest)
            self.sql(change)
        with self.adapter() as adapter:
            digests.append(adapter.find_reported("ocs_serial")[0].digest)
        self.assertEqual(digests[0], digests[1])
        self.assertEqual(len(set(digests)), 4)

    def test_sections_that_are_not_imported(self):
        self.report("ocs_serial", "5CG1234XYZ", "5CG1234XYZ")
        sections = self.backend.section_ids
        self.backend.section_ids = sections.filtered(
            lambda section: section.table_name != "bios"
        )
        self.assertEqual(self.found("ocs_serial"), [])

    def test_read_serials(self):
        self.report("ocs_serial", "5CG1234XYZ ", "5CG1235XYZ")
        self.insert_computer(3)
        self.insert_computer(4, ARCHIVE=1)
        with self.adapter() as adapter:
            found = adapter.read_serials([1, 3, 4, 5])
        self.assertEqual(found, {1: "5CG1234XYZ", 3: ""})

    def test_read_monitor_serials(self):
        self.insert_computer(1)
        for serial in ("CN-01-74261 ", "", None):
            self.insert("monitors", HARDWARE_ID=1, SERIAL=serial)
        with self.adapter() as adapter:
            found = adapter.read_monitor_serials([1, 2])
        self.assertEqual(found, [(1, "CN-01-74261")])

    def test_read_dates(self):
        self.insert_computer(1)
        with self.adapter() as adapter:
            found = adapter.read_dates([1, 2])
        self.assertEqual(found, {1: datetime(2026, 1, 15, 10)})


@tagged("post_install", "-at_install")
class TestReportedAdapter7028(ReportedAdapterCase):
    """OCS 2.7, where no computer is archived."""

    schema, version = "7028", "2.7"

    def test_reported(self):
        self.report("ocs_serial", "5CG1234XYZ", "5CG1234XYZ")
        self.assertEqual(self.found("ocs_serial"), [(2, [1, 2])])
        with self.adapter() as adapter:
            self.assertEqual(adapter.read_serials([2]), {2: "5CG1234XYZ"})
