"""Load a fleet into an empty OCS database, and clear it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from .computer import Computer
from .schema import NAMES, PUBLISHERS, SECTIONS, VERSIONS, Schema
from .session import fetch, insert, ocs_session

BATCH = 500  # computers in a transaction, and in memory
_FILLED = {"hardware", "bios", "accountinfo", "archive", *SECTIONS}
_CLEARED = _FILLED | {"softwares", "software_name", "deleted_equiv"}


def load(connection, computers: Iterable[Computer], schema_version: int) -> int:
    """Insert computers with their IDs; each batch of 500 is one transaction.

    :param schema_version: GUI_VERSION in ``config`` of the database
    :return: number of inserted entries
    """
    schema = Schema.of_version(schema_version)
    written = 0
    with ocs_session(connection) as cursor:
        if schema.software_dictionary:
            _fill_dictionary(cursor)
        for batch in _batches(computers):
            connection.begin()
            _insert_all(cursor, [schema.adapt(computer.tables) for computer in batch])
            connection.commit()
            written += len(batch)
    return written


def _batches(computers: Iterable[Computer]) -> Iterator[list[Computer]]:
    computers = iter(computers)
    while batch := list(islice(computers, BATCH)):
        yield batch


def _insert_all(cursor, batch: list[dict]) -> None:
    """Insert the rows of many computers by table, ``archive`` after ``hardware``."""
    gathered: dict[str, list[dict]] = {"hardware": []}
    for tables in batch:
        for table, rows in tables.items():
            gathered.setdefault(table, []).extend(rows)
    for table, rows in gathered.items():
        insert(cursor, table, rows)


def _fill_dictionary(cursor) -> None:
    """Insert each text of the catalogue with the ID that ``Schema.adapt`` refers to."""
    dictionaries = {"NAME": NAMES, "PUBLISHER": PUBLISHERS, "VERSION": VERSIONS}
    for column, entries in dictionaries.items():
        table = f"software_{column.lower()}"
        statement = f"INSERT IGNORE INTO {table} ({column}, ID) VALUES (%s, %s)"
        cursor.executemany(statement, list(entries.items()))
    cursor.connection.commit()


def clear(connection) -> None:
    """Empty all tables that a fleet fills. For development only."""
    existing = "SELECT TABLE_NAME AS name FROM information_schema.TABLES"
    with ocs_session(connection) as cursor:
        found = fetch(cursor, f"{existing} WHERE TABLE_SCHEMA = DATABASE()")
        tables = {row["name"] for row in found}
        # TRUNCATE fails for tables with foreign keys to them, such as that of `archive`
        cursor.execute("SET SESSION foreign_key_checks = 0")
        for table in sorted(tables & _CLEARED):
            cursor.execute(f"TRUNCATE TABLE `{table}`")
        cursor.execute("SET SESSION foreign_key_checks = 1")
        for table in sorted(tables & {"software_publisher", "software_version"}):
            # row 1 is 'Unavailable', which belongs to OCS
            cursor.execute(f"DELETE FROM {table} WHERE ID > 1")
            cursor.execute(f"ALTER TABLE {table} AUTO_INCREMENT = 2")
        connection.commit()
