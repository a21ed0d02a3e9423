# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged

from ..components import monitor_adapter
from .test_adapter import AdapterCase


@tagged("post_install", "-at_install")
class TestMonitorAdapter(AdapterCase):
    """Serial numbers of monitors that several computers in OCS report."""

    def fill(self, *serials):
        """Insert computers with one monitor each."""
        for external_id, serial in enumerate(serials, 1):
            self.insert_computer(external_id)
            self.insert(
                "monitors", HARDWARE_ID=external_id, CAPTION="DELL", SERIAL=serial
            )

    def repeated(self):
        with self.adapter() as adapter:
            return adapter.find_repeated_monitors()

    def owners(self, *serials):
        """Return the IDs of the computers that report some serial numbers."""
        with self.adapter() as adapter:
            return sorted(row["OWNER"] for row in adapter.read_monitors(serials))

    def test_repeated(self):
        self.fill("CN0ABC", "cn0 abc ", "CN0ABCD", "CN0%", "", None, "")
        self.assertEqual(self.repeated(), {"cn0abc"})
        self.assertEqual(self.owners("cn0abc"), [1, 2])
        self.assertEqual(self.owners("cn0%", "cn0abcd"), [3, 4])
        self.assertEqual(self.owners(), [])

    def test_rows(self):
        self.fill("CN0ABC")
        with self.adapter() as adapter:
            (row,) = adapter.read_monitors(["cn0abc"])
        self.assertEqual(row["DEVICEID"], "PC-2024-01-15-10-00-01")
        self.assertEqual(f"{row['LASTDATE']:%Y-%m-%d}", "2026-01-15")
        self.assertEqual((row["CAPTION"], row["SERIAL"]), ("DELL", "CN0ABC"))

    def test_two_rows_of_one_computer(self):
        self.fill("CN0ABC")
        self.insert("monitors", HARDWARE_ID=1, SERIAL="CN0ABC")
        self.assertEqual(self.repeated(), {"cn0abc"})
        self.assertEqual(self.owners("cn0abc"), [1, 1])

    def test_only_computers_in_ocs(self):
        """Neither archived ones, nor groups, nor rows of deleted ones."""
        self.fill(*["CN0ABC"] * 4)
        self.sql("UPDATE hardware SET ARCHIVE = 1 WHERE ID = 2")
        self.sql("UPDATE hardware SET DEVICEID = '_SYSTEMGROUP_' WHERE ID = 3")
        self.sql("DELETE FROM hardware WHERE ID = 4")
        self.assertEqual(self.repeated(), set())
        self.assertEqual(self.owners("cn0abc"), [1])

    def test_many_serial_numbers(self):
        self.fill("CN0A", "CN0B", "CN0C")
        with mock.patch.object(monitor_adapter, "SERIALS_PER_QUERY", 2):
            self.assertEqual(self.owners("cn0a", "cn0b", "cn0c"), [1, 2, 3])

    def test_section_is_not_imported(self):
        self.fill("CN0ABC", "CN0ABC")
        self.backend.section_ids -= self.env.ref("connector_ocs.section_monitors")
        self.assertEqual(self.repeated(), set())
        self.assertEqual(self.owners("cn0abc"), [])


@tagged("post_install", "-at_install")
class TestMonitorAdapter7028(AdapterCase):
    """OCS 2.7: nothing can be archived."""

    schema, version = "7028", "2.7"

    def test_repeated(self):
        for external_id in (1, 2):
            self.insert_computer(external_id)
            self.insert("monitors", HARDWARE_ID=external_id, SERIAL="CN0ABC")
        with self.adapter() as adapter:
            self.assertEqual(adapter.find_repeated_monitors(), {"cn0abc"})
            self.assertEqual(len(adapter.read_monitors({"cn0abc"})), 2)
