"""Computers that change in OCS, and are at the end what they were."""

import pymysql

#: What may change on a computer: table, the row's own key, the computer's id, column.
CHANGED = (
    ("memories", "ID", "HARDWARE_ID", "CAPACITY"),
    ("bios", "HARDWARE_ID", "HARDWARE_ID", "BVERSION"),
    # every computer has that, so it comes last
    ("hardware", "ID", "ID", "MEMORY"),
)


class Changes:
    """Changes of computers; a context manager that takes them back.

    :param connection: dict of host, port, user, password and database; may write
    """

    def __init__(self, connection):
        self.connection = pymysql.connect(**connection, autocommit=True)
        self._former = []

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        with self.connection.cursor() as cursor:
            for statement, rows in reversed(self._former):
                cursor.executemany(statement, rows)
        self.connection.close()

    def apply(self, ids):
        """Let something change on each of some computers.

        On a third of them each: a memory module, the BIOS, the memory as a whole.

        :param ids: list of hardware.ID
        """
        left = set(ids)
        for turn, source in enumerate(CHANGED):
            share = sorted(left)[:: len(CHANGED) - turn]
            left -= self._change(*source, share)
        if left:
            raise ValueError(f"OCS has no such computers: {sorted(left)[:10]}")

    def _change(self, table, key, owner, column, ids):
        """Change a column; return the computers that have something there."""
        found = self._rows(table, key, owner, column, ids)
        rows = list(found.values())
        statement = f"UPDATE {table} SET {column} = %s WHERE {key} = %s"
        with self.connection.cursor() as cursor:
            cursor.executemany(
                statement, [(another(column, old), row) for row, old in rows]
            )
        self._former.append((statement, [(old, row) for row, old in rows]))
        return set(found)

    def _rows(self, table, key, owner, column, ids):
        """:return: dict {computer: key and value of one row}"""
        if not ids:
            return {}
        query = f"SELECT {owner}, {key}, {column} FROM {table} WHERE {owner} IN %s"
        with self.connection.cursor() as cursor:
            cursor.execute(query, (ids,))
            return {each: (row, value) for each, row, value in cursor}


def another(column, value):
    """Return what a column may hold after ``value``."""
    return f"{value or ''}+" if column == "BVERSION" else (value or 0) + 1024
