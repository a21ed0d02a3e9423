# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Statements that install, repair and remove the change log of OCS.

They are valid for MariaDB and MySQL. Their order is safe for OCS: the table is created
before the triggers that write to it, and dropped after them.
"""

from typing import NamedTuple

from odoo.addons.connector_ocs.lib.quoting import grant, quote_account, quote_name

from . import change_log_owner as owners
from . import change_log_procedure as procedure
from .change_log import EVENTS, TABLE, triggers
from .change_log_procedure import Listing

#: Seconds that ALTER TABLE or DROP waits for OCS to release a table. The timeout is
#: short, since OCS waits behind such a statement.
_LOCK_WAIT = "SET SESSION lock_wait_timeout = 5"

#: A trigger keeps the SQL mode it was created in. It is not strict, so that no change
#: is lost if somebody adds a NOT NULL column without default to the change table.
_MODE = "SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'"

_INTEGERS = frozenset({"int", "bigint"})
_FLAGS = _INTEGERS | {"tinyint", "smallint", "mediumint", "bit"}
_TEXTS = frozenset({"varchar", "char", "text", "mediumtext", "longtext"})
_DATES = frozenset({"timestamp", "datetime"})
#: Long enough for the names of the watched tables, with a reserve.
_TEXT_LENGTH = 20

#: {column: definition}
COLUMNS = {
    "id": "BIGINT NOT NULL AUTO_INCREMENT",
    "hardware_id": "INT NULL",
    "table_name": "VARCHAR(64) NOT NULL",
    "operation_type": "VARCHAR(10) NOT NULL",
    "old_data": "TEXT NULL",
    "new_data": "TEXT NULL",
    "changed_at": "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP",
    "processed": "TINYINT NOT NULL DEFAULT 0",
    "processed_at": "TIMESTAMP NULL DEFAULT NULL",
}

#: {name: columns}. The first index finds pending changes. The second is for the OCS
#: console, which deletes a computer's rows in every table with a column HARDWARE_ID:
#: without the index, the console would wait for every running inventory (measured with
#: five agents: 5 deletions in 8 s instead of 200). The log entry of the deletion itself
#: is not deleted, as the console deletes the row of hardware last.
INDEXES = {
    "odoo_processed": ("processed", "id"),
    "odoo_hardware_id": ("hardware_id",),
}


class Column(NamedTuple):
    """Column of the change table (information_schema.COLUMNS)."""

    #: DATA_TYPE, such as 'int'
    data_type: str
    #: COLUMN_TYPE, such as "enum('INSERT','UPDATE')"
    column_type: str
    nullable: bool
    #: CHARACTER_MAXIMUM_LENGTH, None unless it is text
    length: int | None = None
    auto_increment: bool = False


class ChangeLogState(NamedTuple):
    """State of the change log in an OCS database."""

    #: {name: Column} in lower case, empty if there is no table
    columns: dict = {}
    #: storage engine of the table, '' if there is no table
    engine: str = ""
    #: columns of each index, in lower case
    indexes: tuple = ()
    #: {name: columns} of the indexes that do not allow equal rows
    unique: dict = {}
    #: names of the foreign keys
    foreign_keys: tuple = ()
    #: the triggers, and whether these are all
    listing: Listing = Listing()
    #: when the table and the triggers were created: another one means that changes may
    #: be missing in between
    created: str = ""

    @property
    def triggers(self):
        """Triggers of the listing."""
        return self.listing.triggers


def unsuitable_columns(columns):
    """Return the columns that are missing or cannot hold what the triggers write.

    :param columns: {name: :class:`Column`}
    :return: list of names, in the order of the table
    """
    return [
        name
        for name in COLUMNS
        if name not in columns or not _is_suitable(name, columns[name])
    ]


def missing_indexes(indexes):
    """Return the names of the missing indexes, unless another index serves as well.

    :param indexes: iterable of tuples of columns
    """
    return [
        name
        for name, columns in INDEXES.items()
        if not any(found[: len(columns)] == columns for found in indexes)
    ]


def restrictions(found):
    """Return the keys that may prevent a trigger from writing a row.

    One row for a computer must not be in the way of the next one.

    :param found: :class:`ChangeLogState`
    :return: list of names
    """
    unique = [name for name, columns in found.unique.items() if "id" not in columns]
    return [*unique, *found.foreign_keys]


def has_primary_key(found):
    """Return whether rows are found by their ID, without locking others.

    :param found: :class:`ChangeLogState`
    """
    return found.unique.get("PRIMARY", ())[:1] == ("id",)


def _is_suitable(name, column):
    if name == "id":
        return column.data_type in _INTEGERS and column.auto_increment
    if name == "hardware_id":
        return column.data_type in _INTEGERS | _TEXTS
    if name in ("old_data", "new_data"):
        return column.nullable
    if name == "processed":
        return column.data_type in _FLAGS
    if name in ("changed_at", "processed_at"):
        return column.data_type in _DATES and (column.nullable or name == "changed_at")
    return _is_name(column) or (name == "operation_type" and _has_events(column))


def _is_name(column):
    return column.data_type in _TEXTS and (column.length or 0) >= _TEXT_LENGTH // 2


def _has_events(column):
    names = [f"'{event}'" for event in EVENTS]
    return column.data_type == "enum" and all(n in column.column_type for n in names)


def repair(sections, definer, found, owner=None):
    """Return the statements that install a change log, or repair it and keep its rows.

    Every trigger that writes to the change table is replaced, and so is the procedure
    that lists them: the privileges to execute it have to be granted again. The first
    statements fail if the log has another owner.

    :param sections: see :func:`.change_log.triggers`
    :param definer: 'user@host', account with whose privileges the triggers run; '' for
        the account that runs the statements
    :param found: :class:`ChangeLogState`
    :param owner: :class:`.change_log_owner.Owner`, None to leave the owner open
    :return: list of SQL statements without delimiter
    """
    wanted = triggers(sections)
    old = [trigger.name for trigger in found.triggers]
    names = dict.fromkeys([*old, *(trigger.name for trigger in wanted)])
    table = _complete_table(found) if found.columns else [_create_table()]
    return [
        _LOCK_WAIT,
        _MODE,
        *_claim(owner),
        *table,
        *map(_drop_trigger, names),
        *(_create_trigger(trigger, definer) for trigger in wanted),
        procedure.DROP,
        procedure.create([trigger.name for trigger in wanted], definer),
    ]


def remove(sections, found, drop_table=False, owner=None):
    """Return the statements that drop the triggers, then the table if requested.

    The procedure that lists the triggers is dropped with the table: as long as there is
    one, it tells that no trigger writes to it. The first statements fail if the log has
    another owner.

    :param found: :class:`ChangeLogState`
    :param owner: :class:`.change_log_owner.Owner`, None for any
    """
    ours = [trigger.name for trigger in triggers(sections)]
    names = dict.fromkeys([*(trigger.name for trigger in found.triggers), *ours])
    table = [f"DROP TABLE IF EXISTS {TABLE}", procedure.DROP] if drop_table else []
    drops = [*map(_drop_trigger, names), *table, owners.DROP]
    return [_LOCK_WAIT, *_claim(owner), *drops]


def _claim(owner):
    return [owners.CREATE, owners.claim(owner)] if owner else []


def grants(account, database):
    """Return the statements that grant a backend's account the privileges it needs.

    :param account: 'user@host' as which Odoo connects to the server
    """
    return [
        grant("SELECT, UPDATE, DELETE", database, TABLE, account),
        grant("SELECT, INSERT, UPDATE", database, owners.OWNER_TABLE, account),
        procedure.grant(database, account),
    ]


def _create_table():
    definitions = [f"{name} {definition}" for name, definition in COLUMNS.items()]
    definitions.append("PRIMARY KEY (id)")
    definitions += [f"KEY {_index(name)}" for name in INDEXES]
    return (
        f"CREATE TABLE IF NOT EXISTS {TABLE} (\n  "
        + ",\n  ".join(definitions)
        + "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"
    )


def _complete_table(found):
    changes = [
        *(_drop_restriction(name, found) for name in restrictions(found)),
        *(_complete_column(name, found) for name in unsuitable_columns(found.columns)),
        *([] if has_primary_key(found) else ["ADD PRIMARY KEY (id)"]),
        *(f"ADD KEY {_index(name)}" for name in missing_indexes(found.indexes)),
    ]
    if found.engine.lower() != "innodb":
        changes.append("ENGINE=InnoDB")
    if not changes:
        return []
    return [f"ALTER TABLE {TABLE}\n  " + ",\n  ".join(changes)]


def _complete_column(name, found):
    verb = "MODIFY COLUMN" if name in found.columns else "ADD COLUMN"
    return f"{verb} {name} {COLUMNS[name]}"


def _drop_restriction(name, found):
    if name in found.foreign_keys:
        return f"DROP FOREIGN KEY {quote_name(name)}"
    return "DROP PRIMARY KEY" if name == "PRIMARY" else f"DROP KEY {quote_name(name)}"


def _index(name):
    return f"{name} ({', '.join(INDEXES[name])})"


def _drop_trigger(name):
    return f"DROP TRIGGER IF EXISTS {quote_name(name)}"


def _create_trigger(trigger, definer):
    who = f"DEFINER={quote_account(definer)} " if definer else ""
    return (
        f"CREATE {who}TRIGGER {quote_name(trigger.name)}"
        f" AFTER {trigger.event} ON {trigger.table} FOR EACH ROW\n{trigger.body}"
    )
