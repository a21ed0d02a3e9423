"""The database of the OCS server of the tests."""

import pymysql

from dev import mariadb, ports
from dev.fleet.session import insert

NAME = "ocs_e2e"
TABLES = """
    SELECT TABLE_NAME AS name FROM information_schema.TABLES
    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'
"""
TRIGGERS = """
    SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS
    WHERE TRIGGER_SCHEMA = DATABASE()
"""
TIMEOUT = 60  # seconds


class Database:
    """A new database of OCS, which can be made as new again.

    What is new in it are its settings, lists and dictionaries; the columns of its
    tables are not looked after.
    """

    def __init__(self):
        self._connections = {}
        self._tables = self._names(TABLES)
        self._filled = {name for name in self._tables if self._has_rows(name)}
        self._settings = self.sql("SELECT * FROM config")

    def sql(self, statement, arguments=(), user="root"):
        """Run a statement and commit it.

        :param user: ``root``, or ``ocs`` as the OCS server itself
        :return: list of rows as {column: value}
        """
        with self.connection(user).cursor() as cursor:
            cursor.execute(statement, arguments)
            return list(cursor.fetchall())

    def value(self, statement, arguments=()):
        """Return the only value that the only row of a query has."""
        (row,) = self.sql(statement, arguments)
        (value,) = row.values()
        return value

    def connection(self, user="root"):
        """Return the session of an account, which commits every statement."""
        if user not in self._connections:
            self._connections[user] = pymysql.connect(
                host=ports.HOST,
                port=mariadb.port(),
                user=user,
                password=mariadb.password(user),
                database=NAME,
                autocommit=True,
                cursorclass=pymysql.cursors.DictCursor,
                read_timeout=TIMEOUT,
            )
        return self._connections[user]

    def reset(self):
        """Leave what a new database has: no computer, no trigger, no other table."""
        for trigger in self._names(TRIGGERS):
            self.sql(f"DROP TRIGGER `{trigger}`")
        self.sql("SET foreign_key_checks = 0")
        for table in self._names(TABLES):
            self._clear(table)
        self.sql("SET foreign_key_checks = 1")
        self.sql("DELETE FROM config")
        with self.connection().cursor() as cursor:
            insert(cursor, "config", self._settings)

    def _clear(self, table):
        if table not in self._tables:
            self.sql(f"DROP TABLE `{table}`")
        elif table not in self._filled:
            self.sql(f"DELETE FROM `{table}`")

    def _names(self, query):
        return [row["name"] for row in self.sql(query)]

    def _has_rows(self, table):
        return bool(self.sql(f"SELECT 1 FROM `{table}` LIMIT 1"))

    def close(self):
        """End the sessions."""
        for connection in self._connections.values():
            connection.close()
