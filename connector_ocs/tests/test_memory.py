# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.memory import capacity_mb, memory_summary


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
                self.assertEqual(capacity_mb(value), expected)

    def test_capacity_is_an_int(self):
        for value in (8192, "8192", "8 GB", "No", None):
            with self.subTest(value=value):
                self.assertIs(type(capacity_mb(value)), int)

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
                self.assertEqual(memory_summary(modules), expected)

    def test_firmware_chips_are_no_modules(self):
        modules = [
            {"CAPTION": "XMM1", "CAPACITY": 1024, "TYPE": "DDR3"},
            {"CAPTION": "XMM2", "CAPACITY": 0, "TYPE": ""},
            {"CAPTION": "XMM3", "CAPACITY": 1024, "TYPE": "DDR3"},
            {"CAPTION": "SYSTEM ROM", "CAPACITY": 4096, "TYPE": "Flash"},
        ]
        self.assertEqual(memory_summary(modules), "2x1024MB")

    def test_summary_does_not_change_the_rows(self):
        modules = rows("CAPACITY", "8 GB", "No")
        memory_summary(modules)
        self.assertEqual(modules, rows("CAPACITY", "8 GB", "No"))
