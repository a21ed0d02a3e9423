# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import pymysql

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.lib import errors
from odoo.addons.connector_ocs.lib.quoting import quote_name, split_account

from ..lib.change_log import TABLE
from ..lib.change_log_procedure import Privileges
from ..lib.change_log_setup import ChangeLogState, Column


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
        database = quote_name(self.backend_record.database)
        self._query(f"USE {database.replace('%', '%%')}")
        indexes = self._indexes()
        listing = self._trigger_reader.list_triggers()
        return ChangeLogState(
            columns=self._columns(),
            engine=self._engine(),
            indexes=tuple(columns for columns, _is_unique in indexes.values()),
            unique={
                name: columns
                for name, (columns, is_unique) in indexes.items()
                if is_unique
            },
            foreign_keys=self._foreign_keys(),
            listing=listing,
            created=f"{self._table_created()}, {listing.created}",
        )

    def privileges(self, account):
        """Return the privileges of an account.

        A role does not count: the server ignores it when a trigger runs.

        :param account: 'user@host', the definer of a trigger
        :return: :class:`.change_log_procedure.Privileges`, None if the account of the
            work context is not allowed to read them
        """
        try:
            return self._read_privileges(*split_account(account))
        except pymysql.MySQLError as error:
            if errors.code(error) not in errors.DENIED:
                raise
        is_own = account == self.component(usage="change.log").account()
        return self._trigger_reader.own_privileges() if is_own else None

    def writes_binary_log(self):
        """Return whether the binary log limits triggers to SUPER accounts (1419)."""
        row = self._query(
            "SELECT @@GLOBAL.log_bin AS log,"
            " @@GLOBAL.log_bin_trust_function_creators AS trust"
        )[0]
        return bool(row["log"] and not row["trust"])

    def _read_privileges(self, user, host):
        query = self.work.ocs_client.query
        rows = query(
            "SELECT Host, Select_priv, Insert_priv, Trigger_priv FROM mysql.user"
            " WHERE User = %s AND %s LIKE Host"
            " ORDER BY Host = %s DESC, LENGTH(REPLACE(Host, '%%', '')) DESC",
            (user, host, host),
        )
        if not rows:
            return Privileges(exists=False, on={})
        databases = query(
            "SELECT Select_priv, Insert_priv, Trigger_priv FROM mysql.db"
            " WHERE User = %s AND Host = %s AND DATABASE() LIKE Db",
            (user, rows[0]["Host"]),
        )
        tables = query(
            "SELECT Table_name, Table_priv, Column_priv FROM mysql.tables_priv"
            " WHERE User = %s AND Host = %s AND Db = DATABASE()",
            (user, rows[0]["Host"]),
        )
        on = {"*": set().union(*map(_names, [rows[0], *databases]))}
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
        """:return: dict {name: (columns, whether it is unique)}"""
        rows = self._query(
            "SELECT INDEX_NAME AS name, LOWER(COLUMN_NAME) AS column_name,"
            " NON_UNIQUE = 0 AS is_unique FROM information_schema.STATISTICS"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s"
            " ORDER BY INDEX_NAME, SEQ_IN_INDEX",
            (TABLE,),
        )
        indexes = {}
        for row in rows:
            columns, _is_unique = indexes.get(row["name"], ((), None))
            indexes[row["name"]] = (*columns, row["column_name"]), row["is_unique"]
        return indexes

    def _foreign_keys(self):
        # MariaDB shows the other tables of constraints only to accounts with more
        # privileges
        rows = self._query(
            "SELECT DISTINCT CONSTRAINT_NAME AS name"
            " FROM information_schema.KEY_COLUMN_USAGE"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s"
            " AND REFERENCED_TABLE_NAME IS NOT NULL",
            (TABLE,),
        )
        return tuple(row["name"] for row in rows)

    def _table_created(self):
        """Return when the table was created (seconds since 1970)."""
        rows = self._query(
            "SELECT UNIX_TIMESTAMP(CREATE_TIME) AS created"
            " FROM information_schema.TABLES"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s",
            (TABLE,),
        )
        return rows[0]["created"] if rows else None

    @property
    def _trigger_reader(self):
        return self.component(usage="change.log.trigger.reader")


def _names(row):
    """Return the names of the privileges in a row of mysql.user or mysql.db."""
    names = ("Select", "Insert", "Trigger")
    return {name for name in names if row[f"{name}_priv"] == "Y"}
