"""A database session as OCS's engine has it.

Works with any cursor class of PyMySQL, and without importing it.
"""

from contextlib import contextmanager


@contextmanager
def ocs_session(connection):
    """Give a cursor without strict mode: zero dates load, what is too long is cut.

    The caller's mode comes back at the end. What was not committed is rolled back.
    """
    cursor = connection.cursor()
    mode = fetch(cursor, "SELECT @@SESSION.sql_mode AS mode")[0]["mode"]
    cursor.execute("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'")
    try:
        yield cursor
    finally:
        connection.rollback()
        cursor.execute("SET SESSION sql_mode = %s", (mode,))
        cursor.close()


def fetch(cursor, query: str, arguments=()) -> list[dict]:
    """The rows of a query as {column: value}."""
    cursor.execute(query, arguments)
    names = [column[0] for column in cursor.description]
    return [_as_dictionary(names, row) for row in cursor.fetchall()]


def _as_dictionary(names: list[str], row) -> dict:
    return row if isinstance(row, dict) else dict(zip(names, row, strict=True))


def insert(cursor, table: str, rows: list[dict]) -> None:
    """Insert rows that need not have the same columns: a missing one is NULL."""
    if not rows:
        return
    columns = list(dict.fromkeys(column for row in rows for column in row))
    names = ", ".join(f"`{column}`" for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    values = [tuple(row.get(column) for column in columns) for row in rows]
    cursor.executemany(f"INSERT INTO `{table}` ({names}) VALUES ({marks})", values)
