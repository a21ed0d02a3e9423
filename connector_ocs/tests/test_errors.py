# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import pymysql

from odoo.tests import BaseCase, tagged

from ..lib import errors


@tagged("post_install", "-at_install")
class TestErrors(BaseCase):
    """Classification of MySQL errors."""

    def test_transient(self):
        for code in (1020, 1040, 1203, 1205, 1213, 1927, 2002, 2003, 2006, 2013):
            with self.subTest(code=code):
                self.assertTrue(errors.is_transient(code))

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
