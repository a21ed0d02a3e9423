# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent

from ..lib.eligibility import GROUP_DEVICE_IDS
from ..lib.fingerprints import digest_sql
from ..lib.identifiers import plain_mac, plain_serial
from ..lib.spellings import MARIADB, mac_spellings, simplified_spellings
from .computer_adapter_identity import IDENTIFIERS

#: OCS tables and columns that hold serial numbers and MAC addresses.
SERIAL_COLUMNS = {"bios": {"SSN", "MSN"}, "monitors": {"SERIAL"}}
MAC_COLUMNS = {"networks": {"MACADDR"}}

#: Digits of a MAC address in any notation.
MAC_DIGITS = "REPLACE(REPLACE(REPLACE(UPPER(MACADDR), ':', ''), '-', ''), '.', '')"

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


class OcsSharedAdapter(AbstractComponent):
    """Adapter that finds the values that several computers in OCS share.

    Values are equal in any spelling. For ``find_reported``, computers that are archived
    in OCS do not count.
    """

    _name = "ocs.shared.adapter"
    _inherit = "ocs.section.adapter"

    def find_shared(self, key, values):
        """Return the values that several computers in OCS share, in any spelling.

        :param key: field of a binding
        :param values: set of str; only computers with exactly the same set of MAC
            addresses share it
        :return: set of str, a subset of ``values``
        """
        forms = {value: self._forms(key, value) for value in values}
        wanted = sorted(value for value in values if forms[value])
        if not wanted:
            return set()
        if key == "mac_addresses":
            found = self._read_mac_sets(
                {mac for macs in forms.values() for mac in macs}
            )
        else:
            found = self._read_values(key, wanted)
        counts = Counter(self._forms(key, value) for value in found)
        return {value for value in wanted if counts[forms[value]] > 1}

    def _forms(self, key, value):
        """Return the normal forms of a value: frozenset, empty for a placeholder."""
        blacklist = self.backend_record._blacklist()
        return frozenset(blacklist.normal_forms(key, value or ""))

    def _read_values(self, key, values):
        table, column, spellings = self._spellings(key, values)
        rows = self._query(
            f"SELECT {IDENTIFIERS[key][1]} AS VALUE FROM {table} WHERE {column} IN %s",
            (spellings,),
        )
        return [row["VALUE"] for row in rows]

    def _read_mac_sets(self, macs):
        rows = self._query(
            "SELECT DISTINCT HARDWARE_ID AS OWNER FROM networks WHERE MACADDR IN %s",
            (_mac_spellings(macs),),
        )
        owners = sorted(row["OWNER"] for row in rows)
        return self._mac_sets(owners).values() if owners else []

    def _spellings(self, key, values):
        """Return how to search for values in any spelling.

        :return: name of the OCS table, expression, list of what it is compared with
        """
        table, column = IDENTIFIERS[key]
        spellings = {
            each for value in values for each in simplified_spellings(key, value)
        }
        return table, MARIADB.get(key, "%s") % column, sorted(spellings)

    def find_shared_keys(self, identity):
        """Return the fields whose value several computers in OCS share, in one query.

        :param identity: dict {field of a binding: value}; MAC addresses as on the
            asset: a computer that has all of them and others counts, too
        :return: set of fields of a binding
        """
        queries, parameters = [], []
        for key, value in identity.items():
            forms = self._forms(key, value)
            if forms:
                query, values = self._holders_query(key, value, forms)
                queries.append(
                    f"SELECT '{key}' AS NAME, COUNT(*) AS HOLDERS FROM {query}"
                )
                parameters += values
        rows = self._query(" UNION ALL ".join(queries), parameters) if queries else ()
        return {row["NAME"] for row in rows if row["HOLDERS"] > 1}

    def _holders_query(self, key, value, forms):
        in_ocs = "SELECT ID FROM hardware"
        if self._has_archive:
            in_ocs += " WHERE COALESCE(ARCHIVE, 0) = 0"
        if key != "mac_addresses":
            table, column, spellings = self._spellings(key, [value])
            owner = "ID" if table == "hardware" else "HARDWARE_ID"
            condition = f"{column} IN %s AND {owner} IN ({in_ocs})"
            return f"{table} WHERE {condition}", [spellings]
        query = (
            "(SELECT HARDWARE_ID FROM networks WHERE MACADDR IN %s"
            f" AND HARDWARE_ID IN ({in_ocs})"
            f" GROUP BY HARDWARE_ID HAVING COUNT(DISTINCT {MAC_DIGITS}) = %s)"
            " AS holders"
        )
        return query, [_mac_spellings(forms), len(forms)]

    def find_holders(self, serials, macs):
        """Return the computers that have one of the given values in imported sections.

        :param serials: set of str: serial numbers of computers, boards and monitors
        :param macs: set of str
        :return: list of int (hardware.ID)
        """
        serials = sorted({plain_serial(each) for each in serials})
        macs = _mac_spellings({plain_mac(each) for each in macs} - {""})
        found = set()
        for sources, expression, values in (
            (SERIAL_COLUMNS, MARIADB["ocs_serial"], serials),
            (MAC_COLUMNS, "%s", macs),
        ):
            for table, columns in sources.items() if values else ():
                for column in columns & self._columns(table):
                    rows = self._query(
                        f"SELECT DISTINCT HARDWARE_ID AS OWNER FROM {table}"
                        f" WHERE {expression % column} IN %s",
                        (values,),
                    )
                    found.update(row["OWNER"] for row in rows)
        return sorted(found)

    def _columns(self, table):
        """Return the imported columns of a table."""
        section = self._section(table)
        return set(section.columns) if section else set()

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
                row["VALUE"],
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
        return [(row["OWNER"], row["SERIAL"]) for row in rows]

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
        return {row["OWNER"]: row["SSN"] for row in rows}


def _mac_spellings(macs):
    """Return all notations of MAC addresses: sorted list."""
    return sorted({each for mac in macs for each in mac_spellings(mac)})
