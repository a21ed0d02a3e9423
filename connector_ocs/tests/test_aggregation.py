# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib import aggregation
from .common import ocs_monitor


def rows(column, *values):
    """Return rows of a section with one column."""
    return [{column: value} for value in values]


@tagged("post_install", "-at_install")
class TestMemory(BaseCase):
    """Capacities of any schema are summarized as memory modules."""

    def test_capacity(self):
        table = (
            (8192, 8192),
            ("8192", 8192),
            ("  8192 ", 8192),
            ("8192\x00", 8192),
            ("8 GB", 8192),
            ("8GB", 8192),
            ("16 gb", 16384),
            ("512 MB", 512),
            ("1 TB", 1024 * 1024),
            (2147483646, 2147483646),
            (0, 0),
            ("0", 0),
            (None, 0),
            ("", 0),
            ("   ", 0),
            ("No", 0),
            ("unknown", 0),
            ("No Module Installed", 0),
            ("8,5 GB", 0),
            ("8 XB", 0),
            ("GB", 0),
            (-1, 0),
            ("-1", 0),
            (2147483647, 0),
            ("2147483647", 0),
            ("99999999999", 0),
            ("4096 TB", 0),
        )
        for value, expected in table:
            with self.subTest(value=value):
                self.assertEqual(aggregation.capacity_mb(value), expected)

    def test_capacity_is_an_int(self):
        for value in (8192, "8192", "8 GB", "No", None):
            with self.subTest(value=value):
                self.assertIs(type(aggregation.capacity_mb(value)), int)

    def test_summary(self):
        table = (
            ([8192, 8192, 4096], "2x8192MB + 1x4096MB"),
            ([4096, 8192, 8192], "2x8192MB + 1x4096MB"),
            ([4096, 4096, 4096, 16384], "1x16384MB + 3x4096MB"),
            ([512, 16384, 8192], "1x16384MB + 1x8192MB + 1x512MB"),
            (["1024", "512", "16384"], "1x16384MB + 1x1024MB + 1x512MB"),
            (["8192", "8 GB", 8192], "3x8192MB"),
            ([8192, 0, 0, 0], "1x8192MB"),
            (["8192", "No", "", None, "unknown"], "1x8192MB"),
            ([-1, 4096, 2147483647], "1x4096MB"),
            ([0, 0], ""),
            (["No"], ""),
            ([], ""),
        )
        for capacities, expected in table:
            with self.subTest(capacities=capacities):
                modules = rows("CAPACITY", *capacities)
                self.assertEqual(aggregation.memory_summary(modules), expected)

    def test_firmware_chips_are_no_modules(self):
        modules = [
            {"CAPTION": "XMM1", "CAPACITY": 1024, "TYPE": "DDR3"},
            {"CAPTION": "XMM2", "CAPACITY": 0, "TYPE": ""},
            {"CAPTION": "XMM3", "CAPACITY": 1024, "TYPE": "DDR3"},
            {"CAPTION": "SYSTEM ROM", "CAPACITY": 4096, "TYPE": "Flash"},
        ]
        self.assertEqual(aggregation.memory_summary(modules), "2x1024MB")

    def test_summary_does_not_change_the_rows(self):
        modules = rows("CAPACITY", "8 GB", "No")
        aggregation.memory_summary(modules)
        self.assertEqual(modules, rows("CAPACITY", "8 GB", "No"))


@tagged("post_install", "-at_install")
class TestGraphics(BaseCase):
    """Graphics adapters are joined in the order of OCS."""

    def test_summary(self):
        table = (
            (["Intel UHD 620", "NVIDIA T1000"], "Intel UHD 620, NVIDIA T1000"),
            (["NVIDIA T1000", "Intel UHD 620"], "NVIDIA T1000, Intel UHD 620"),
            (["NVIDIA T1000", "NVIDIA T1000"], "NVIDIA T1000, NVIDIA T1000"),
            (["", "Intel UHD 620", "  ", None, "\x00"], "Intel UHD 620"),
            ([" Intel UHD 620  "], "Intel UHD 620"),
            (["", " "], ""),
            ([], ""),
        )
        for names, expected in table:
            with self.subTest(names=names):
                videos = rows("NAME", *names)
                self.assertEqual(aggregation.graphics_summary(videos), expected)


@tagged("post_install", "-at_install")
class TestMonitors(BaseCase):
    """Monitors have a caption, description, serial number and manufacturer."""

    def test_columns(self):
        row = {
            "CAPTION": "  DELL P2419H ",
            "DESCRIPTION": "14/2019",
            "SERIAL": "CN0ABC\x00",
            "MANUFACTURER": "Dell Inc.",
        }
        self.assertEqual(
            aggregation.monitor_values([row]),
            [
                {
                    "caption": "DELL P2419H",
                    "description": "14/2019",
                    "manufacturer": "Dell Inc.",
                    "serial": "CN0ABC",
                    "name": "DELL P2419H",
                    "model": "P2419H",
                    "manufacture_week": 14,
                    "manufacture_year": 2019,
                }
            ],
        )

    def test_order_of_ocs_is_kept(self):
        monitors = [ocs_monitor(serial) for serial in ("SER9", "SER1", "SER5")]
        serials = [each["serial"] for each in aggregation.monitor_values(monitors)]
        self.assertEqual(serials, ["SER9", "SER1", "SER5"])

    def test_equal_monitors_are_not_merged(self):
        monitors = [ocs_monitor(), ocs_monitor()]
        self.assertEqual(len(aggregation.monitor_values(monitors)), 2)

    def test_blank_rows_are_skipped(self):
        columns = ("CAPTION", "DESCRIPTION", "SERIAL", "MANUFACTURER")
        blank = dict.fromkeys(columns, "")
        table = [
            (blank, 0),
            (dict.fromkeys(columns), 0),
            (dict.fromkeys(columns, "  "), 0),
            *((dict(blank, **{column: "something"}), 1) for column in columns),
        ]
        for row, expected in table:
            with self.subTest(row=row):
                self.assertEqual(len(aggregation.monitor_values([row])), expected)


@tagged("post_install", "-at_install")
class TestMacAddresses(BaseCase):
    """The valid MAC addresses of a computer, sorted and without duplicates."""

    def test_valid_addresses(self):
        one, two = "00:1B:21:AA:BB:01", "00:1B:21:AA:BB:02"
        table = (
            ([two, one], [one, two]),
            ([one, one, two, one], [one, two]),
            ([one.lower(), one], [one]),
            ([f" {one} "], [one]),
            ([one, "00:00:00:00:00:00", "FF:FF:FF:FF:FF:FF"], [one]),
            ([one, "ff:ff:ff:ff:ff:ff"], [one]),
            ([one, "", None, f"{two}_M", "001B21AABB0"], [one]),
            (["001b.21aa.bb02", "00-1b-21-aa-bb-01", "001B21AABB02"], [one, two]),
            (["02:00:00:00:00:00", one], [one, "02:00:00:00:00:00"]),
            ([""], []),
            ([], []),
        )
        for addresses, expected in table:
            with self.subTest(addresses=addresses):
                networks = rows("MACADDR", *addresses)
                self.assertEqual(aggregation.mac_addresses(networks), expected)
