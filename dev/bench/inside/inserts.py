"""The limit without the ORM: the same rows, inserted by batch statements."""

from itertools import chain
from time import perf_counter

from psycopg2.extras import execute_values

BATCH = 500
_BINDINGS = """
    SELECT id, odoo_id FROM ocs_computer_binding
    WHERE backend_id = %s AND external_id = ANY(%s)
"""
_MONITORS = "SELECT id FROM maintenance_equipment WHERE computer_id = ANY(%s)"
#: {table: column, and the key of its values in the result of ``_ids``}
_TABLES = {
    "maintenance_equipment": ("id", "assets"),
    "ocs_computer_binding": ("id", "bindings"),
    "ocs_monitor_binding": ("odoo_id", "monitors"),
    "maintenance_equipment_connection": ("monitor_id", "monitors"),
    "maintenance_equipment_component": ("equipment_id", "computers"),
}
_COLUMNS = """
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
    ORDER BY ordinal_position
"""


def insert_again(cr, backend, ids):
    """Insert the rows of imported computers again, into temporary tables.

    These have the same indexes, but no foreign keys.

    :param ids: of computers in OCS
    :return: number of computers, and the seconds it took
    """
    groups = _ids(cr, backend, ids)
    copies = [_Copy(cr, table, groups[key], by) for table, (by, key) in _TABLES.items()]
    start = perf_counter()
    for copy in copies:
        copy.insert()
    seconds = perf_counter() - start
    cr.rollback()
    return len(groups["computers"]), seconds


def _ids(cr, backend, ids):
    cr.execute(_BINDINGS, (backend.id, ids))
    rows = cr.fetchall()
    computers = [asset for _id, asset in rows]
    cr.execute(_MONITORS, (computers,))
    monitors = list(chain.from_iterable(cr.fetchall()))
    return {
        "bindings": [each for each, _asset in rows],
        "computers": computers,
        "monitors": monitors,
        "assets": computers + monitors,
    }


class _Copy:
    """Rows of a table, and a temporary table with the same columns and indexes."""

    def __init__(self, cr, table, ids, by):
        self.cr = cr
        self.name = f"again_{table}"
        cr.execute(_COLUMNS, (table,))
        columns = cr.fetchall()
        self.columns = ", ".join(f'"{name}"' for name, _type in columns)
        read = ", ".join(
            f'"{name}"::text' if kind == "jsonb" else f'"{name}"'
            for name, kind in columns
        )
        cr.execute(f"SELECT {read} FROM {table} WHERE {by} = ANY(%s)", (ids,))
        self.rows = cr.fetchall()
        cr.execute(f"CREATE TEMPORARY TABLE {self.name} (LIKE {table} INCLUDING ALL)")

    def insert(self):
        """Insert all rows into the temporary table."""
        statement = f"INSERT INTO {self.name} ({self.columns}) VALUES %s"
        execute_values(self.cr._obj, statement, self.rows, page_size=BATCH)
