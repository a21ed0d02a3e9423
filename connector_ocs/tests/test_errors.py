# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import pymysql

from odoo.tests import BaseCase, tagged

from ..lib import errors


@tagged("post_install", "-at_install")
class TestErrors(BaseCase):
    """Classification of MySQL errors."""

    def test_transient(self):
        """Whatever may pass by itself is tried again, by kind."""
        table = {
            errors.UNREACHABLE: (
                *(0, 1040, 1042, 1047, 1053, 1129, 1135, 1152, *range(1154, 1162)),
                *(1184, 1203, 1226, 1927, 2002, 2003, 2006, 2013, 2014, 2027, 2055),
                *(3032, 3168, 3169, 4031, 9001),
            ),
            errors.LOCKED: (1205, 1206, 1213, 1223, 1614, 1689, 3058, 3572),
            errors.CHANGED: (1020, 1412, 1615, 3101),
            errors.INTERRUPTED: (1317, 1969, 3024),
            errors.EXHAUSTED: (3, 1015, 1021, 1026, 1037, 1041, 1114, 1637, 1878),
        }
        for kind, codes in table.items():
            for code in codes:
                with self.subTest(code=code):
                    self.assertIn(code, kind)
                    self.assertTrue(errors.is_transient(code))
                    self.assertEqual(errors.message_key(code), "unknown")

    def test_a_replica_stays_one(self):
        for code in (1036, 1290, 1792, 1836, 1874):
            with self.subTest(code=code):
                self.assertFalse(errors.is_transient(code))

    def test_plain_text(self):
        for text, expected in (
            ("(1045, 'Access denied')", "1045: Access denied"),
            ("('The reason.',)", "The reason."),
            ("'NAME'", "NAME"),
            ("1045", "1045"),
            ("The reason (1045).", "The reason (1045)."),
            ("(not Python)", "(not Python)"),
            ("", ""),
        ):
            with self.subTest(text):
                self.assertEqual(errors.plain(text), expected)

    def test_number(self):
        for error, expected in (
            (pymysql.OperationalError(2013, "Lost connection"), 2013),
            (pymysql.InternalError("Packet sequence number wrong"), 0),
            (pymysql.InterfaceError(), 0),
            (TimeoutError("timed out"), 0),
        ):
            with self.subTest(error=error):
                self.assertEqual(errors.code(error), expected)

    def test_errors_with_a_message(self):
        table = (
            (1044, "database_denied"),
            (1045, "login_denied"),
            (1698, "login_denied"),
            (1049, "no_database"),
            (1130, "host_denied"),
            (1142, "table_denied"),
            (1143, "table_denied"),
            (1146, "no_table"),
            (1054, "no_column"),
            (1305, "no_function"),
            (1370, "no_function"),
            (3159, "tls_required"),
            (2026, "no_tls"),
            (1064, "unknown"),
            (9999, "unknown"),
        )
        for code, expected in table:
            with self.subTest(code=code):
                self.assertEqual(errors.message_key(code), expected)
                self.assertFalse(errors.is_transient(code))

    def test_describe(self):
        table = (
            (pymysql.OperationalError(1045, "Access denied"), "1045: Access denied"),
            (OSError("Connection refused"), "Connection refused"),
            (TimeoutError(), "TimeoutError"),
        )
        for error, expected in table:
            with self.subTest(error=error):
                self.assertEqual(errors.describe(error), expected)

    def test_transient_errors_have_no_message(self):
        self.assertFalse(errors.TRANSIENT & set(errors.MESSAGE_KEYS))
