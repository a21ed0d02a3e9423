"""A database session like those of OCS's server.

It works with any cursor class of PyMySQL, and does not import PyMySQL.
"""

from contextlib import contextmanager


@contextmanager
def ocs_session(connection):
    """Yield a cursor without strict mode: zero dates are valid, long texts truncated.

    At the end, the original mode is restored, and uncommitted changes are rolled back.
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
    """Return the rows of a query as {column: value}."""
    cursor.execute(query, arguments)
    names = [column[0] for column in cursor.description]
    return [_as_dictionary(names, row) for row in cursor.fetchall()]


def _as_dictionary(names: list[str], row) -> dict:
    return row if isinstance(row, dict) else dict(zip(names, row, strict=True))


def insert(cursor, table: str, rows: list[dict]) -> None:
    """Insert rows, which may have different columns: missing ones are NULL."""
    if not rows:
        return
    columns = list(dict.fromkeys(column for row in rows for column in row))
    names = ", ".join(f"`{column}`" for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    values = [tuple(row.get(column) for column in columns) for row in rows]
    cursor.executemany(f"INSERT INTO `{table}` ({names}) VALUES ({marks})", values)
