"""Changes of computers in OCS, which are undone at the end."""

import pymysql

#: Columns to change: table, its key, its column with hardware.ID, column.
CHANGEABLE = (
    ("memories", "ID", "HARDWARE_ID", "CAPACITY"),
    ("bios", "HARDWARE_ID", "HARDWARE_ID", "BVERSION"),
    # every computer has this one, so it comes last
    ("hardware", "ID", "ID", "MEMORY"),
)


class Changes:
    """Context manager that changes computers, and undoes the changes.

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
        """Change each of some computers.

        A third of them each get another memory module, BIOS version or total memory.

        :param ids: list of hardware.ID
        """
        unchanged = set(ids)
        for turn, source in enumerate(CHANGEABLE):
            share = sorted(unchanged)[:: len(CHANGEABLE) - turn]
            unchanged -= self._change(*source, share)
        if unchanged:
            raise ValueError(
                f"These computers are not in OCS: {sorted(unchanged)[:10]}"
            )

    def _change(self, table, key, owner, column, ids):
        """Change a column, and return the computers that have a row in the table."""
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
        """Return one row of each computer: {hardware.ID: (key, value)}."""
        if not ids:
            return {}
        query = f"SELECT {owner}, {key}, {column} FROM {table} WHERE {owner} IN %s"
        with self.connection.cursor() as cursor:
            cursor.execute(query, (ids,))
            return {each: (row, value) for each, row, value in cursor}


def another(column, value):
    """Return a valid value of a column that differs from ``value``."""
    return f"{value or ''}+" if column == "BVERSION" else (value or 0) + 1024
