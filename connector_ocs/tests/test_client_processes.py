# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
import select
import signal
import socket
import threading
from unittest import mock

import pymysql

from odoo.tests import tagged

from ..lib import client, connection
from ..lib.errors import is_transient
from .test_client import TIMEOUT, ClientCase


@tagged("post_install", "-at_install")
class TestThreads(ClientCase):
    """Concurrent threads have their own connections and results."""

    threads = 8

    def test_each_thread_has_its_own_connection(self):
        barrier = threading.Barrier(self.threads, timeout=TIMEOUT)
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
            worker.join(TIMEOUT)
        self.assertEqual(set(found), set(range(self.threads)))
        for number, (_id, rows) in found.items():
            self.assertEqual(rows, [[{"number": number}]] * 50)
        ids = {connection_id for connection_id, _rows in found.values()}
        self.assertEqual(len(ids), self.threads)
        self.assert_open(ids, client.IDLE_CONNECTIONS)


@tagged("post_install", "-at_install")
class TestFork(ClientCase):
    """A child process leaves its parent's connections alone."""

    def _connection_of_child(self):
        """Return the ID of the connection that a child process uses."""
        reading, writing = os.pipe()
        self.addCleanup(os.close, reading)
        child = os.fork()
        if not child:
            try:
                os.write(writing, b"%d" % self.used_connection())
            finally:
                os._exit(0)
        os.close(writing)
        if not select.select([reading], [], [], TIMEOUT)[0]:
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return int(os.read(reading, 100) or 0)

    def test_child_has_its_own_connection(self):
        parent_id = self.used_connection()
        child_id = self._connection_of_child()
        self.assertTrue(child_id)
        self.assertNotEqual(child_id, parent_id)
        self.assert_open([child_id], 0)
        self.assertEqual(self.used_connection(), parent_id)

    def test_fork_during_a_snapshot(self):
        with self.client() as session, session.snapshot():
            before = self.connection_id(session)
            self.assertNotIn(self._connection_of_child(), (0, before))
            self.assertEqual(self.connection_id(session), before)

    def test_fork_while_the_pool_is_locked(self):
        with self.pool._lock:  # as if another thread took a connection
            self.assertTrue(self._connection_of_child())


@tagged("post_install", "-at_install")
class TestTimeouts(ClientCase):
    """No session waits forever."""

    def test_server_that_never_answers(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        caught = []

        def work():
            try:
                with self.client(
                    host="127.0.0.1", port=listener.getsockname()[1]
                ) as session:
                    session.query("SELECT 1")
            except pymysql.MySQLError as error:
                caught.append(error.args[0])

        with mock.patch.object(connection, "READ_TIMEOUT", 1):
            worker = threading.Thread(target=work, daemon=True)
            worker.start()
            worker.join(TIMEOUT)
        self.assertEqual([is_transient(code) for code in caught], [True])

    def test_query_that_takes_too_long(self):
        with mock.patch.object(connection, "READ_TIMEOUT", 1), self.client() as session:
            with self.assertRaises(pymysql.OperationalError) as caught:
                session.query("SELECT SLEEP(%s)", (TIMEOUT,))
        self.assertTrue(is_transient(caught.exception.args[0]))

    def test_no_server_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        with self.assertRaises(pymysql.OperationalError) as caught:
            with self.client(host="127.0.0.1", port=port) as session:
                session.query("SELECT 1")
        self.assertTrue(is_transient(caught.exception.args[0]))
