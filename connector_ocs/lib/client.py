# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Read-only sessions on an OCS database."""

import logging
import os
import threading
import time
from collections import defaultdict
from contextlib import contextmanager

import pymysql

from .connection import connect, results_of

_logger = logging.getLogger(__name__)

IDLE_CHECK = 5  # seconds after which a reused connection is pinged first
IDLE_LIMIT = 300  # seconds without use after which a connection is closed
AGE_LIMIT = 600  # seconds after which it is closed, so that REVOKE takes effect
IDLE_CONNECTIONS = 4  # kept per settings and process


class ConnectionPool:
    """Pool of the idle connections of a process; one thread uses each at a time.

    Connections are not kept in threads, since each job runs in a thread that
    ends with it. A forked child starts with an empty pool: two processes on
    one socket would read each other's answers.
    """

    def __init__(self):
        self._start_empty()
        os.register_at_fork(after_in_child=self._start_empty)

    def _start_empty(self):
        self._lock = threading.Lock()
        self._idle = defaultdict(list)

    def acquire(self, settings):
        """Return a working connection, reused or new.

        :param settings: ConnectionSettings
        :raises pymysql.MySQLError: it cannot be opened
        """
        self._close_expired()
        while True:
            with self._lock:
                idle = self._idle[settings]
                connection, since = idle.pop() if idle else (None, 0)
            if connection is None:
                connection = connect(settings)
                connection.opened_at = time.monotonic()
                return connection
            if self._is_alive(connection, time.monotonic() - since):
                return connection
            _close(connection)

    def release(self, settings, connection):
        """Return a connection to the pool.

        :param connection: from ``acquire``, without an open transaction
        """
        with self._lock:
            idle = self._idle[settings]
            keep = len(idle) < IDLE_CONNECTIONS
            if keep:
                idle.append((connection, time.monotonic()))
        if not keep:
            _close(connection)
        self._close_expired()

    def clear(self):
        """Close every idle connection."""
        self._close_expired(everything=True)

    def _close_expired(self, everything=False):
        now = time.monotonic()
        expired = []
        with self._lock:
            for settings, idle in list(self._idle.items()):
                kept = []
                for connection, since in idle:
                    old = now - since > IDLE_LIMIT
                    old = old or now - connection.opened_at > AGE_LIMIT
                    (expired if old or everything else kept).append((connection, since))
                self._idle[settings] = kept
        for connection, _since in expired:
            _close(connection)

    @staticmethod
    def _is_alive(connection, idle_seconds):
        if idle_seconds < IDLE_CHECK:
            return connection.open
        try:
            # a reconnected session would not be set up, so that it could write
            connection.ping(reconnect=False)
        except pymysql.MySQLError:
            return False
        return True


class SingleUse:
    """Replacement for a pool that closes each connection after its session.

    It is meant for accounts that must not be kept, such as an administrator's.
    """

    def acquire(self, settings):
        """Return a new connection; see :meth:`ConnectionPool.acquire`."""
        return connect(settings)

    def release(self, _settings, connection):
        """Close the connection."""
        _close(connection)


def _close(connection):
    try:
        connection.close()
    except pymysql.MySQLError:
        _logger.debug("The OCS connection was already closed", exc_info=True)


#: The pool of the process, from which sessions take their connection.
pool = ConnectionPool()


class OcsClient:
    """Session on an OCS database, opened by its first query.

    At its end, the connection is returned to the pool; after an error, it is closed.

    :param get_settings: function that returns the ConnectionSettings, called
        only when a connection is needed
    """

    def __init__(self, get_settings, connections=pool):
        self._get_settings = get_settings
        self._pool = connections
        self._settings = None
        self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        if self._connection is not None:
            self._pool.release(self._settings, self._connection)
            self._connection = None

    def query(self, sql, parameters=()):
        """Run a statement and return its rows.

        :param sql: statement with %s for each parameter
        :return: list of dict {column: value}; bytes that are no UTF-8 are replaced, so
            that they do not make the other rows unreadable
        :raises pymysql.MySQLError: the connection is dropped, the next
            query opens another
        """
        return self._run(sql, parameters)[0]

    def call(self, procedure):
        """Call a stored procedure that reads, and return its results.

        :param procedure: name
        :return: list of results, each like that of ``query``
        :raises pymysql.MySQLError: as ``query``
        """
        return self._run(f"CALL {procedure}()")

    @property
    def user(self):
        """Name of the account that logs in."""
        return self._get_settings().user

    def _run(self, statement, parameters=None, function=results_of):
        """Return what a function of ``lib/connection.py`` returns for a statement."""
        try:
            return function(self._connected(), statement, parameters)
        except BaseException:
            self._discard()
            raise

    @contextmanager
    def snapshot(self):
        """Run all queries inside on one consistent snapshot of the database.

        :raises pymysql.MySQLError: as ``query``
        """
        self.query("START TRANSACTION WITH CONSISTENT SNAPSHOT")
        try:
            yield
            self.query("ROLLBACK")
        except BaseException:
            self._discard()
            raise

    def _connected(self):
        if self._connection is None:
            self._settings = self._get_settings()
            self._connection = self._pool.acquire(self._settings)
        return self._connection

    def _discard(self):
        connection, self._connection = self._connection, None
        if connection is not None and connection.open:
            _close(connection)
