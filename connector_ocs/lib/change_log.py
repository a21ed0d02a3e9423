# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Triggers by which OCS says which computers to look at again.

They write to the table hardware_updates, and are made not to harm OCS, whose own
statements they are part of:

- A handler swallows what goes wrong in the INSERT. Measured on MariaDB 10.11 and
  MySQL 9.7: change table missing, renamed or unsuitable column, violated constraint,
  ids used up, table full, a definer without INSERT there or without SELECT here. The
  change is then missing from the log, and nothing in OCS tells: the comparison of
  the whole fleet finds it.
- No handler sees what ends a statement or a transaction as a whole: a wait for a
  lock that lasted innodb_lock_wait_timeout (1205), a deadlock (1213). The statement
  of OCS fails then, so the trigger remembers that it did not get to its end, and
  leaves the log alone for ``PAUSE`` seconds in this connection: what OCS tries again
  goes through, and one inventory waits once. The wait itself is OCS's own setting. A
  shorter one would turn more waits into failures, none would fail at once.
- What fails before a trigger starts cannot be helped in it: a definer who is gone
  (1449) or has no TRIGGER right (1142), a change table that cannot be opened (130,
  1036: damaged files of MyISAM or Aria, hence InnoDB), LOCK TABLES (1205 after
  lock_wait_timeout). The check of the change log looks for these.

A row only says "look again". It is written even when another row for the computer
is pending: that one is seen in the snapshot of OCS's transaction, and may be
acknowledged, its computer read, before this transaction commits.
"""

from typing import NamedTuple

from .fingerprints import VOLATILE_COLUMNS

TABLE = "hardware_updates"
EVENTS = ("INSERT", "UPDATE", "DELETE")

#: Seconds without log in a connection of OCS whose statement failed because of it.
PAUSE = 300

#: The values that are not left to defaults, which an older table may lack.
_INSERT = (
    f"INSERT INTO {TABLE}"
    " (hardware_id, table_name, operation_type, changed_at, processed)"
    " VALUES ({{row}}.{key}, '{table}', '{event}', NOW(), 0);"
)

_BODY = f"""\
BEGIN
  DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;
  IF {{changed}}COALESCE(@odoo_change_log_pause, 0) < UNIX_TIMESTAMP() THEN
    SET @odoo_change_log_pause = UNIX_TIMESTAMP() + {PAUSE};
    {{inserts}}
    SET @odoo_change_log_pause = NULL;
  END IF;
END"""


class Trigger(NamedTuple):
    """A trigger as it is to be, or as the server has it."""

    name: str
    table: str
    #: 'INSERT', 'UPDATE' or 'DELETE'; each of ours comes AFTER it
    event: str
    body: str
    #: account with whose rights it runs, 'user@host'; '' where it does not matter
    definer: str = ""

    def is_like(self, other):
        """Whether both do the same, whoever defined them.

        :param other: Trigger
        """
        return self._essence() == other._essence()

    def _essence(self):
        return self.name, self.table, self.event, " ".join(self.body.split())


def triggers(sections):
    """The triggers that log the changes of some tables.

    :param sections: iterable of (table, columns, key): columns whose changes count
        (without any, each UPDATE does), and the column that holds hardware.ID
    :return: list of :class:`Trigger`, three for each table
    """
    return [_trigger(*section, event) for section in sections for event in EVENTS]


def _trigger(table, columns, key, event):
    insert = _INSERT.format(key=key, table=table, event=event)
    changed = ""
    inserts = [insert.format(row="OLD" if event == "DELETE" else "NEW")]
    if event == "UPDATE":
        if columns:
            changed = f"{_is_changed((key, *columns))}\n    AND "
        inserts.append(_moved(key, insert))
    body = _BODY.format(changed=changed, inserts="\n    ".join(inserts))
    return Trigger(f"odoo_{table}_{event.lower()}", table, event, body)


def _is_changed(columns):
    """Whether an UPDATE changed one of the columns.

    Compared as bytes: for the collations of OCS, 'pc' equals 'PC' and 'é' equals 'e'.
    """
    same = "\n      AND ".join(
        f"CAST(OLD.{column} AS BINARY) <=> CAST(NEW.{column} AS BINARY)"
        for column in columns
        if column not in VOLATILE_COLUMNS
    )
    return f"NOT ({same})"


def _moved(key, insert):
    """The computer that loses the row, too: OCS hands rows over when it merges two."""
    old = insert.format(row="OLD")
    return f"IF NOT (OLD.{key} <=> NEW.{key}) THEN {old} END IF;"


def split_account(account):
    """User and host of an account.

    :param account: 'user@host'; without host it is any host, as the server has it
    :return: (user, host)
    """
    user, at, host = account.strip().rpartition("@")
    return (user, host) if at else (host, "%")


def quote_name(name):
    """A name of a table, trigger, user … as it is written in SQL."""
    return f"`{name.replace('`', '``')}`"


def quote_account(account):
    """An account as it is written in SQL.

    :param account: 'user@host'
    """
    return "@".join(quote_name(part) for part in split_account(account))
