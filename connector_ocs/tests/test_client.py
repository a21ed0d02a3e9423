# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
import select
import signal
import socket
import threading
import time
from dataclasses import replace
from unittest import mock

import pymysql

from odoo.tests import tagged

from ..lib import client
from ..lib.client import ConnectionPool, OcsClient
from ..lib.errors import is_transient
from .live import LiveCase

#: Seconds after which something that should happen did not.
PATIENCE = 30


class ClientCase(LiveCase):
    """Sessions of a pool that nobody else uses."""

    def setUp(self):
        super().setUp()
        self.pool = ConnectionPool()
        self.addCleanup(self.pool.clear)
        self.settings = self.backend._connection_settings()

    def client(self, **changes):
        """A session; ``changes`` to its settings."""
        settings = replace(self.settings, **changes)
        return OcsClient(lambda: settings, self.pool)

    def connection_id(self, session):
        """What the server calls the session's connection."""
        return session.query("SELECT CONNECTION_ID() AS id")[0]["id"]

    def used_connection(self):
        """What the server calls the connection of a session, now ended."""
        with self.client() as session:
            return self.connection_id(session)

    def alive(self, ids):
        """Those of the connections that the server still has."""
        found = self.sql("SELECT ID FROM information_schema.PROCESSLIST")
        return set(ids) & {row["ID"] for row in found}

    def assert_left(self, ids, count):
        """The server has ``count`` of the connections, at the latest soon."""
        deadline = time.monotonic() + PATIENCE
        while len(self.alive(ids)) > count and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(len(self.alive(ids)), count)

    def kill(self, connection_id):
        """End a connection, as an administrator or a firewall does."""
        self.sql(f"KILL {connection_id:d}")
        self.assert_left([connection_id], 0)

    def names(self):
        """The names in hardware."""
        return [row["NAME"] for row in self.sql("SELECT NAME FROM hardware")]


@tagged("post_install", "-at_install")
class TestReadOnly(ClientCase):
    """A session cannot write, whatever the user may do."""

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

    def test_statements(self):
        for statement in self.statements:
            with self.subTest(statement=statement), self.client() as session:
                self._assert_refused(session, statement)
        self.assertEqual(self.names(), ["PC-1"])

    def test_statements_in_a_snapshot(self):
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
    """A snapshot shows OCS as it was at one moment."""

    def _counts(self, session):
        return [
            session.query(f"SELECT COUNT(*) AS found FROM {table}")[0]["found"]
            for table in ("hardware", "videos")
        ]

    def _inventory(self, external_id):
        self.insert_computer(external_id)
        self.insert("videos", HARDWARE_ID=external_id, NAME="Intel UHD 620")

    def test_one_moment(self):
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
        """The connection of a snapshot that ended with an error."""
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
                    opened = session.query("SELECT @@in_transaction AS opened")
                    self.assertEqual(opened, [{"opened": 0}])
                    self.assertEqual(self._counts(session), [1, 1])
                self.assert_left([connection_id], 0)
                self._empty()

    def test_error_of_the_server_leaves_no_transaction(self):
        with self.client() as session:
            with self.assertRaises(pymysql.ProgrammingError):
                with session.snapshot():
                    session.query("SELECT 1 FROM no_such_table")
            self._inventory(1)
            self.assertEqual(self._counts(session), [1, 1])
            opened = session.query("SELECT @@in_transaction AS opened")
            self.assertEqual(opened, [{"opened": 0}])

    def test_end_leaves_no_transaction(self):
        with self.client() as session, session.snapshot():
            connection_id = self.connection_id(session)
        with self.client() as session:
            self.assertEqual(self.connection_id(session), connection_id)
            opened = session.query("SELECT @@in_transaction AS opened")
            self.assertEqual(opened, [{"opened": 0}])


