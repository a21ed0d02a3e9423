# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import date

from odoo.tests import BaseCase, tagged

from ..lib import account

OPTIONS = {"1": "Sales", "2": "IT", "3": "R&D"}

#: Why the target of a value cannot hold it.
REASONS = ("date", "date_order", "number", "boolean", "choice", "target")


@tagged("post_install", "-at_install")
class TestAccountValues(BaseCase):
    """Conversion of the columns of accountinfo, by tables."""

    def assert_table(self, function, rows):
        """Assert each row of arguments and result, or the reason it is unusable."""
        for *arguments, expected in rows:
            with self.subTest(arguments=arguments):
                if expected in REASONS:
                    with self.assertRaises(account.Unusable) as caught:
                        function(*arguments)
                    self.assertEqual(caught.exception.args[0], expected)
                else:
                    self.assertEqual(function(*arguments), expected)

    def test_column_names(self):
        self.assert_table(
            account.is_column,
            [
                ("TAG", True),
                ("fields_3", True),
                ("Order", False),
                ("", False),
                (None, False),
                ("TAG, PASSWORD", False),
                ("3", False),
                ("fields_é", False),
                ("TAG\n", False),
            ],
        )

    def test_kind(self):
        for number, sql_type, expected in (
            (0, "varchar(255)", "text"),
            (14, "date", "date"),
            (99, "int(11)", "number"),
            (99, "INT", "number"),
            (99, "bigint(20) unsigned", "number"),
            (99, "decimal(10,2)", "number"),
            (99, "double", "number"),
            (99, "varchar(255)", "other"),
            (99, "blob", "other"),
            (99, "point", "other"),
            (None, "longtext", "other"),
        ):
            with self.subTest(sql_type=sql_type):
                self.assertEqual(account.kind(number, sql_type), expected)

    def test_option_field(self):
        self.assert_table(
            account.option_field,
            [
                ("ACCOUNT_VALUE_STATE_2", "state"),
                ("ACCOUNT_VALUE_OLD_STATE_12", "old_state"),
                ("ACCOUNT_SNMP_VALUE_STATE_2", ""),
                ("ACCOUNT_VALUE_STATE", ""),
                ("GUI_VERSION", ""),
                (None, ""),
            ],
        )

    def test_values_by_kind(self):
        content = account.Content
        self.assert_table(
            account.read,
            [
                ("text", "A-1", {}, content("A-1")),
                ("text", "", {}, content("")),
                ("textarea", "one\r\ntwo", {}, content("one\ntwo")),
                ("select", "2", OPTIONS, content("IT")),
                ("select", "9", OPTIONS, content("9", ("9",))),
                ("select", "IT", OPTIONS, content("IT")),
                ("select", "", OPTIONS, content("")),
                ("radio", "1", OPTIONS, content("Sales")),
                ("checkbox", "1&&&3&&&", OPTIONS, content(("Sales", "R&D"))),
                ("checkbox", "IT&&&9", OPTIONS, content(("IT", "9"), ("9",))),
                ("checkbox", "&&&", OPTIONS, content(())),
                ("checkbox", "", OPTIONS, content(())),
                ("date", "2026-01-31", {}, content(date(2026, 1, 31))),
                ("date", "soon", {}, "date"),
                ("other", "x", {}, content("x")),
                ("number", 12, {}, content("12")),
                ("number", 0, {}, content("0")),
                ("number", "-2.50", {}, content("-2.50")),
                ("number", "", {}, content("")),
                ("other", 12, {}, content("12")),
                ("select", 2, OPTIONS, content("IT")),
            ],
        )

    def test_date(self):
        self.assert_table(
            account.parse_date,
            [
                ("2026-01-31", "", date(2026, 1, 31)),
                ("2026-01-31 10:00:00", "", date(2026, 1, 31)),
                ("2026/01/31", "", date(2026, 1, 31)),
                ("31/01/2026", "", date(2026, 1, 31)),
                ("01/31/2026", "", date(2026, 1, 31)),
                ("02/02/2026", "", date(2026, 2, 2)),
                ("01/02/2026", "", "date_order"),
                ("01/02/2026", "dmy", date(2026, 2, 1)),
                ("01/02/2026", "mdy", date(2026, 1, 2)),
                ("01/31/2026", "dmy", "date"),
                ("", "", None),
                ("0000-00-00", "", None),
                ("0000-00-00 00:00:00", "", None),
                ("1970-01-01", "", None),
                ("01/01/1970", "", None),
                ("1969-12-31", "", None),
                ("1970-01-02", "", date(1970, 1, 2)),
                ("2026-02-30", "", "date"),
                ("next week", "", "date"),
            ],
        )

    def test_number(self):
        self.assert_table(
            account.as_number,
            [
                ("", 0.0),
                (None, 0.0),
                ("12", 12.0),
                ("-1.5", -1.5),
                ("12,50", 12.5),
                ("1 234,50", 1234.5),
                ("1\u202f234", 1234.0),
                ("1,234", "number"),
                ("1.234,50", "number"),
                ("12 EUR", "number"),
                ("nan", "number"),
                ("1e400", "number"),
                (("1",), 1.0),
            ],
        )
        self.assert_table(
            account.as_integer,
            [("7", 7), ("7.0", 7), ("7.5", "number"), ("99999999999", "number")],
        )

    def test_boolean(self):
        self.assert_table(
            account.as_boolean,
            [
                ("", False),
                ("Yes", True),
                ("1", True),
                ("off", False),
                ("perhaps", "boolean"),
                ((), False),
                (("Any box",), True),
            ],
        )

    def test_text_and_html(self):
        self.assert_table(
            account.as_text,
            [
                (None, ""),
                ("a", "a"),
                (("a", "b"), "a, b"),
                (date(2026, 1, 31), "2026-01-31"),
            ],
        )
        self.assert_table(
            account.as_html,
            [
                ("", ""),
                ("R&D\n<b>bold</b>", "<p>R&amp;D<br>&lt;b&gt;bold&lt;/b&gt;</p>"),
            ],
        )

    def test_choices(self):
        choices = [("a", "One"), ("b", "Two"), ("b", "Deux"), ("c", "Two")]
        self.assert_table(
            account.choose,
            [
                ("one", choices, "a"),
                ("Deux", choices, "b"),
                ("Two", choices, "choice"),
                ("Three", choices, "choice"),
                ("", choices, False),
                (None, choices, False),
            ],
        )
