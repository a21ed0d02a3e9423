# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import threading
import time
from contextlib import contextmanager
from unittest import mock

import pymysql

from odoo.tests import tagged

from ..lib import client
from ..lib.change_log import quote_account
from ..lib.client import OcsClient
from .change_log import ChangeLogCase

#: Seconds within which a statement of OCS is over, unless it waits for a lock.
SOON = 1


class BreakingCase(ChangeLogCase):
    """The OCS server goes on, whatever happens to the change log."""

    def setUp(self):
        super().setUp()
        self.install()
        self.ocs_server = self.connect()

    def insert_memory(self, external_id=7, connection=None):
        """A statement of OCS.

        :return: seconds it took
        """
        start = time.monotonic()
        with (connection or self.ocs_server).cursor() as cursor:
            cursor.execute(
                "INSERT INTO memories (HARDWARE_ID, CAPACITY) VALUES (%s, 8192)",
                external_id,
            )
        return time.monotonic() - start

    def memories(self):
        return self.sql("SELECT COUNT(*) AS found FROM memories")[0]["found"]

    def assert_goes_on(self, external_id=7):
        """OCS saves its row, and soon."""
        before = self.memories()
        self.assertLess(self.insert_memory(external_id), SOON)
        self.assertEqual(self.memories(), before + 1)

    def assert_fails(self, code):
        """The statement of OCS fails: what the check has to find."""
        with self.assertRaises(pymysql.MySQLError) as caught:
            self.insert_memory()
        self.assertEqual(caught.exception.args[0], code)


@tagged("post_install", "-at_install")
class TestBrokenTable(BreakingCase):
    """Errors in writing to the change table are swallowed."""

    def test_dropped(self):
        self.sql("DROP TABLE hardware_updates")
        self.assert_goes_on()

    def test_altered(self):
        for change in (
            "CHANGE table_name the_table VARCHAR(64)",
            "DROP COLUMN changed_at",
            "MODIFY operation_type ENUM('nothing') NOT NULL CHECK (FALSE)",
            "ADD UNIQUE (table_name)",
            "ADD CONSTRAINT no_row CHECK (hardware_id < 0)",
            "MODIFY id TINYINT AUTO_INCREMENT, AUTO_INCREMENT = 127",
        ):
            with self.subTest(change):
                self.sql(f"ALTER TABLE hardware_updates {change}")
                self.insert_memory()
                self.assert_goes_on()
                self._remove()
                self.install()

    def test_column_without_default_costs_no_change(self):
        """The trigger is not strict, whatever the server or who made it is."""
        mode = self.sql("SELECT @@sql_mode AS mode")[0]["mode"]
        self.addCleanup(self.sql, "SET SESSION sql_mode = %s", mode)
        self.sql("SET SESSION sql_mode = 'STRICT_ALL_TABLES'")
        self._remove()
        self.install()
        self.sql("ALTER TABLE hardware_updates ADD COLUMN other INT NOT NULL")
        self.assert_goes_on()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_full(self):
        self.sql("ALTER TABLE hardware_updates DROP old_data, DROP new_data")
        self.sql("SET SESSION max_heap_table_size = 16384")
        self.sql("ALTER TABLE hardware_updates ENGINE = MEMORY")
        with self.assertRaises(pymysql.MySQLError) as caught:
            while True:
                self.sql(
                    "INSERT INTO hardware_updates (table_name, operation_type)"
                    " SELECT 'bios', 'INSERT' FROM seq_1_to_50"
                )
        self.assertEqual(caught.exception.args[0], 1114)
        self.assert_goes_on()

    def test_view_in_its_place(self):
        self.sql("DROP TABLE hardware_updates")
        self.sql("CREATE VIEW hardware_updates AS SELECT 1 AS hardware_id")
        self.assert_goes_on()

    def test_updates_and_deletions(self):
        self.inventory(7)
        self.sql("DROP TABLE hardware_updates")
        for statement in (
            "UPDATE hardware SET NAME = 'PC-2'",
            "UPDATE accountinfo SET HARDWARE_ID = 8",
            "DELETE FROM hardware",
        ):
            with self.subTest(statement), self.ocs_server.cursor() as cursor:
                self.assertEqual(cursor.execute(statement), 1)


