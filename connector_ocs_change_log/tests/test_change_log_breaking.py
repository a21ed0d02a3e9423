# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import threading
import time
from contextlib import contextmanager
from unittest import mock

import pymysql

from odoo.tests import tagged

from odoo.addons.connector_ocs.lib import client
from odoo.addons.connector_ocs.lib.client import OcsClient

from ..lib.session import WritableSession, WritableSettings
from .change_log import ChangeLogCase

#: Seconds within which a statement of OCS finishes, unless it waits for a lock.
SOON = 1


class BreakingCase(ChangeLogCase):
    """Test case: the OCS server works whatever happens to the change log."""

    def setUp(self):
        super().setUp()
        self.install()
        self.ocs_server = self.connect()

    def insert_memory(self, external_id=7, connection=None):
        """Run a statement of OCS and return the seconds it took."""
        start = time.monotonic()
        with (connection or self.ocs_server).cursor() as cursor:
            cursor.execute(
                "INSERT INTO memories (HARDWARE_ID, CAPACITY) VALUES (%s, 8192)",
                external_id,
            )
        return time.monotonic() - start

    def memories(self):
        return self.sql("SELECT COUNT(*) AS found FROM memories")[0]["found"]

    def assert_ocs_works(self, external_id=7):
        """Assert that OCS saves a row without delay."""
        before = self.memories()
        self.assertLess(self.insert_memory(external_id), SOON)
        self.assertEqual(self.memories(), before + 1)

    def assert_ocs_fails(self, code):
        """Assert that a statement of OCS fails, which the check has to detect."""
        with self.assertRaises(pymysql.MySQLError) as caught:
            self.insert_memory()
        self.assertEqual(caught.exception.args[0], code)


@tagged("post_install", "-at_install")
class TestBrokenTable(BreakingCase):
    """Triggers ignore errors of the change table."""

    def test_dropped_table(self):
        self.sql("DROP TABLE hardware_updates")
        self.assert_ocs_works()

    def test_altered_table(self):
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
                self.assert_ocs_works()
                self._drop_change_log()
                self.install()

    def test_column_without_default_loses_no_change(self):
        """Triggers are not strict, whatever the SQL mode of the server is."""
        mode = self.sql("SELECT @@sql_mode AS mode")[0]["mode"]
        self.addCleanup(self.sql, "SET SESSION sql_mode = %s", mode)
        self.sql("SET SESSION sql_mode = 'STRICT_ALL_TABLES'")
        self._drop_change_log()
        self.install()
        self.sql("ALTER TABLE hardware_updates ADD COLUMN other INT NOT NULL")
        self.assert_ocs_works()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_full_table(self):
        self.sql("ALTER TABLE hardware_updates DROP old_data, DROP new_data")
        self.sql("SET SESSION max_heap_table_size = 16384")
        self.sql("ALTER TABLE hardware_updates ENGINE = MEMORY")
        rows = ", ".join(["('bios', 'INSERT')"] * 50)
        with self.assertRaises(pymysql.MySQLError) as caught:
            while True:
                self.sql(
                    "INSERT INTO hardware_updates (table_name, operation_type)"
                    f" VALUES {rows}"
                )
        self.assertEqual(caught.exception.args[0], 1114)
        if self.is_mariadb():  # MySQL's MEMORY ends the statement; the check warns
            self.assert_ocs_works()

    def test_view_in_its_place(self):
        self.sql("DROP TABLE hardware_updates")
        self.sql("CREATE VIEW hardware_updates AS SELECT 1 AS hardware_id")
        self.assert_ocs_works()

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
    """Locked rows of the change table make OCS wait, but only once."""

    def locker(self, statement):
        """Run a statement in a transaction that stays open.

        :return: connection
        """
        locker = self.connect(autocommit=False)
        with locker.cursor() as cursor:
            cursor.execute(statement)
        return locker

    def test_ocs_waits_for_a_lock(self):
        locker = self.locker("SELECT * FROM hardware_updates FOR UPDATE")
        end = threading.Timer(0.3, locker.rollback)
        end.start()
        self.assertGreater(self.insert_memory(), 0.2)
        end.join()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_inventory_waits_only_once(self):
        locker = self.locker("SELECT * FROM hardware_updates FOR UPDATE")
        self.assert_ocs_fails(1205)
        for _row in range(14):
            self.assert_ocs_works()
        locker.rollback()
        self.assertEqual(self.logged(), [])

    def test_pause_ends(self):
        with self.ocs_server.cursor() as cursor:
            cursor.execute("SET @odoo_change_log_pause = UNIX_TIMESTAMP() + 1")
        self.assert_ocs_works()
        time.sleep(2.1)
        self.assert_ocs_works()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_ignored_error_makes_no_pause(self):
        self.sql("RENAME TABLE hardware_updates TO elsewhere")
        self.assert_ocs_works()
        self.sql("RENAME TABLE elsewhere TO hardware_updates")
        self.assert_ocs_works()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    @contextmanager
    def uncommitted(self):
        """Keep what is written to the log uncommitted until the end of the block."""
        setup = (*WritableSettings.session_setup.fget(None), "SET autocommit = 0")
        with mock.patch.object(WritableSettings, "session_setup", setup):
            yield
        client.pool.clear()

    def test_acknowledging_does_not_block_ocs(self):
        for _row in range(20):
            self.insert_memory()
        with self.uncommitted(), self.change_log() as log:
            ids = [change.id for change in log.pending()]
            self.assertEqual(log.acknowledge(ids), 20)
            self.assert_ocs_works()
        self.assertEqual(len(self.logged()), 21)

    def test_purging_does_not_block_ocs(self):
        for _row in range(20):
            self.insert_memory()
        self.sql("UPDATE hardware_updates SET processed = 1, processed_at = '2020-1-1'")
        with self.uncommitted(), self.change_log() as log:
            self.assertEqual(log.purge(7), 20)
            self.assert_ocs_works()

    def test_isolation_level_of_the_writable_session(self):
        with WritableSession(OcsClient(self.backend._connection_settings)) as session:
            # MariaDB and MySQL have different names for it
            levels = session.query(
                "SHOW VARIABLES WHERE Variable_name LIKE 'tx_isolation'"
                " OR Variable_name LIKE 'transaction_isolation'"
            )
        self.assertEqual({each["Value"] for each in levels}, {"READ-COMMITTED"})