@tagged("post_install", "-at_install")
class TestPool(ClientCase):
    """Connections are reused as long as that is safe."""

    def test_reuse(self):
        self.assertEqual(self.used_connection(), self.used_connection())

    def test_no_query_no_connection(self):
        with OcsClient(self.fail, self.pool):
            pass

    def test_sessions_at_once_do_not_share(self):
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
        self.assert_left([connection_id], 0)

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

    def test_idle_for_too_long(self):
        connection_id = self.used_connection()
        with mock.patch.object(client, "IDLE_LIMIT", -1):
            self.assertNotEqual(self.used_connection(), connection_id)
        self.assert_left([connection_id], 0)

    def test_number_of_idle_connections(self):
        with mock.patch.object(client, "IDLE_CONNECTIONS", 2):
            with self.client() as one, self.client() as two, self.client() as three:
                ids = [self.connection_id(each) for each in (one, two, three)]
        self.assert_left(ids, 2)

    def test_clear(self):
        connection_id = self.used_connection()
        self.pool.clear()
        self.assert_left([connection_id], 0)
        self.assertNotEqual(self.used_connection(), connection_id)

    def test_password_is_not_shown(self):
        settings = replace(self.settings, password="s3cret", tls_ca="s3cret")
        self.assertNotIn("s3cret", repr(settings))
        self.assertNotIn("s3cret", str(settings))


@tagged("post_install", "-at_install")
class TestThreads(ClientCase):
    """Threads at once have a connection each, and their own answers."""

    threads = 8

    def test_threads(self):
        barrier = threading.Barrier(self.threads, timeout=PATIENCE)
        found = {}

        def work(number):
            with self.client() as session:
                connection_id = self.connection_id(session)
                barrier.wait()
                rows = [
                    session.query("SELECT %s AS number", (number,)) for _ in range(50)
                ]
                found[number] = connection_id, rows

        workers = [
            threading.Thread(target=work, args=(number,), daemon=True)
            for number in range(self.threads)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(PATIENCE)
        self.assertEqual(set(found), set(range(self.threads)))
        for number, (_id, rows) in found.items():
            self.assertEqual(rows, [[{"number": number}]] * 50)
        ids = {connection_id for connection_id, _rows in found.values()}
        self.assertEqual(len(ids), self.threads)
        self.assert_left(ids, client.IDLE_CONNECTIONS)


@tagged("post_install", "-at_install")
class TestFork(ClientCase):
    """A child process leaves its parent's connections alone."""

    def _answer_of_child(self):
        """Connection that a child process uses."""
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        child = os.fork()
        if not child:
            try:
                os.write(writing, b"%d" % self.used_connection())
            finally:
                os._exit(0)
        os.close(writing)
        if not select.select([reading], [], [], PATIENCE)[0]:
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return int(os.read(reading, 100) or 0)

    def test_child_has_its_own(self):
        parents = self.used_connection()
        childs = self._answer_of_child()
        self.assertTrue(childs)
        self.assertNotEqual(childs, parents)
        self.assert_left([childs], 0)
        self.assertEqual(self.used_connection(), parents)

    def test_parent_in_the_middle_of_a_snapshot(self):
        with self.client() as session, session.snapshot():
            before = self.connection_id(session)
            self.assertNotIn(self._answer_of_child(), (0, before))
            self.assertEqual(self.connection_id(session), before)

    def test_pool_is_busy(self):
        with self.pool._lock:  # as if another thread took a connection
            self.assertTrue(self._answer_of_child())


@tagged("post_install", "-at_install")
class TestTimeouts(ClientCase):
    """Nothing waits for ever."""

    def test_server_that_never_answers(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        caught = []

        def work():
            try:
                with self.client(port=listener.getsockname()[1]) as session:
                    session.query("SELECT 1")
            except pymysql.MySQLError as error:
                caught.append(error.args[0])

        with mock.patch.object(client, "CONNECT_TIMEOUT", 1):
            worker = threading.Thread(target=work, daemon=True)
            worker.start()
            worker.join(PATIENCE)
        self.assertEqual([is_transient(code) for code in caught], [True])

    def test_query_that_takes_too_long(self):
        with mock.patch.object(client, "READ_TIMEOUT", 1), self.client() as session:
            with self.assertRaises(pymysql.OperationalError) as caught:
                session.query("SELECT SLEEP(%s)", (PATIENCE,))
        self.assertTrue(is_transient(caught.exception.args[0]))

    def test_nobody_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        with self.assertRaises(pymysql.OperationalError) as caught:
            with self.client(port=port) as session:
                session.query("SELECT 1")
        self.assertTrue(is_transient(caught.exception.args[0]))
