# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent

from ..lib.eligibility import GROUP_DEVICE_IDS
from ..lib.fingerprints import digest_sql
from ..lib.spellings import MARIADB
from ..lib.values import clean_text
from .sharing_adapter import MAC_DIGITS

#: Maximum number of computers that are compared because they share a value. More of
#: them are several machines, and only the first ones are remembered.
MAX_COMPARED = 50

#: OCS table and column, by field of a binding.
SOURCES = {
    "mac_addresses": ("networks", "MACADDR"),
    "board_serial": ("bios", "MSN"),
    "hardware_uuid": ("hardware", "UUID"),
    "ocs_serial": ("bios", "SSN"),
}

#: Expressions that are equal for all spellings of a value, apart from the byte order.
SPELLINGS = {
    field: MARIADB.get(field, MAC_DIGITS).replace("%s", column)
    for field, (_table, column) in SOURCES.items()
}

#: With a limit, which is no limit, MySQL evaluates each expression once for a row, and
#: not again wherever it is used: that takes a third of the time.
_ALL = 2**64 - 1

#: What changes when a computer turns out to be another machine.
_STATE = "CONCAT_WS(' ', hardware.ID, LASTDATE, DEVICEID, NAME, UUID)"
_STATES_DIGEST = digest_sql("GROUP_CONCAT(DISTINCT STATE ORDER BY OWNER)")


class ReportedValue(NamedTuple):
    """Value that several computers in OCS report."""

    #: one of its spellings
    value: str
    #: number of computers that report it
    number: int
    #: the first of them, at most :data:`MAX_COMPARED`: ascending list of hardware.ID
    external_ids: list
    #: digest that changes with the computers, and with each of their inventories
    digest: str


class OcsReportedAdapter(AbstractComponent):
    """Adapter that finds the values that several computers in OCS report.

    Computers that are archived in OCS do not count.
    """

    _name = "ocs.reported.adapter"
    _inherit = "ocs.sharing.adapter"

    def find_reported(self, field):
        """Return the values that several computers report, in one query.

        :param field: key of :data:`SOURCES`
        :return: list of :class:`ReportedValue`, empty if the field is not imported
        """
        table, column = SOURCES[field]
        section = self._section(table)
        if not section or column not in section.columns:
            return []
        owner = (
            "" if table == "hardware" else " JOIN hardware ON hardware.ID = HARDWARE_ID"
        )
        rows = self._query(
            "SELECT MIN(VALUE) AS VALUE, COUNT(DISTINCT OWNER) AS NUMBER,"
            " SUBSTRING_INDEX(GROUP_CONCAT(DISTINCT OWNER ORDER BY OWNER), ',', %s)"
            f" AS OWNERS, {_STATES_DIGEST} AS DIGEST"
            f" FROM (SELECT hardware.ID AS OWNER, {column} AS VALUE, {_STATE} AS STATE,"
            f" {SPELLINGS[field]} AS SPELLING FROM {table}{owner}"
            f" WHERE {column} <> '' AND {self._is_live} LIMIT {_ALL}) AS reported"
            f" GROUP BY {self._equality(field)} HAVING NUMBER > 1",
            (MAX_COMPARED,),
        )
        return [
            ReportedValue(
                clean_text(row["VALUE"]),
                row["NUMBER"],
                [int(each) for each in row["OWNERS"].split(",")],
                row["DIGEST"],
            )
            for row in rows
        ]

    def _equality(self, field):
        """Return an SQL expression that is equal for equal values.

        The first three groups of a UUID may have either byte order.
        """
        if field != "hardware_uuid":
            return "SPELLING"
        bytes_ = (7, 5, 3, 1, 11, 9, 15, 13)
        swapped = ", ".join(f"SUBSTR(SPELLING, {start}, 2)" for start in bytes_)
        return f"LEAST(SPELLING, CONCAT({swapped}, SUBSTR(SPELLING, 17)))"

    @property
    def _is_live(self):
        """SQL condition of the rows of hardware that are computers to import."""
        archived = " AND COALESCE(hardware.ARCHIVE, 0) = 0" if self._has_archive else ""
        groups = ", ".join(f"'{each}'" for each in sorted(GROUP_DEVICE_IDS))
        return f"hardware.DEVICEID NOT IN ({groups}){archived}"

    def read_dates(self, ids):
        """Return the dates of the last inventories of computers.

        :param ids: list of int (hardware.ID), not empty
        :return: dict {hardware.ID: hardware.LASTDATE}
        """
        rows = self._query("SELECT ID, LASTDATE FROM hardware WHERE ID IN %s", (ids,))
        return {row["ID"]: row["LASTDATE"] for row in rows}

    def read_monitor_serials(self, ids):
        """Return the serial numbers of the monitors that computers report now.

        :param ids: list of int (hardware.ID), not empty
        :return: list of pairs of hardware.ID and monitors.SERIAL
        """
        section = self._section("monitors")
        if not section or "SERIAL" not in section.columns:
            return []
        rows = self._query(
            "SELECT HARDWARE_ID AS OWNER, SERIAL FROM monitors"
            " WHERE HARDWARE_ID IN %s AND SERIAL <> ''",
            (ids,),
        )
        return [(row["OWNER"], clean_text(row["SERIAL"])) for row in rows]

    def read_serials(self, ids):
        """Return the serial numbers that computers report now.

        :param ids: list of int (hardware.ID), not empty
        :return: dict {hardware.ID: bios.SSN}, without those that are not in OCS; ''
            for computers without a row in bios
        """
        rows = self._query(
            "SELECT hardware.ID AS OWNER, SSN FROM hardware"
            " LEFT JOIN bios ON bios.HARDWARE_ID = hardware.ID"
            f" WHERE hardware.ID IN %s AND {self._is_live}",
            (ids,),
        )
        return {row["OWNER"]: clean_text(row["SSN"]) for row in rows}
