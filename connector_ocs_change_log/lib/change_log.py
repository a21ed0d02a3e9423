# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Triggers that log in the OCS database which computers have changed.

They write to the table hardware_updates. Since they run within the statements of OCS,
they are designed not to harm it:

- A handler ignores errors of the INSERT. Measured on MariaDB 10.11 and MySQL 9.7:
  missing change table, renamed or unsuitable column, violated constraint, exhausted
  IDs, full table, a definer without INSERT on the change table or without SELECT on
  the OCS table. The change is then missing from the log, and OCS reports nothing: the
  comparison of the whole fleet finds it.
- No handler runs on errors that end a statement or a transaction as a whole: a lock
  wait of innodb_lock_wait_timeout (1205), or a deadlock (1213). The statement of OCS
  fails then. The trigger therefore records that it did not finish, and skips the log
  for ``PAUSE`` seconds in this connection: the retry of OCS succeeds, and an inventory
  waits only once. The timeout is OCS's own setting. A shorter one would turn more waits
  into failures; without any wait, every conflict of locks would fail.
- A trigger cannot handle errors that occur before it starts: a definer that does not
  exist (1449) or has no TRIGGER privilege (1142), a change table that cannot be opened
  (130, 1036: damaged files of MyISAM or Aria, hence InnoDB), LOCK TABLES (1205 after
  lock_wait_timeout). The check of the change log looks for these.

A row only says that a computer has to be scanned again. It is written even if another
row for the computer is pending: the trigger sees that row in the snapshot of OCS's
transaction, but it may be acknowledged, after the computer was read, before this
transaction commits.
"""

from typing import NamedTuple

from odoo.addons.connector_ocs.lib.fingerprints import VOLATILE_COLUMNS

TABLE = "hardware_updates"
EVENTS = ("INSERT", "UPDATE", "DELETE")

#: Seconds for which an OCS connection skips the log after a statement failed due to it.
PAUSE = 300

#: All values without default, and those whose default an older table may lack.
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
    """Trigger as defined here, or as found on the server."""

    name: str
    table: str
    #: 'INSERT', 'UPDATE' or 'DELETE'; our triggers are all AFTER triggers
    event: str
    body: str
    #: account with whose privileges it runs, 'user@host'; '' if irrelevant
    definer: str = ""
    #: 'BEFORE' or 'AFTER': before an INSERT, there is no ID yet
    timing: str = "AFTER"
    #: whether its SQL mode is strict, so that a value missing in the log is an error
    is_strict: bool = False

    def is_like(self, other):
        """Return whether both triggers are equal, apart from the definer.

        :param other: Trigger
        """
        return self._comparison_key() == other._comparison_key()

    def _comparison_key(self):
        body = " ".join(self.body.split())
        return self.name, self.table, self.event, self.timing, self.is_strict, body


def triggers(sections):
    """Return the triggers that log the changes of tables.

    :param sections: iterable of (table, columns, key): columns whose changes are logged
        (if empty, every UPDATE is), and the column that holds hardware.ID
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
        inserts.append(_insert_former(key, insert))
    body = _BODY.format(changed=changed, inserts="\n    ".join(inserts))
    return Trigger(f"odoo_{table}_{event.lower()}", table, event, body)


def _is_changed(columns):
    """Return the SQL condition that an UPDATE changed one of the columns.

    They are compared as bytes: in the collations of OCS, 'pc' equals 'PC' and 'é'
    equals 'e'.
    """
    same = "\n      AND ".join(
        f"CAST(OLD.{column} AS BINARY) <=> CAST(NEW.{column} AS BINARY)"
        for column in columns
        if column not in VOLATILE_COLUMNS
    )
    return f"NOT ({same})"


def _insert_former(key, insert):
    """Return the SQL that logs the computer that loses a row to another one.

    OCS moves rows from one computer to another when it merges them.
    """
    old = insert.format(row="OLD")
    return f"IF NOT (OLD.{key} <=> NEW.{key}) THEN {old} END IF;"
