# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re
from unittest import mock

from odoo.sql_db import db_connect
from odoo.tests import tagged

from ..lib import change_log_owner as owners
from ..lib import change_log_setup as setup
from .change_log import ChangeLogCase

OWNER = owners.OWNER_TABLE


@tagged("post_install", "-at_install")
class TestIdentity(ChangeLogCase):
    """What distinguishes a database and a backend from others."""

    def test_same(self):
        self.assertEqual(self.key(), self.key())
        self.assertRegex(self.key(), r"^[0-9a-f]{64}$")

    def key(self):
        return self.backend._change_log_owner().key

    def test_each_part_counts(self):
        parts = self.backend._database_identity()
        self.assertGreaterEqual(len(parts), 6)
        self.assertTrue(all(parts))
        keys = {self.key(), self.backend.copy()._change_log_owner().key}
        for position in range(len(parts)):
            other = [*parts]
            other[position] += "1"
            with mock.patch.object(
                type(self.backend), "_database_identity", return_value=other
            ):
                keys.add(self.key())
        self.assertEqual(len(keys), len(parts) + 2)

    def test_other_database_of_the_same_server(self):
        """A copy by createdb or pg_dump keeps the UUID, but not the OID."""
        mine = self.backend._database_identity()
        with db_connect("postgres").cursor() as cr:

            def elsewhere(backend, sql):
                cr.execute(sql)
                return cr.fetchone()

            with mock.patch.object(type(self.backend), "_query_database", elsewhere):
                theirs = self.backend._database_identity()
        self.assertEqual(mine[0], theirs[0])
        self.assertNotEqual(mine[1], theirs[1])
        self.assertNotEqual(mine[2], theirs[2])

    def test_role_without_privileges(self):
        """Odoo's role need not be a superuser."""
        role = f"role_{self.database}"
        self.env.cr.execute(f"CREATE ROLE {role}")
        self.env.cr.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        self.env.flush_all()
        self.env.cr.execute(f"SET LOCAL ROLE {role}")
        try:
            parts = self.backend._database_identity()
            self.backend._database_started()
        finally:
            self.env.cr.execute("RESET ROLE")
        self.assertEqual(len(parts), 6)
        self.assertTrue(all(parts), parts)

    def test_unreadable_cluster(self):
        query = type(self.backend)._query_database

        def refuse(backend, sql):
            return (False,) if "has_function_privilege" in sql else query(backend, sql)

        with mock.patch.object(type(self.backend), "_query_database", refuse):
            self.assertEqual(len(self.backend._database_identity()), 4)


@tagged("post_install", "-at_install")
class TestOwnerSql(ChangeLogCase):
    """The owner in the generated SQL."""

    def test_owner_before_all_changes(self):
        owner = owners.Owner("0" * 64, "Odoo")
        found = setup.ChangeLogState()
        for statements in (
            setup.repair(self.sections, "", found, owner),
            setup.remove(self.sections, found, owner=owner),
        ):
            claim = statements.index(owners.claim(owner))
            self.assertEqual(statements[claim - 1], owners.CREATE)
            before = [
                sql for sql in statements[: claim - 1] if "SET SESSION" not in sql
            ]
            self.assertFalse(before)

    def test_names(self):
        """Whatever the names contain, they are only text."""
        self.install()
        for name in (
            "O'Brien",
            "a\\",
            "'; DROP TABLE hardware; --",
            "x\n$$\\! ls",
            "é😀",
        ):
            with self.subTest(name):
                for statement in (owners.move, owners.claim):
                    self.sql(f"DELETE FROM {OWNER}")
                    self.sql(statement(owners.Owner("0" * 64, name * 100)))
                    (row,) = self.sql(f"SELECT name FROM {OWNER}")
                    self.assertEqual(row["name"][:2], re.sub(r"[\\\n]", " ", name)[:2])
        self.assertTrue(self.sql("SHOW TABLES LIKE 'hardware'"))
