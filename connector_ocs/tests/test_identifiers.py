# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.identifiers import is_blacklisted_mac, is_blacklisted_serial
from .live import LiveCase, server


@tagged("post_install", "-at_install")
class TestSerial(BaseCase):
    """Detection of placeholder serial numbers."""

    def _check(self, values, expected):
        for value in values:
            with self.subTest(value=value):
                self.assertIs(bool(is_blacklisted_serial(value)), expected)

    def test_placeholders(self):
        placeholders = (
            "To Be Filled By O.E.M.",
            "Default string",
            "System Serial Number",
            "Chassis Serial Number",
            "Not Specified",
            "Not Applicable",
            "None",
            "N/A",
            "INVALID",
            "(null string)",
            "SYS-1234567890",
            "EVAL",
            "Tulip Computers",
            "Asset Tag",
            "<OUT OF SPEC>",
            "O.E.M.",
            "Not Available",
            "Unknown",
            "empty",
            "null",
            "SystemSerialNumb",
            "OEM_Serial",
            "Base Board Serial Number",
            "BSS-0123456789",
            "MB-1234567890",
            "123456789000",
        )
        self._check(placeholders, True)

    def test_placeholders_ignore_case_and_whitespace(self):
        self._check(
            (
                "  Default string  ",
                "DEFAULT STRING",
                "default string",
                "Default string\x00\x00",
                "to be filled by o.e.m.",
                "\tNONE\n",
            ),
            True,
        )

    def test_one_repeated_character(self):
        self._check(("0000", "XXXXXXXX", "xxxxXXXX", "........", "----", "    "), True)

    def test_only_zeros_and_ones(self):
        self._check(("00000001", "10000000", "01010101", "1111111"), True)

    def test_ascending_digits(self):
        self._check(
            ("1234", "0123456789", "123456789", "456789", "7890123", "1234567890123"),
            True,
        )

    def test_shorter_than_four_characters(self):
        self._check((None, "", " ", "0", "1", "NA", "A7C", " A7C ", 7, 123), True)

    def test_valid_serials(self):
        self._check(
            (
                "5CG1234XYZ",
                "5cg1234xyz",
                "PF2K9X7Q",
                "VMware-56 4d 1a 2b 3c 4d 5e 6f-70 81 92 a3 b4 c5 d6 e7",
                "CN0ABC12-FCC00-123-4567",
                "A7C2",
                "AAAB",
                "00000002",
                "1000A001",
                "20000000",
                "12340",
                "1235",
                "4321",
                "9876543210",
                "0123456780",
                "Default string 7",
                "EVAL7431",
                "7431-2265-9081-4470-1838-5529-61",
                7431226,
            ),
            False,
        )


@tagged("post_install", "-at_install")
class TestMac(BaseCase):
    """Detection of MAC addresses that are shared by many machines or invalid."""

    def test_blacklisted_mac_addresses(self):
        table = (
            None,
            "",
            "00:00:00:00:00:00",
            "ff:ff:ff:ff:ff:ff",
            "50:50:54:50:30:30",
            "33:50:6F:45:30:30",
            "02:00:4E:43:50:49",
            "00:A0:C6:00:00:00",
            "02:80:37:EC:02:00",
            "44:45:53:54:61:6f",
            "20:41:53:59:4E:FF",
            "0A:00:27:00:00:00",
            "00:50:56:C0:00:01",
            "00:50:56:c0:00:08",
            "00-1B-21-AA-BB-01",
            "001B21AABB01",
            "00:1B:21:AA:BB",
            "00:1B:21:AA:BB:01:02",
            "00:1B:21:AA:BB:01_M",
            "00:1B:21:AA:BB:0G",
            "unknown",
        )
        for value in table:
            with self.subTest(value=value):
                self.assertTrue(is_blacklisted_mac(value))

    def test_valid_mac_addresses(self):
        table = (
            "00:1B:21:AA:BB:01",
            "00:1b:21:aa:bb:01",
            " 00:1B:21:AA:BB:01 ",
            "00:50:56:C0:01:01",
            "00:50:56:AB:CD:EF",
            "0A:00:27:00:00:01",
        )
        for value in table:
            with self.subTest(value=value):
                self.assertFalse(is_blacklisted_mac(value))


@tagged("post_install", "-at_install")
class TestBlacklists(LiveCase):
    """The addon blacklists every identifier that OCS blacklists by default."""

    def _defaults(self, table, column):
        original = server()["databases"][self.schema]
        rows = self.sql(f"SELECT {column} FROM {original}.{table}")
        values = [row[column] for row in rows]
        self.assertGreater(len(values), 10)
        return values

    def test_serials(self):
        for serial in self._defaults("blacklist_serials", "SERIAL"):
            with self.subTest(serial=serial):
                self.assertTrue(is_blacklisted_serial(serial))

    def test_mac_addresses(self):
        for mac in self._defaults("blacklist_macaddresses", "MACADDRESS"):
            with self.subTest(mac=mac):
                self.assertTrue(is_blacklisted_mac(mac))
