# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""SQL with random values and names, on the live server."""

import pymysql
from hypothesis import example, given
from hypothesis import strategies as st

from odoo.tests import tagged

from ..lib import fingerprints
from ..lib.quoting import quote_account, quote_name, split_account
from ..lib.values import clean_text
from .fuzzing import fuzz_sql, texts
from .live import LiveCase

#: Names with everything that ends a name, a statement or a comment.
NAMES = st.text("ab`'\"$;\\-\n\r #/*!@%.éß \u2028", min_size=1, max_size=12)


class FuzzSqlCase(LiveCase):
    """Test case with a table that another statement than the intended one may drop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sql("CREATE TABLE canary (id INT)")
        cls.sql("CREATE TABLE fuzz (a TEXT, b TEXT) CHARACTER SET utf8mb4")

    def assert_intact(self):
        """Assert that no other statement than the intended one was run."""
        self.assertTrue(self.sql("SHOW TABLES LIKE 'canary'"))


@tagged("post_install", "-at_install")
class TestFuzzSql(FuzzSqlCase):
    """Digests and quoting."""

    @fuzz_sql
    @given(*[st.one_of(st.none(), texts.map(clean_text))] * 2)
    @example("a,b", "")
    @example(None, "-")
    @example("a ", "A")
    def test_digests_are_those_of_odoo(self, a, b):
        self.sql("DELETE FROM fuzz")
        self.insert("fuzz", a=a, b=b)
        digest = fingerprints.digest_sql(fingerprints.row_text_sql(("a", "b")))
        (row,) = self.sql(f"SELECT {digest} AS digest FROM fuzz")
        self.assertEqual(row["digest"], fingerprints.row_digest((a, b)))

    @fuzz_sql
    @given(NAMES)
    @example("`; DROP TABLE canary; -- ")
    def test_names_are_quoted(self, name):
        quoted = quote_name(name)
        try:
            self.sql(f"CREATE TABLE {quoted} (id INT)")
        except pymysql.MySQLError:  # no valid name
            return self.assert_intact()
        names = {next(iter(row.values())) for row in self.sql("SHOW TABLES")}
        self.sql(f"DROP TABLE {quoted}")
        self.assertIn(name, names)
        self.assert_intact()

    @fuzz_sql
    @given(NAMES, NAMES)
    @example("x`@`%", "localhost`; DROP TABLE canary")
    def test_accounts_are_quoted(self, user, host):
        account = f"{user}@{host}"
        quoted = quote_account(account)
        try:
            self.sql(f"CREATE USER {quoted}")
        except pymysql.MySQLError:
            return self.assert_intact()
        user, host = split_account(account)
        found = self.sql("SELECT User AS user, Host AS host FROM mysql.user")
        self.sql(f"DROP USER {quoted}")
        pairs = {(row["user"], row["host"].lower()) for row in found}
        host = host.lower().rstrip(" ") or "%"  # as the server stores it
        self.assertIn((user.rstrip(" "), host), pairs)
        self.assert_intact()
