"""Statements of OCS's server and console, in their order.

The server writes an inventory in one transaction; the console commits each statement.
"""

from datetime import datetime

from .computer import Computer
from .schema import SECTION_MASKS, Schema
from .session import fetch, insert

_WITH_HARDWARE_ID = """
    SELECT TABLE_NAME AS name
    FROM information_schema.COLUMNS JOIN information_schema.TABLES
    USING (TABLE_SCHEMA, TABLE_NAME)
    WHERE TABLE_SCHEMA = DATABASE()
      AND COLUMN_NAME = 'HARDWARE_ID'
      AND TABLE_TYPE = 'BASE TABLE'
    ORDER BY TABLE_NAME
"""
_HIGHEST_IDS = """
    SELECT MAX(ID) AS highest FROM hardware UNION SELECT MAX(HARDWARE_ID) FROM bios
"""


class Engine:
    """OCS at the time ``now`` (its local time).

    :param cursor: of :func:`.session.ocs_session`
    """

    def __init__(self, connection, cursor, now: datetime):
        self.connection = connection
        self.cursor = cursor
        self.now = now.replace(microsecond=0)
        self.schema = Schema.of_database(cursor)

    def rows(self, table: str, hardware_id: int) -> list[dict]:
        """Return the rows of one computer in ``table``, in OCS's order."""
        key = "ID" if table == "hardware" else "HARDWARE_ID"
        query = f"SELECT * FROM `{table}` WHERE {key} = %s ORDER BY 1"
        return fetch(self.cursor, query, (hardware_id,))

    def sections(self) -> list[str]:
        """Return the tables with several rows for one computer."""
        software = "software" if self.schema.software_dictionary else "softwares"
        return [table for table in SECTION_MASKS if table != "hardware"] + [software]

    def highest_id(self) -> int:
        """Return the highest hardware ID, including that of orphaned rows."""
        found = fetch(self.cursor, _HIGHEST_IDS)
        return max((row["highest"] or 0 for row in found), default=0)

    def inventory(self, hardware_id: int, sections=None, **hardware) -> None:
        """Write an inventory with changed sections and columns of ``hardware``.

        The rows of a changed section, and those of ``bios``, are deleted and inserted,
        so that they have new IDs.

        :param sections: {table: all its rows}; their IDs are ignored
        """
        written = {"bios": self.rows("bios", hardware_id)} | (sections or {})
        mask = sum(SECTION_MASKS.get(table, 0) for table in ("hardware", *written))
        self._contact(hardware_id, mask, hardware)
        for table, rows in written.items():
            self._delete_from(table, hardware_id)
            self._insert(table, hardware_id, rows)
        self.connection.commit()

    def _contact(self, hardware_id: int, mask: int, values: dict) -> None:
        values = values | {"LASTDATE": self.now, "LASTCOME": self.now}
        assignments = ", ".join(f"`{column}` = %s" for column in values)
        self.cursor.execute(
            "UPDATE hardware SET CHECKSUM = CHECKSUM | %s, FIDELITY = FIDELITY + 1, "
            f"{assignments} WHERE ID = %s",
            (mask, *values.values(), hardware_id),
        )

    def first_inventory(self, computer: Computer) -> None:
        """Write the first inventory of a computer."""
        tables = self.schema.adapt(computer.tables)
        self._insert_hardware(computer.id, tables.pop("hardware"))
        for table, rows in tables.items():
            self._insert(table, computer.id, rows)
        self.connection.commit()

    def reinstall(self, hardware_id: int, new_id: int, device_id: str) -> None:
        """Write the inventory of a reinstalled agent, and merge the two rows.

        The new row is committed before OCS finds that it is the same machine.
        """
        self.register_again(hardware_id, new_id, device_id)
        self.merge(hardware_id, new_id)

    def register_again(self, hardware_id: int, new_id: int, device_id: str) -> None:
        """Write the first inventory of a reinstalled agent."""
        own = [_without(row, "ARCHIVE") for row in self.rows("hardware", hardware_id)]
        self._insert_hardware(new_id, own, DEVICEID=device_id)
        for table in ("bios", *self.sections()):
            self._insert(table, new_id, self.rows(table, hardware_id))
        self._insert("accountinfo", new_id, [{"TAG": "NA"}])
        self.connection.commit()

    def merge(self, hardware_id: int, new_id: int) -> None:
        """Merge two rows of one machine: move the TAG, and delete the old row.

        The merge is recorded in ``deleted_equiv`` if TRACE_DELETED is enabled.
        """
        for old in self.rows("accountinfo", hardware_id):
            move = "UPDATE accountinfo SET TAG = %s WHERE HARDWARE_ID = %s"
            self.cursor.execute(move, (old["TAG"], new_id))
        for table in self._tables_with_hardware_id():
            self._delete_from(table, hardware_id)
        self.cursor.execute("DELETE FROM hardware WHERE ID = %s", (hardware_id,))
        self._trace(hardware_id, new_id)
        self.connection.commit()

    def delete(self, hardware_id: int) -> None:
        """Delete in the console: every table with a HARDWARE_ID, then hardware."""
        self.delete_sections(hardware_id)
        self._console("DELETE FROM hardware WHERE ID = %s", hardware_id)
        self._trace(hardware_id, None)
        self.connection.commit()

    def delete_sections(self, hardware_id: int) -> None:
        """Delete all rows but those of hardware, as the console does first."""
        for table in self._tables_with_hardware_id():
            self._delete_from(table, hardware_id)
            self.connection.commit()

    def renumber(self, ids: dict[int, int]) -> None:
        """Give computers other IDs, as a server does to which they report anew.

        :param ids: {hardware ID: new one}
        """
        tables = ["bios", "accountinfo", *self.sections()]
        tables += ["archive"] if self.schema.archive else []
        rows = {
            hardware_id: {
                table: self.rows(table, hardware_id) for table in ("hardware", *tables)
            }
            for hardware_id in ids
        }
        for hardware_id in ids:
            for table in tables:
                self._delete_from(table, hardware_id)
            self.cursor.execute("DELETE FROM hardware WHERE ID = %s", (hardware_id,))
        for hardware_id, new_id in ids.items():
            hardware = rows[hardware_id].pop("hardware")
            insert(self.cursor, "hardware", [row | {"ID": new_id} for row in hardware])
            for table, found in rows[hardware_id].items():
                self._insert(table, new_id, found)
        self.connection.commit()

    def tag(self, hardware_id: int, tag: str) -> None:
        """Set the TAG in the console, without changing a date or CHECKSUM."""
        change = "UPDATE accountinfo SET TAG = %s WHERE HARDWARE_ID = %s"
        self._console(change, tag, hardware_id)

    def archive(self, hardware_id: int) -> None:
        self._console("INSERT INTO archive (HARDWARE_ID) VALUES (%s)", hardware_id)
        self._console("UPDATE hardware SET ARCHIVE = 1 WHERE ID = %s", hardware_id)

    def unarchive(self, hardware_id: int) -> None:
        self._console("DELETE FROM archive WHERE HARDWARE_ID = %s", hardware_id)
        self._console("UPDATE hardware SET ARCHIVE = NULL WHERE ID = %s", hardware_id)

    def _console(self, statement: str, *arguments) -> None:
        self.cursor.execute(statement, arguments)
        self.connection.commit()

    def _insert_hardware(self, hardware_id: int, rows: list[dict], **values) -> None:
        now = {"LASTDATE": self.now, "LASTCOME": self.now, "FIDELITY": 1}
        values = values | now | {"ID": hardware_id}
        insert(self.cursor, "hardware", [row | values for row in rows])

    def _insert(self, table: str, hardware_id: int, rows: list[dict]) -> None:
        """Insert rows with new IDs of the database."""
        insert(
            self.cursor,
            table,
            [_without(row, "ID") | {"HARDWARE_ID": hardware_id} for row in rows],
        )

    def _delete_from(self, table: str, hardware_id: int) -> None:
        statement = f"DELETE FROM `{table}` WHERE HARDWARE_ID = %s"
        self.cursor.execute(statement, (hardware_id,))

    def _tables_with_hardware_id(self) -> list[str]:
        return [row["name"] for row in fetch(self.cursor, _WITH_HARDWARE_ID)]

    def _trace(self, deleted: int, equivalent: int | None) -> None:
        query = "SELECT 1 FROM config WHERE NAME = 'TRACE_DELETED' AND IVALUE > 0"
        if fetch(self.cursor, query):
            trace = {"DELETED": deleted, "EQUIVALENT": equivalent}
            insert(self.cursor, "deleted_equiv", [trace])


def _without(row: dict, name: str) -> dict:
    return {column: value for column, value in row.items() if column != name}
