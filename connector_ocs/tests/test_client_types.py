# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import date, datetime, timedelta
from decimal import Decimal

from odoo.tests import tagged

from .test_client import ClientCase


@tagged("post_install", "-at_install")
class TestTypes(ClientCase):
    """Values have the types of Python."""

    def test_types(self):
        table = (
            ("NULL", None),
            ("'é漢😀'", "é漢😀"),
            ("CAST('binary' AS BINARY)", "binary"),
            ("1", 1),
            ("18446744073709551615", 2**64 - 1),
            ("1.50", Decimal("1.50")),
            ("SUM(1)", Decimal(1)),
            ("1.5e0", 1.5),
            ("CAST('2026-01-31' AS DATE)", date(2026, 1, 31)),
            (
                "CAST('2026-01-31 10:20:30' AS DATETIME)",
                datetime(2026, 1, 31, 10, 20, 30),
            ),
            ("CAST('10:20:30' AS TIME)", timedelta(hours=10, minutes=20, seconds=30)),
        )
        with self.client() as session:
            for expression, expected in table:
                with self.subTest(expression):
                    (row,) = session.query(f"SELECT {expression} AS found")
                    self.assertEqual(row["found"], expected)
                    self.assertIs(type(row["found"]), type(expected))
