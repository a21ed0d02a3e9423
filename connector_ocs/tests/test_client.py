# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import time
from dataclasses import replace
from unittest import mock

import pymysql
from pymysql.constants import SERVER_STATUS

from odoo.tests import tagged

from ..lib import client
from ..lib.client import ConnectionPool, OcsClient
from ..lib.errors import is_transient
from .live import LiveCase

#: Seconds after which a test fails because something has not happened.
TIMEOUT = 30


class ClientCase(LiveCase):
    """Test case with a pool of its own."""

    def setUp(self):
        super().setUp()
        self.pool = ConnectionPool()
        self.addCleanup(self.pool.clear)
        self.settings = self.backend._connection_settings()

    def client(self, **changes):
        """Return a session, with ``changes`` to its settings."""
        settings = replace(self.settings, **changes)
        return OcsClient(lambda: settings, self.pool)

    def connection_id(self, session):
        """Return the server's ID of the session's connection."""
        return session.query("SELECT CONNECTION_ID() AS id")[0]["id"]

    def used_connection(self):
        """Return the server's ID of the connection of a session that has ended."""
        with self.client() as session:
            return self.connection_id(session)

    def alive(self, ids):
        """Return those of the connections that are still open on the server."""
        found = self.sql("SELECT ID FROM information_schema.PROCESSLIST")
        return set(ids) & {row["ID"] for row in found}

    def assert_open(self, ids, count):
        """Assert that ``count`` of the connections are open, after a short wait."""
        deadline = time.monotonic() + TIMEOUT
        while len(self.alive(ids)) > count and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(len(self.alive(ids)), count)

    def kill(self, connection_id):
        """Kill a connection, as an administrator or a firewall does."""
        self.sql(f"KILL {connection_id:d}")
        self.assert_open([connection_id], 0)

    def names(self):
        """Return the names in hardware."""
        return [row["NAME"] for row in self.sql("SELECT NAME FROM hardware")]


@tagged("post_install", "-at_install")
class TestReadOnly(ClientCase):
    """A session cannot write, whatever the privileges of the user."""

    statements = (
        "INSERT INTO hardware (ID, DEVICEID) VALUES (2, 'PC-2')",
        "UPDATE hardware SET NAME = 'written'",
        "DELETE FROM hardware",
        "REPLACE INTO bios (HARDWARE_ID, SSN) VALUES (1, 'written')",
        "CREATE TABLE written (ID INT)",
        "DROP TABLE hardware",
        "TRUNCATE TABLE videos",
    )

    def setUp(self):
        super().setUp()
        self.insert_computer(1, "PC-1")

    def _assert_refused(self, session, statement):
        with self.assertRaises(pymysql.MySQLError) as caught:
            session.query(statement)
        self.assertEqual(caught.exception.args[0], 1792)

    def test_writing_statements_are_refused(self):
        for statement in self.statements:
            with self.subTest(statement=statement), self.client() as session:
                self._assert_refused(session, statement)
        self.assertEqual(self.names(), ["PC-1"])

    def test_writing_statements_in_a_snapshot_are_refused(self):
        for statement in self.statements[:4]:
            with self.subTest(statement=statement), self.client() as session:
                with self.assertRaises(pymysql.MySQLError), session.snapshot():
                    self._assert_refused(session, statement)
                    session.query("SELECT 1 FROM no_such_table")
        self.assertEqual(self.names(), ["PC-1"])

    def test_reused_connection(self):
        first = self.used_connection()
        with self.client() as session:
            self.assertEqual(self.connection_id(session), first)
            self._assert_refused(session, self.statements[1])
        self.assertEqual(self.names(), ["PC-1"])


@tagged("post_install", "-at_install")
class TestSnapshot(ClientCase):
    """A snapshot shows OCS at one point in time."""

    def _counts(self, session):
        return [
            session.query(f"SELECT COUNT(*) AS found FROM {table}")[0]["found"]
            for table in ("hardware", "videos")
        ]

    def assert_no_transaction(self, session):
        session.query("DO 1")  # the server tells its state after it
        status = session._connection.server_status
        self.assertFalse(status & SERVER_STATUS.SERVER_STATUS_IN_TRANS)

    def _inventory(self, external_id):
        self.insert_computer(external_id)
        self.insert("videos", HARDWARE_ID=external_id, NAME="Intel UHD 620")

    def test_later_changes_are_not_visible(self):
        self._inventory(1)
        with self.client() as session:
            with session.snapshot():
                self._inventory(2)  # committed before anything was read
                self.assertEqual(self._counts(session), [1, 1])
                self._inventory(3)
                self.assertEqual(self._counts(session), [1, 1])
            self.assertEqual(self._counts(session), [3, 3])

    def test_next_snapshot_is_new(self):
        with self.client() as session:
            with session.snapshot():
                self.assertEqual(self._counts(session), [0, 0])
            self._inventory(1)
            with session.snapshot():
                self.assertEqual(self._counts(session), [1, 1])

    def _interrupted_snapshot(self, error):
        """Return the ID of the connection of a snapshot that raised an error."""
        with self.assertRaises(error), self.client() as session:
            with session.snapshot():
                connection_id = self.connection_id(session)
                self._counts(session)
                raise error
        return connection_id

    def test_error_leaves_no_transaction(self):
        for error in (ValueError, KeyboardInterrupt):
            with self.subTest(error=error):
                connection_id = self._interrupted_snapshot(error)
                self._inventory(1)
                with self.client() as session:
                    self.assert_no_transaction(session)
                    self.assertEqual(self._counts(session), [1, 1])
                self.assert_open([connection_id], 0)
                self._empty()

    def test_error_of_the_server_leaves_no_transaction(self):
        with self.client() as session:
            with self.assertRaises(pymysql.ProgrammingError):
                with session.snapshot():
                    session.query("SELECT 1 FROM no_such_table")
            self._inventory(1)
            self.assertEqual(self._counts(session), [1, 1])
            self.assert_no_transaction(session)

    def test_end_of_session_leaves_no_transaction(self):
        with self.client() as session, session.snapshot():
            connection_id = self.connection_id(session)
        with self.client() as session:
            self.assertEqual(self.connection_id(session), connection_id)
            self.assert_no_transaction(session)


