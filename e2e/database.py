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
#: Privileges that a change log needs, which only some tests grant.
PRIVILEGES = (
    ("SELECT, UPDATE, DELETE", f"{NAME}.hardware_updates"),
    ("SELECT, INSERT, UPDATE", f"{NAME}.hardware_updates_owner"),
)
NO_SUCH_GRANT = {1141, 1147}
TIMEOUT = 60  # seconds


class Database:
    """A new database of OCS, which can be reset.

    A reset keeps the settings, lists and dictionaries of a new database; it does not
    restore the columns of its tables.
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
        """Return the only value in the only row of a query."""
        (row,) = self.sql(statement, arguments)
        (value,) = row.values()
        return value

    def connection(self, user="root"):
        """Return the connection of an account, which commits every statement."""
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
        """Reset the database: no computers, no triggers, no additional tables.

        The account that reads it has its original privileges again.
        """
        self.close()  # the previous test may have restarted the server
        for privilege, where in PRIVILEGES:
            self._revoke(privilege, where)
        for trigger in self._names(TRIGGERS):
            self.sql(f"DROP TRIGGER `{trigger}`")
        self.sql("DROP PROCEDURE IF EXISTS hardware_updates_check")
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

    def _revoke(self, privilege, where):
        try:
            self.sql(f"REVOKE {privilege} ON {where} FROM odoo_reader@'127.0.0.1'")
        except pymysql.MySQLError as error:
            if error.args[0] not in NO_SUCH_GRANT:
                raise

    def _names(self, query):
        return [row["name"] for row in self.sql(query)]

    def _has_rows(self, table):
        return bool(self.sql(f"SELECT 1 FROM `{table}` LIMIT 1"))

    def close(self):
        """Close the connections."""
        while self._connections:
            _user, connection = self._connections.popitem()
            if connection.open:
                connection.close()
