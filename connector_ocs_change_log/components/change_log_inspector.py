# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

import pymysql

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib import errors
from odoo.addons.connector_ocs.lib.quoting import quote_name, split_account

from ..lib import change_log_procedure as procedure
from ..lib.change_log import TABLE, Trigger, triggers
from ..lib.change_log_procedure import Listing, Privileges
from ..lib.change_log_setup import ChangeLogState, Column

#: There is no procedure, or the account or the definer must not execute it.
_REFUSED = frozenset({errors.NO_PROCEDURE, *errors.DENIED})


class OcsChangeLogInspector(Component):
    """Adapter that reads what the change log consists of: its table and triggers.

    The triggers are read directly, or through the procedure of the change log. Names
    are read as they are stored: statements that repair the log contain them.
    """

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
        indexes, table, listing = self._indexes(), self._table(), self._list_triggers()
        return ChangeLogState(
            columns=self._columns(),
            engine=table["engine"] or "",
            indexes=tuple(columns for columns, _is_unique in indexes.values()),
            unique={
                name: columns
                for name, (columns, is_unique) in indexes.items()
                if is_unique
            },
            foreign_keys=self._foreign_keys(),
            listing=listing,
            created=f"{table['created']}, {listing.created}",
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
        if not is_own:
            return None
        # every account may read its own
        return _privileges(self._query_as_stored(procedure.PRIVILEGES))

    def writes_binary_log(self):
        """Return whether the binary log limits triggers to SUPER accounts (1419)."""
        row = self._query_as_stored(
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
        rows = self._query_as_stored(
            "SELECT LOWER(COLUMN_NAME) AS name, LOWER(DATA_TYPE) AS data_type,"
            " COLUMN_TYPE AS column_type, IS_NULLABLE = 'YES' AS nullable,"
            " CHARACTER_MAXIMUM_LENGTH AS length,"
            " LOWER(EXTRA) LIKE '%%auto_increment%%' AS auto_increment"
            " FROM information_schema.COLUMNS"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s",
            (TABLE,),
        )
        return {row.pop("name"): Column(**row) for row in rows}

    def _table(self):
        """Return the engine of the table, and when it was created (s since 1970)."""
        rows = self._query_as_stored(
            "SELECT ENGINE AS engine, UNIX_TIMESTAMP(CREATE_TIME) AS created"
            " FROM information_schema.TABLES"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s",
            (TABLE,),
        )
        return rows[0] if rows else {"engine": "", "created": None}

    def _indexes(self):
        """:return: dict {name: (columns, whether it is unique)}"""
        rows = self._query_as_stored(
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
        rows = self._query_as_stored(
            "SELECT DISTINCT CONSTRAINT_NAME AS name"
            " FROM information_schema.KEY_COLUMN_USAGE"
            " WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s"
            " AND REFERENCED_TABLE_NAME IS NOT NULL",
            (TABLE,),
        )
        return tuple(row["name"] for row in rows)

    def _list_triggers(self):
        """Return the triggers that matter for the change log.

        :return: :class:`.change_log_procedure.Listing`
        """
        listing = self._call()
        if self._sees_triggers():
            names = [trigger.name for trigger in self._wanted()]
            rows = self._query_as_stored(procedure.triggers_query(names))
            listing = self._with_triggers(listing, rows)._replace(is_complete=True)
        return listing

    def _call(self):
        definer = self._definer()
        try:
            with self._convert_errors():
                results = self.work.ocs_client.call(procedure.PROCEDURE)
            return self._listing(definer, *results)
        except OcsConfigurationError as error:
            if error.code == errors.NO_DEFINER:
                return Listing(definer=definer, failure=procedure.NO_DEFINER)
            if error.code not in _REFUSED:
                raise
            return Listing(definer=definer)
        except (AttributeError, LookupError, TypeError, ValueError):  # other results
            return Listing(definer=definer, failure=procedure.OUTDATED)

    def _listing(self, definer, rows, own, accounts):
        privileges = _privileges(own)
        listing = Listing(
            definer=definer or accounts[0]["definer"],
            privileges=privileges,
            is_complete=self._shows_triggers(privileges),
        )
        return self._with_triggers(listing, rows)

    def _definer(self):
        """Return the definer of the procedure, '' if unknown.

        MySQL does not show it to accounts that may execute the procedure by a role.
        """
        rows = self._query_as_stored(
            "SELECT DEFINER AS definer FROM information_schema.ROUTINES"
            " WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = 'PROCEDURE'"
            " AND ROUTINE_NAME = %s",
            (procedure.PROCEDURE,),
        )
        return rows[0]["definer"] if rows else ""

    def _shows_triggers(self, privileges):
        """Return whether the server shows an account the triggers of each table."""
        return all(privileges.has("Trigger", each.table) for each in self._wanted())

    def _sees_triggers(self):
        """Return whether the own account may see every trigger of the database."""
        return any(
            grant.table == "*" and grant.allows("TRIGGER")
            for grant in self.component(usage="backend.adapter").grants()
        )

    def _wanted(self):
        return triggers(self.component(usage="change.log").sections())

    def _with_triggers(self, listing, rows):
        created = [row.pop("created") for row in rows]
        return listing._replace(
            triggers=tuple(Trigger(**row) for row in rows),
            created=max((each for each in created if each), default=None),
        )


def _privileges(rows):
    on = defaultdict(set)
    for row in rows:
        on[row["table"]].add(row["privilege"].capitalize())
    return Privileges(exists=True, on=dict(on))


def _names(row):
    """Return the names of the privileges in a row of mysql.user or mysql.db."""
    names = ("Select", "Insert", "Trigger")
    return {name for name in names if row[f"{name}_priv"] == "Y"}
