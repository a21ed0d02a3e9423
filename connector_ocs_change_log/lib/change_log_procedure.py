# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Procedure that shows the triggers of the change log to accounts without TRIGGER.

Who has the TRIGGER privilege can create a trigger that stops OCS from saving
inventories, so the account of a backend should not have it. It may execute this
procedure instead, which only reads. The procedure runs with the privileges of its
definer, the same account as that of the triggers, and lists these privileges, too:
nobody needs to read the server's tables of accounts.
"""

from typing import NamedTuple

from odoo.addons.connector_ocs.lib.quoting import quote_account, quote_name

from .change_log import TABLE

PROCEDURE = f"{TABLE}_check"

DROP = f"DROP PROCEDURE IF EXISTS {PROCEDURE}"

#: Why the procedure shows nothing: its definer no longer exists, or it is another one.
NO_DEFINER, OUTDATED = "no_definer", "outdated"

#: Privileges of the current account on the current database. Those of a role do not
#: count: the server ignores them when a trigger runs.
PRIVILEGES = "\nUNION ALL ".join(
    f"SELECT {table} AS `table`, PRIVILEGE_TYPE AS privilege"
    f" FROM information_schema.{source}"
    f" WHERE REPLACE(GRANTEE, '''', '') = REPLACE(CURRENT_USER(), '''', ''){where}"
    for table, source, where in (
        ("'*'", "USER_PRIVILEGES", ""),
        ("'*'", "SCHEMA_PRIVILEGES", " AND DATABASE() LIKE TABLE_SCHEMA"),
        ("TABLE_NAME", "TABLE_PRIVILEGES", " AND TABLE_SCHEMA = DATABASE()"),
    )
)


class Privileges(NamedTuple):
    """Privileges of an account that matter for triggers."""

    #: whether the account exists on the server
    exists: bool
    #: {table: set of 'Select', 'Insert', 'Trigger'}; '*' stands for every table
    on: dict

    def has(self, privilege, table):
        """Return whether the account has a privilege on a table of OCS."""
        return any(privilege in self.on.get(where, ()) for where in ("*", table))


class Listing(NamedTuple):
    """Triggers that an account sees in OCS, and what it learns about their definer."""

    #: :class:`.change_log.Trigger`: all that write to the change table, are on it, or
    #: have the name of one of ours
    triggers: tuple = ()
    #: when the newest of them was created (seconds since 1970), None if unknown
    created: float | None = None
    #: whether these are all triggers on the watched tables
    is_complete: bool = False
    #: 'user@host', definer of the procedure; '' if unknown
    definer: str = ""
    #: privileges of that definer, None if unknown
    privileges: Privileges | None = None
    #: NO_DEFINER, OUTDATED or ''
    failure: str = ""


def triggers_query(names):
    """Return the query of the triggers that matter for the change log.

    :param names: names of the triggers of the change log
    """
    ours = ", ".join(f"'{name}'" for name in names)
    return (
        "SELECT TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS `table`,"
        " EVENT_MANIPULATION AS event, ACTION_STATEMENT AS body, DEFINER AS definer,"
        " ACTION_TIMING AS timing, INSTR(SQL_MODE, 'STRICT') > 0 AS is_strict,"
        " UNIX_TIMESTAMP(CREATED) AS created"
        "\nFROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"
        f"\n AND (INSTR(LOWER(ACTION_STATEMENT), '{TABLE}') > 0"
        f" OR EVENT_OBJECT_TABLE = '{TABLE}'"
        f"\n OR TRIGGER_NAME IN ({ours}))"
        " AND DEFINER IS NOT NULL"  # MariaDB shows only the name of some
        "\nORDER BY EVENT_OBJECT_TABLE, TRIGGER_NAME"
    )


def create(names, definer):
    """Return the statement that creates the procedure.

    Its results are those of :func:`triggers_query`, of ``PRIVILEGES``, and its definer.

    :param names: names of the triggers of the change log
    :param definer: 'user@host', '' for the account that runs the statement
    """
    who = f"DEFINER={quote_account(definer)} " if definer else ""
    return (
        f"CREATE {who}PROCEDURE {PROCEDURE}() READS SQL DATA SQL SECURITY DEFINER\n"
        f"BEGIN\n{triggers_query(names)};\n{PRIVILEGES};\n"
        "SELECT CURRENT_USER() AS definer;\nEND"
    )


def grant(database, account):
    """Return the statement that allows an account to execute the procedure.

    :param account: 'user@host'
    """
    where = f"{quote_name(database)}.{PROCEDURE}"
    return f"GRANT EXECUTE ON PROCEDURE {where} TO {quote_account(account)}"
