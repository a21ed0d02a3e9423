# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent, Component
from odoo.addons.connector.exception import IDMissingInBackend

from ..lib import eligibility, fingerprints
from ..lib.sections import BATTERIES, Section

#: Computers read at once, which limits memory use whatever the size of the fleet.
BATCH_SIZE = 500

#: Columns of hardware from which a :class:`ScannedRow` is built.
_SCANNED_COLUMNS = ("DEVICEID", "NAME", "LASTDATE", "ARCHIVE")


class ScannedRow(NamedTuple):
    """Row of hardware as the detectors need it."""

    external_id: int
    name: str
    #: see :func:`odoo.addons.connector_ocs.lib.eligibility.exclusion`
    exclusion: str | None
    #: {table: digest} of the columns that an import reads
    digests: dict
    #: hardware.LASTDATE, local time of the OCS server
    last_date: object


class OcsComputerAdapter(AbstractComponent):
    """Adapter that reads computers with all their sections.

    A computer is a nested dict::

        {"hardware": {column: value}, "bios": {…}, "accountinfo": {…},
         "memories": [{column: value}, …], "videos": […], "monitors": […],
         "networks": […], "cpus": […], "storages": […], "drives": […],
         "batteries": […], "digests": {table: digest}}

    A section that the backend does not import, or that the schema lacks, is absent. A
    section of a single row has '' in all its columns if OCS has no row; a column that
    OCS lacks is absent. The rows of the other sections come in the order of OCS. Text
    is clean, as everything that adapters read, and memories.CAPACITY is int (MB) in
    every version.
    """

    _name = "ocs.computer.adapter"
    _inherit = ["ocs.identity.adapter", "ocs.survey.adapter", "ocs.monitor.adapter"]
    _apply_on = "ocs.computer.binding"

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
                "MSN",
                "TYPE",
                "BMANUFACTURER",
                "BVERSION",
                "BDATE",
                "ASSETTAG",
                "MMANUFACTURER",
                "MMODEL",
            ),
        ),
        Section("accountinfo", ("TAG",), has_custom_columns=True),
        Section(
            "memories",
            (
                "CAPACITY",
                "CAPTION",
                "DESCRIPTION",
                "TYPE",
                "SPEED",
                "NUMSLOTS",
                "SERIALNUMBER",
            ),
            many=True,
        ),
        Section(
            "videos",
            ("NAME", "CHIPSET", "MEMORY", "RESOLUTION"),
            many=True,
            ordered=True,
            volatile=("RESOLUTION",),
        ),
        Section(
            "monitors",
            ("MANUFACTURER", "CAPTION", "DESCRIPTION", "SERIAL"),
            many=True,
        ),
        Section(
            "networks",
            (
                "MACADDR",
                "DESCRIPTION",
                "TYPE",
                "SPEED",
                "STATUS",
                "IPADDRESS",
                "VIRTUALDEV",
            ),
            many=True,
            volatile=("SPEED", "STATUS"),
        ),
        Section(
            "cpus",
            ("MANUFACTURER", "TYPE", "SPEED", "CORES", "LOGICAL_CPUS", "SOCKET"),
            many=True,
            volatile=("SPEED",),
            optional=True,
        ),
        Section(
            "storages",
            (
                "MANUFACTURER",
                "NAME",
                "MODEL",
                "DESCRIPTION",
                "TYPE",
                "DISKSIZE",
                "SERIALNUMBER",
                "FIRMWARE",
            ),
            many=True,
            optional=True,
        ),
        Section(
            "drives",
            ("LETTER", "TYPE", "FILESYSTEM", "TOTAL", "FREE", "VOLUMN"),
            many=True,
            volatile=("FREE",),
            optional=True,
        ),
        BATTERIES,
    )

    # The base class only says that it is not implemented.
    def read(self, external_id):  # pylint: disable=method-required-super
        """Return one computer, from one snapshot.

        :param external_id: int, hardware.ID
        :return: nested dict
        :raises IDMissingInBackend: OCS does not have this computer, or no longer has it
        """
        with self._snapshot():
            computers = self._read_computers([external_id])
        if not computers:
            raise IDMissingInBackend(
                self.env._("OCS has no computer with the ID %s.", external_id)
            )
        return computers[external_id]

    def read_many(self, ids):
        """Return some computers, from one snapshot, by one query for each section.

        :param ids: ascending list of int (hardware.ID)
        :return: dict {hardware.ID: nested dict} of those that OCS has, in that order
        """
        with self._snapshot():
            return self._read_computers(ids)

    def scan(self, after_id=0, limit=BATCH_SIZE):
        """Return a batch of computers with their digests, to find the changed ones.

        :return: list of :class:`ScannedRow` in the order of their IDs
        """
        return self.scan_ids(self.search(after_id, limit))

    def scan_ids(self, ids):
        """Return some computers with their digests.

        :param ids: ascending list of int (hardware.ID)
        :return: list of :class:`ScannedRow` in the order of their IDs, without those
            that OCS does not have
        """
        if not ids:
            return []
        hardware, *others = self._sections
        columns = [column for column in _SCANNED_COLUMNS if column in hardware.columns]
        digests = {section.table: self._digests(section, ids) for section in others}
        return [
            ScannedRow(
                external_id,
                row["NAME"],
                eligibility.exclusion({"hardware": row}),
                {"hardware": fingerprints.section_digest([digest])}
                | {
                    table: found.get(external_id, "")
                    for table, found in digests.items()
                },
                row["LASTDATE"],
            )
            for external_id, row, digest in self._read_section(hardware, ids, columns)
        ]

    def _read_computers(self, ids):
        """Return the computers that OCS has: dict {hardware.ID: nested dict}."""
        computers = {}
        for section in self._sections if ids else ():
            found = self._read_whole(section, ids)
            if section.table == "hardware":
                computers = {each: {"digests": {}} for each in ids if each in found}
            for external_id, computer in computers.items():
                rows, digest = found.get(external_id, ([], ""))
                computer["digests"][section.table] = digest
                computer[section.table] = rows if section.many else _row(section, rows)
        return computers

    def search_orphans(self, limit=100):
        """Return the IDs that have rows in a section, but no computer.

        :param limit: int, maximum number of IDs per section
        :return: dict {HARDWARE_ID: list of tables}
        """
        orphans = {}
        for section in self._sections[1:]:
            rows = self._query(
                f"SELECT DISTINCT HARDWARE_ID FROM {section.ocs_table} AS section"
                " WHERE NOT EXISTS (SELECT 1 FROM hardware"
                " WHERE hardware.ID = section.HARDWARE_ID)"
                " ORDER BY HARDWARE_ID LIMIT %s",
                (limit,),
            )
            for row in rows:
                orphans.setdefault(row["HARDWARE_ID"], []).append(section.table)
        return orphans


def _row(section, rows):
    """Return the row of a section with one row, or one of empty columns."""
    return rows[-1] if rows else dict.fromkeys(section.columns, "")


class OcsComputerAdapter27(Component):
    """OCS 2.7 and before."""

    _name = "ocs.computer.adapter.2.7"
    _inherit = "ocs.computer.adapter"
    _ocs_versions = ("2.7",)
    _schema_has_archive = False
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
