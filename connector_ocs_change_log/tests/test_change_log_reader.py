# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import pymysql

from odoo.tests import tagged

from odoo.addons.connector_ocs.lib.quoting import quote_account

from ..lib import change_log_procedure as procedure
from .test_change_log_check import CheckCase


@tagged("post_install", "-at_install")
class TestReader(CheckCase):
    """What the account of a backend sees, which lacks the TRIGGER privilege."""

    def test_reader_has_few_privileges(self):
        """It can neither read the tables of accounts nor create or see triggers."""
        with self.connect(self.reader).cursor() as cursor:
            for statement, codes in (
                ("SELECT * FROM mysql.user", {1142}),
                ("SELECT Host FROM mysql.db", {1142}),
                ("CREATE TRIGGER t AFTER INSERT ON bios FOR EACH ROW DO 0", {1142}),
                (f"DROP PROCEDURE {procedure.PROCEDURE}", {1370}),
            ):
                with self.subTest(statement):
                    with self.assertRaises(pymysql.MySQLError) as caught:
                        cursor.execute(statement)
                    self.assertIn(caught.exception.args[0], codes)
            cursor.execute("SHOW TRIGGERS")
            self.assertFalse(cursor.fetchall())
        self.assert_found("healthy")

    def test_new_reader(self):
        """It does not even see whether there is a change log."""
        self.use_account(self.create_reader())
        self.assert_found("absent", "is not allowed to see it", "Install")

    def test_removal(self):
        """As long as there is a table, it is known that no trigger writes to it."""
        for drop_table, sentence in (
            (False, "No trigger writes to the table hardware_updates"),
            (True, "OCS has no change log"),
        ):
            with self.subTest(drop_table=drop_table), self.installer() as installer:
                statements = installer.statements("remove", drop_table=drop_table)
                for statement in statements:
                    self.sql(statement)
                self.assert_found("absent", sentence)
        self.assertFalse(self.sql("SHOW PROCEDURE STATUS WHERE Db = DATABASE()"))

    def test_account_of_ocs_without_procedure(self):
        """Who sees the triggers does not need it."""
        self.sql(procedure.DROP)
        self.assert_found("danger", "is not allowed to see the triggers")
        self.use_account(self.ocs_account)
        self.assert_found("healthy")

    def test_outdated_procedure(self):
        for body in (
            "SELECT 1",
            "BEGIN SELECT 1 AS a; SELECT 2 AS b; END",
            "BEGIN SELECT 1 AS created LIMIT 0;"
            " SELECT '*' AS `table`, NULL AS privilege; SELECT 'a@b' AS definer; END",
            "DO 0",
        ):
            with self.subTest(body):
                self.sql(procedure.DROP)
                self.sql(f"CREATE PROCEDURE {procedure.PROCEDURE}() {body}")
                self.sql(procedure.grant(self.database, self.reader))
                self.assert_found("danger", "is outdated", "Repair")

    def test_definer_that_may_not_execute(self):
        """An administrator created the procedure for a definer with few privileges."""
        definer = self.create_account(f"SELECT, INSERT, TRIGGER ON {self.database}.*")
        self.backend.change_log_account = definer
        self.install(definer)
        self.assert_found("danger", "is not allowed to see the triggers")
        text = self.check()[1]
        self.assertIn(quote_account(definer), text)
        for grant in text.partition("server: ")[2].split("; "):
            self.sql(grant)
        self.assert_found("healthy")

    def test_hidden_triggers(self):
        """A definer sees only the triggers of tables on which it may create one."""
        definer = self.create_account(f"SELECT, INSERT, EXECUTE ON {self.database}.*")
        tables = [table for table, _columns, _key in self.sections]
        for table in tables:
            self.sql(f"GRANT TRIGGER ON {table} TO {quote_account(definer)}")
        self.backend.change_log_account = definer
        self.install(definer)
        self.assert_found("healthy")
        self.sql(f"REVOKE TRIGGER ON {tables[-1]} FROM {quote_account(definer)}")
        self.assert_found("broken", "error 1142", tables[-1])