@tagged("post_install", "-at_install")
class TestLocks(BreakingCase):
    """Who locks rows of the change table makes OCS wait, but not twice."""

    def locker(self, statement):
        """A transaction that is not over."""
        locker = self.connect(autocommit=False)
        with locker.cursor() as cursor:
            cursor.execute(statement)
        return locker

    def test_lock_is_waited_for(self):
        locker = self.locker("SELECT * FROM hardware_updates FOR UPDATE")
        end = threading.Timer(0.3, locker.rollback)
        end.start()
        self.assertGreater(self.insert_memory(), 0.2)
        end.join()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_one_wait_for_an_inventory(self):
        locker = self.locker("SELECT * FROM hardware_updates FOR UPDATE")
        self.assert_fails(1205)
        for _row in range(14):
            self.assert_goes_on()
        locker.rollback()
        self.assertEqual(self.logged(), [])

    def test_pause_ends(self):
        with self.ocs_server.cursor() as cursor:
            cursor.execute("SET @odoo_change_log_pause = UNIX_TIMESTAMP() + 1")
        self.assert_goes_on()
        time.sleep(2.1)
        self.assert_goes_on()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_swallowed_error_makes_no_pause(self):
        self.sql("RENAME TABLE hardware_updates TO elsewhere")
        self.assert_goes_on()
        self.sql("RENAME TABLE elsewhere TO hardware_updates")
        self.assert_goes_on()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    @contextmanager
    def locked(self):
        """What is written to the log stays uncommitted until the end."""
        writable = OcsClient.writable

        def begin(session):
            session = writable(session)
            session.execute("SET SESSION autocommit = 0")
            return session

        with mock.patch.object(OcsClient, "writable", begin):
            yield
        client.pool.clear()

    def test_acknowledging_locks_nothing_of_ocs(self):
        for _row in range(20):
            self.insert_memory()
        with self.locked(), self.change_log() as log:
            ids = [change.id for change in log.pending()]
            self.assertEqual(log.acknowledge(ids), 20)
            self.assert_goes_on()
        self.assertEqual(len(self.logged()), 21)

    def test_purging_locks_nothing_of_ocs(self):
        for _row in range(20):
            self.insert_memory()
        self.sql("UPDATE hardware_updates SET processed = 1, processed_at = '2020-1-1'")
        with self.locked(), self.change_log() as log:
            self.assertEqual(log.purge(7), 20)
            self.assert_goes_on()

    def test_level_of_the_writing_session(self):
        with OcsClient(self.backend._connection_settings).writable() as session:
            levels = session.query("SELECT @@tx_isolation AS level")
        self.assertEqual(levels, [{"level": "READ-COMMITTED"}])


@tagged("post_install", "-at_install")
class TestDefiners(BreakingCase):
    """Rights of the account with which triggers run."""

    def setUp(self):
        super().setUp()
        self.definer = self.create_account(
            f"SELECT, INSERT, TRIGGER ON {self.database}.*"
        )
        self.install_again(self.definer)

    def install_again(self, definer):
        self._remove()
        self.install(definer)

    def revoke(self, right):
        account = quote_account(self.definer)
        self.sql(f"REVOKE {right} ON {self.database}.* FROM {account}")

    def test_enough(self):
        self.assert_goes_on()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_no_right_to_write(self):
        for right in ("INSERT", "SELECT"):
            with self.subTest(right):
                self.revoke(right)
                self.assert_goes_on()
                self.assertEqual(self.logged(), [])
                state, text = self.check()
                self.assertEqual(state, "broken")
                self.assertIn(
                    f"lacks the {right} privilege. Run on the OCS server", text
                )
                grant = text.partition("lacks the")[2]
                self.sql(grant.partition("server: ")[2].partition(";")[0])
                self.assertNotIn("lacks the", self.check()[1])

    def test_locked_account(self):
        self.sql(f"ALTER USER {quote_account(self.definer)} ACCOUNT LOCK")
        self.assert_goes_on()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_dropped(self):
        self.sql(f"DROP USER {quote_account(self.definer)}")
        self.assert_fails(1449)
        self.assert_red_and_mended("error 1449", self.definer)

    def test_lost_trigger_right(self):
        self.revoke("TRIGGER")
        self.assert_fails(1142)
        self.assert_red_and_mended("error 1142", self.definer, "GRANT TRIGGER ON")

    def test_right_by_a_role_does_not_count(self):
        role = f"role_{self.database}"
        self.sql(f"CREATE ROLE {role}")
        self.addCleanup(self.sql, f"DROP ROLE {role}")
        account = quote_account(self.definer)
        self.sql(f"GRANT ALL ON {self.database}.* TO {role}")
        self.sql(f"GRANT {role} TO {account}")
        self.sql(f"SET DEFAULT ROLE {role} FOR {account}")
        self.revoke("TRIGGER")
        self.assert_fails(1142)
        self.assertEqual(self.check()[0], "broken")

    def test_account_of_any_host(self):
        self.definer = self.create_account(
            f"SELECT, INSERT, TRIGGER ON {self.database}.*", host="127.0.%"
        )
        self.install_again(self.definer.replace("127.0.%", "127.0.0.9"))
        self.assert_goes_on()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])
        state, text = self.check()
        self.assertEqual(state, "danger", text)

    def test_right_on_single_tables(self):
        self.revoke("TRIGGER")
        account = quote_account(self.definer)
        for table, _columns, _key in self.sections:
            self.sql(f"GRANT TRIGGER ON {self.database}.{table} TO {account}")
        self.assert_goes_on()
        self.assertEqual(self.check()[0], "danger")

    def assert_red_and_mended(self, *parts):
        """The check says so, first; repair with the OCS server's account helps."""
        state, text = self.check()
        self.assertEqual(state, "broken")
        for part in parts:
            self.assertIn(part, text.splitlines()[0])
        self.backend.write({"user": "root", "password": self.root_password})
        with self.installer() as installer:
            self.assertEqual(
                installer.run("repair", self.ocs_account), self.ocs_account
            )
        self.use(self.reader)
        self.assert_goes_on()
        self.assertEqual(self.check()[0], "healthy")