@tagged("post_install", "-at_install")
class TestPool(ClientCase):
    """Connections are reused as long as that is safe."""

    def test_reuse(self):
        self.assertEqual(self.used_connection(), self.used_connection())

    def test_session_without_query_does_not_connect(self):
        with OcsClient(self.fail, self.pool):
            pass

    def test_concurrent_sessions_do_not_share(self):
        with self.client() as one, self.client() as two:
            self.assertNotEqual(self.connection_id(one), self.connection_id(two))

    def test_other_settings_do_not_share(self):
        connection_id = self.used_connection()
        with self.client(database="information_schema") as session:
            self.assertNotEqual(self.connection_id(session), connection_id)
        with self.assertRaises(pymysql.OperationalError) as caught:
            with self.client(password="wrong") as session:
                self.connection_id(session)
        self.assertEqual(caught.exception.args[0], 1045)

    def test_error_drops_the_connection(self):
        with self.client() as session:
            connection_id = self.connection_id(session)
            with self.assertRaises(pymysql.ProgrammingError):
                session.query("SELECT 1 FROM no_such_table")
            self.assertNotEqual(self.connection_id(session), connection_id)
        self.assert_open([connection_id], 0)

    def test_killed_while_idle_is_noticed(self):
        connection_id = self.used_connection()
        self.kill(connection_id)
        with mock.patch.object(client, "IDLE_CHECK", 0):
            self.assertNotEqual(self.used_connection(), connection_id)

    def test_killed_between_two_queries(self):
        with self.client() as session:
            connection_id = self.connection_id(session)
            self.kill(connection_id)
            with self.assertRaises(pymysql.MySQLError) as caught:
                session.query("SELECT 1")
            self.assertTrue(is_transient(caught.exception.args[0]))
            self.assertNotEqual(self.connection_id(session), connection_id)

    def test_killed_in_a_snapshot(self):
        with self.client() as session:
            with self.assertRaises(pymysql.MySQLError) as caught:
                with session.snapshot():
                    self.kill(self.connection_id(session))
            self.assertTrue(is_transient(caught.exception.args[0]))
            self.assertEqual(session.query("SELECT 1 AS one"), [{"one": 1}])

    def test_healthy_connection_passes_the_check(self):
        with mock.patch.object(client, "IDLE_CHECK", 0):
            self.assertEqual(self.used_connection(), self.used_connection())

    def test_connection_idle_for_too_long_is_closed(self):
        connection_id = self.used_connection()
        with mock.patch.object(client, "IDLE_LIMIT", -1):
            self.assertNotEqual(self.used_connection(), connection_id)
        self.assert_open([connection_id], 0)

    def test_old_connection_is_closed(self):
        connection_id = self.used_connection()
        with mock.patch.object(client, "AGE_LIMIT", -1):
            self.assertNotEqual(self.used_connection(), connection_id)
        self.assert_open([connection_id], 0)

    def test_connections_of_unused_settings_are_closed(self):
        connection_id = self.used_connection()
        with mock.patch.object(client, "IDLE_LIMIT", -1):
            with self.client(database="information_schema") as session:
                session.query("SELECT 1")
        self.assert_open([connection_id], 0)

    def test_number_of_idle_connections_is_limited(self):
        with mock.patch.object(client, "IDLE_CONNECTIONS", 2):
            with self.client() as one, self.client() as two, self.client() as three:
                ids = [self.connection_id(each) for each in (one, two, three)]
        self.assert_open(ids, 2)

    def test_clear(self):
        connection_id = self.used_connection()
        self.pool.clear()
        self.assert_open([connection_id], 0)
        self.assertNotEqual(self.used_connection(), connection_id)

    def test_password_is_not_shown(self):
        settings = replace(self.settings, password="s3cret", tls_ca="s3cret")
        self.assertNotIn("s3cret", repr(settings))
        self.assertNotIn("s3cret", str(settings))
