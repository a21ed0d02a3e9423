# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent, Component
from odoo.addons.connector.exception import IDMissingInBackend

from ..lib import eligibility, fingerprints
from ..lib.aggregation import parse_capacity
from ..lib.values import clean_text

#: Computers read at once; bounds the memory whatever the size of the fleet.
PAGE_SIZE = 500


class Section(NamedTuple):
    """Columns of a table of OCS that belong to one computer."""

    table: str
    columns: tuple
    #: whether a computer has any number of rows there, rather than one
    many: bool = False
    key: str = "HARDWARE_ID"


class Sighting(NamedTuple):
    """A row of hardware as the batch importer wants to know it."""

    external_id: int
    name: str
    #: see :func:`odoo.addons.connector_ocs.lib.eligibility.exclusion`
    exclusion: str | None
    digest: str
    #: hardware.LASTDATE, local time of the OCS server
    last_date: object


class OcsComputerAdapter(AbstractComponent):
    """Reads computers, whole.

    A computer is a nested dict::

        {"hardware": {column: value}, "bios": {…}, "accountinfo": {…},
         "memories": [{column: value}, …], "videos": […], "monitors": […],
         "networks": […]}

    A section of one row is {} where OCS has no row; the rows of the other
    sections come in the order of OCS. Text is clean (see
    :func:`odoo.addons.connector_ocs.lib.values.clean_text`),
    memories.CAPACITY is int (MB) in every version.
    """

    _name = "ocs.computer.adapter"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.computer.binding"

    #: hardware.ARCHIVE is there (from schema 7034 on)
    _has_archive = True
    #: memories.CAPACITY holds the agent's own text (before schema 7050)
    _capacity_is_text = False

    _base_sections = (
        Section(
            "hardware",
            (
                "DEVICEID",
                "NAME",
                "WORKGROUP",
                "OSNAME",
                "OSVERSION",
                "OSCOMMENTS",
                "PROCESSORT",
                "PROCESSORS",
                "PROCESSORN",
                "MEMORY",
                "IPADDR",
                "USERID",
                "UUID",
                "LASTDATE",
            ),
            key="ID",
        ),
        Section(
            "bios",
            (
                "SMANUFACTURER",
                "SMODEL",
                "SSN",
                "TYPE",
                "BMANUFACTURER",
                "BVERSION",
                "BDATE",
            ),
        ),
        Section("accountinfo", ("TAG",)),
        Section("memories", ("CAPACITY",), many=True),
        Section("videos", ("NAME",), many=True),
        Section(
            "monitors",
            ("MANUFACTURER", "CAPTION", "DESCRIPTION", "SERIAL"),
            many=True,
        ),
        Section("networks", ("MACADDR",), many=True),
    )

    #: {table: columns} that another addon wants to map
    _extra_columns = {}

    @property
    def _sections(self):
        """Tables and columns to read, the table hardware first."""
        return [
            section._replace(columns=(*section.columns, *self._more_columns(section)))
            for section in self._base_sections
        ]

    def _more_columns(self, section):
        columns = self._extra_columns.get(section.table, ())
        if self._has_archive and section.table == "hardware":
            return (*columns, "ARCHIVE")
        return columns

    def read(self, external_id):  # pylint: disable=method-required-super
        """One computer, from one snapshot.

        :param external_id: int, hardware.ID
        :return: nested dict
        :raises IDMissingInBackend: OCS has no such computer (any more)
        """
        with self._snapshot():
            computers = self._read_range(external_id, external_id)
        if not computers:
            raise IDMissingInBackend(
                self.env._(
                    "OCS has no computer with the id %s (any more).", external_id
                )
            )
        return computers[external_id]

    def read_page(self, after_id=0, limit=PAGE_SIZE):
        """Computers in the order of their ids, one query for each section.

        :param after_id: int, hardware.ID that the page comes after
        :param limit: int, computers in the page at most
        :return: dict {hardware.ID: nested dict}
        """
        with self._snapshot():
            ids = self.search(after_id, limit)
            return self._read_range(ids[0], ids[-1]) if ids else {}

    def search(self, after_id=0, limit=PAGE_SIZE):
        """Ids of a page of computers.

        :return: ascending list of int (hardware.ID)
        """
        rows = self._query(
            "SELECT ID FROM hardware WHERE ID > %s ORDER BY ID LIMIT %s",
            (after_id, limit),
        )
        return [row["ID"] for row in rows]

    def scan(self, after_id=0, limit=PAGE_SIZE):
        """What a page of computers looks like now, to find the changed ones.

        :return: list of :class:`Sighting` in the order of their ids
        """
        return [
            Sighting(
                external_id,
                computer["hardware"]["NAME"],
                eligibility.exclusion(computer),
                self.digest(computer),
                computer["hardware"]["LASTDATE"],
            )
            for external_id, computer in self.read_page(after_id, limit).items()
        ]

    def digest(self, computer):
        """Digest of a computer; differs as soon as what is imported differs.

        :param computer: nested dict, as ``read`` gives it
        """
        return fingerprints.digest(computer)

    def search_orphans(self, limit=100):
        """Ids that have rows in a section, but no computer.

        :param limit: int, ids of each section at most
        :return: dict {HARDWARE_ID: list of tables}
        """
        orphans = {}
        for section in self._sections:
            if section.table == "hardware":
                continue
            rows = self._query(
                f"SELECT DISTINCT HARDWARE_ID FROM {section.table} AS section"
                " WHERE NOT EXISTS (SELECT 1 FROM hardware"
                " WHERE hardware.ID = section.HARDWARE_ID)"
                " ORDER BY HARDWARE_ID LIMIT %s",
                (limit,),
            )
            for row in rows:
                orphans.setdefault(row["HARDWARE_ID"], []).append(section.table)
        return orphans

    def check_columns(self):
        """Read no row of every table, to know that the columns are there.

        :raises OcsConfigurationError: names the missing table, column or right
        """
        for section in self._sections:
            columns = ", ".join((section.key, *section.columns))
            self._query(f"SELECT {columns} FROM {section.table} LIMIT 0")

    def _read_range(self, first, last):
        computers = {}
        for section in self._sections:
            for external_id, row in self._read_section(section, first, last):
                if section.table == "hardware":
                    computers[external_id] = self._empty_computer()
                if external_id not in computers:  # rows that lost their computer
                    continue
                if section.many:
                    computers[external_id][section.table].append(row)
                else:
                    computers[external_id][section.table] = row
        return computers

    def _empty_computer(self):
        return {section.table: [] if section.many else {} for section in self._sections}

    def _read_section(self, section, first, last):
        """Pairs of hardware.ID and row, in the order of OCS."""
        columns = ", ".join(section.columns)
        order = f"{section.key}, ID" if section.many else section.key
        rows = self._query(
            f"SELECT {section.key} AS OWNER, {columns} FROM {section.table}"
            f" WHERE {section.key} BETWEEN %s AND %s ORDER BY {order}",
            (first, last),
        )
        for row in rows:
            external_id = row.pop("OWNER")
            yield external_id, self._clean_row(section, row)

    def _clean_row(self, section, row):
        row = {
            column: value if isinstance(value, int | datetime) else clean_text(value)
            for column, value in row.items()
        }
        if section.table == "memories":
            row["CAPACITY"] = self._capacity(row["CAPACITY"])
        return row

    def _capacity(self, value):
        return parse_capacity(value) if self._capacity_is_text else value or 0


class OcsComputerAdapter27(Component):
    """OCS 2.7 and before."""

    _name = "ocs.computer.adapter.2.7"
    _inherit = "ocs.computer.adapter"
    _ocs_versions = ("2.7",)
    _has_archive = False
    _capacity_is_text = True


class OcsComputerAdapter28(Component):
    """OCS 2.8 to 2.9.0."""

    _name = "ocs.computer.adapter.2.8"
    _inherit = "ocs.computer.adapter"
    _ocs_versions = ("2.8",)
    _capacity_is_text = True


class OcsComputerAdapter291(Component):
    """OCS 2.9.1 and later."""

    _name = "ocs.computer.adapter.2.9.1"
    _inherit = "ocs.computer.adapter"
    _ocs_versions = ("2.9.1",)
