# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

import pymysql

from odoo.addons.component.core import Component

from ..lib.change_log import TABLE, Trigger, quote_name, split_account, triggers
from ..lib.change_log_setup import ChangeLogState, Column

#: Errors of MySQL: a statement lacks a privilege on the server, a database, a table, a
#: column or a routine.
_DENIED = frozenset({1044, 1142, 1143, 1227, 1370})


class Privileges(NamedTuple):
    """Privileges of an account that matter for triggers."""

    #: whether the account exists on the server
    exists: bool
    #: {table: set of 'Select', 'Insert', 'Trigger'}; '*' stands for every table
    on: dict

    def has(self, privilege, table):
        """Return whether the account has a privilege on a table of OCS."""
        return any(privilege in self.on.get(where, ()) for where in ("*", table))


class OcsChangeLogInspector(Component):
    """Inspector of the change log in the OCS database."""

    _name = "ocs.change.log.inspector"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.backend"
    _usage = "change.log.inspector"

    def found(self):
        """Return the change table and the triggers that write to it.

        :return: :class:`.change_log_setup.ChangeLogState`
        """
        # the server reads the privileges on a database when a session selects it: one
        # granted since then would not take effect in this session
        self._query(f"USE {quote_name(self.backend_record.database)}")
        return ChangeLogState(
            columns=self._columns(),
            engine=self._engine(),
            indexes=self._indexes(),
            triggers=self._triggers(),
        )

    def sees_triggers(self):
        """Return whether the account may see every trigger of the database."""
        user, host = split_account(self.component(usage="change.log").account())
        rows = self._query(
            "SELECT 1 FROM information_schema.USER_PRIVILEGES"
            " WHERE GRANTEE = %(who)s AND PRIVILEGE_TYPE = 'TRIGGER'"
            " UNION ALL SELECT 1 FROM information_schema.SCHEMA_PRIVILEGES"
            " WHERE GRANTEE = %(who)s AND PRIVILEGE_TYPE = 'TRIGGER'"
            " AND DATABASE() LIKE TABLE_SCHEMA LIMIT 1",
            {"who": f"'{user}'@'{host}'"},
        )
        return bool(rows)

    def lacks_privilege(self, statement):
        """Return whether the account lacks the privilege for a statement that writes.

        The session is read-only, but the server checks the privilege first.
        """
        try:
            self.work.ocs_client.query(f"EXPLAIN {statement}")
        except pymysql.MySQLError as error:
            return error.args[0] in _DENIED
        return False

    def privileges(self, account):
        """Return the privileges of an account.

        A role does not count: the server ignores it when a trigger runs.

        :param account: 'user@host', the definer of a trigger
        :return: :class:`Privileges`, None if the backend is not allowed to read them
        """
        user, host = split_account(account)
        try:
            rows = self.work.ocs_client.query(
                "SELECT Host, Select_priv, Insert_priv, Trigger_priv FROM mysql.user"
                " WHERE User = %s AND %s LIKE Host"
                " ORDER BY Host = %s DESC, LENGTH(REPLACE(Host, '%%', '')) DESC",
                (user, host, host),
            )
            if not rows:
                return Privileges(exists=False, on={})
            return self._read_privileges(user, rows[0])
        except pymysql.MySQLError as error:
            if error.args[0] in _DENIED:
                return None
            raise

    def writes_binary_log(self):
        """Return whether the binary log limits triggers to SUPER accounts (1419)."""
        row = self._query(
            "SELECT @@GLOBAL.log_bin AS log,"
            " @@GLOBAL.log_bin_trust_function_creators AS trust"
        )[0]
        return bool(row["log"] and not row["trust"])

    def _read_privileges(self, user, row):
        query = self.work.ocs_client.query
        databases = query(
            "SELECT Select_priv, Insert_priv, Trigger_priv FROM mysql.db"
            " WHERE User = %s AND Host = %s AND DATABASE() LIKE Db",
            (user, row["Host"]),
        )
        tables = query(
            "SELECT Table_name, Table_priv, Column_priv FROM mysql.tables_priv"
            " WHERE User = %s AND Host = %s AND Db = DATABASE()",
            (user, row["Host"]),
        )
        on = {"*": set().union(*map(_names, [row, *databases]))}
        for table in tables:
            names = f"{table['Table_priv']},{table['Column_priv']}".split(",")
            on[table["Table_name"]] = set(names)
        return Privileges(exists=True, on=on)

    def _columns(self):
        rows = self._query(
            "SELECT LOWER(COLUMN_NAME) AS name, LOWER(DATA_TYPE) AS data_type,"
            " COLUMN_TYPE AS column_type, IS_NULLABLE = 'YES' AS nullable,"
            " CHARACTER_MAXIMUM_LENGTH AS length,"
            " LOWER(EXTRA) LIKE '%%auto_increment%%' AS auto_increment"
            " FROM information_schema.COLUMNS"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s",
            (TABLE,),
        )
        return {row.pop("name"): Column(**row) for row in rows}

    def _engine(self):
        rows = self._query(
            "SELECT ENGINE AS engine FROM information_schema.TABLES"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s",
            (TABLE,),
        )
        return (rows[0]["engine"] or "") if rows else ""

    def _indexes(self):
        rows = self._query(
            "SELECT INDEX_NAME AS name, LOWER(COLUMN_NAME) AS column_name"
            " FROM information_schema.STATISTICS"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s"
            " ORDER BY INDEX_NAME, SEQ_IN_INDEX",
            (TABLE,),
        )
        indexes = {}
        for row in rows:
            indexes.setdefault(row["name"], []).append(row["column_name"])
        return tuple(map(tuple, indexes.values()))

    def _triggers(self):
        wanted = triggers(self.component(usage="change.log").sections())
        rows = self._query(
            "SELECT TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS `table`,"
            " EVENT_MANIPULATION AS event, ACTION_STATEMENT AS body,"
            " DEFINER AS definer FROM information_schema.TRIGGERS"
            " WHERE TRIGGER_SCHEMA = DATABASE()"
            " AND (LOWER(ACTION_STATEMENT) LIKE %s OR TRIGGER_NAME IN %s)"
            " ORDER BY EVENT_OBJECT_TABLE, TRIGGER_NAME",
            (f"%{TABLE}%", [trigger.name for trigger in wanted]),
        )
        return tuple(Trigger(**row) for row in rows)


def _names(row):
    """Return the names of the privileges in a row of mysql.user or mysql.db."""
    names = ("Select", "Insert", "Trigger")
    return {name for name in names if row[f"{name}_priv"] == "Y"}
