# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict
from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent

from ..exceptions import OcsConfigurationError
from ..lib import eligibility, errors
from ..lib.identity import EVIDENCE
from ..lib.values import positive_int

#: OCS table and column of the fields of a binding that identify a machine. Its MAC
#: addresses are not among them: they come from several rows of networks.
IDENTIFIERS = {
    "device_id": ("hardware", "DEVICEID"),
    "hardware_uuid": ("hardware", "UUID"),
    "name": ("hardware", "NAME"),
    "ocs_serial": ("bios", "SSN"),
    "board_serial": ("bios", "MSN"),
    "manufacturer": ("bios", "SMANUFACTURER"),
    "model": ("bios", "SMODEL"),
}


class ListedRow(NamedTuple):
    """Row of hardware as the reconciliation needs it."""

    #: hardware.DEVICEID
    device_id: str
    #: hardware.NAME
    name: str = ""
    #: key of a skip reason, None if the computer is imported
    exclusion: str | None = None


class OcsIdentityAdapter(AbstractComponent):
    """Adapter that reads the IDs of computers and the values that identify them."""

    _name = "ocs.identity.adapter"
    _inherit = "ocs.section.adapter"
    _tables = ("deleted_equiv",)

    def search(self, after_id=0, limit=None):
        """Return the IDs of a batch of computers.

        :return: ascending list of int (hardware.ID)
        """
        rows = self._query(
            "SELECT ID FROM hardware WHERE ID > %s ORDER BY ID LIMIT %s",
            (after_id, limit),
        )
        return [row["ID"] for row in rows]

    def list_ids(self, after_id, limit):
        """Return the computers of a batch.

        :return: dict {hardware.ID: :class:`ListedRow`}
        """
        archive = ", ARCHIVE" if self._has_archive else ""
        rows = self._query(
            f"SELECT ID, DEVICEID, NAME{archive} FROM hardware"
            " WHERE ID > %s ORDER BY ID LIMIT %s",
            (after_id, limit),
        )
        return {
            row["ID"]: ListedRow(
                row["DEVICEID"],
                row["NAME"],
                eligibility.exclusion({"hardware": row}),
            )
            for row in rows
        }

    def find_device_ids(self, device_ids):
        """Return those of some device IDs that a computer has.

        :param device_ids: set of str
        :return: set of str (hardware.DEVICEID)
        """
        if not device_ids:
            return set()
        rows = self._query(
            "SELECT DEVICEID FROM hardware WHERE DEVICEID IN %s", (sorted(device_ids),)
        )
        return {row["DEVICEID"] for row in rows}

    def list_dates(self, since, after_id, limit):
        """Return the inventory dates of a batch of recently inventoried computers.

        :param since: datetime, local time of the OCS server
        :return: dict {hardware.ID: hardware.LASTDATE}
        """
        rows = self._query(
            "SELECT ID, LASTDATE FROM hardware WHERE LASTDATE >= %s AND ID > %s"
            " ORDER BY ID LIMIT %s",
            (since, after_id, limit),
        )
        return {row["ID"]: row["LASTDATE"] for row in rows}

    def read_identities(self, ids):
        """Return the imported values that identify computers.

        :param ids: ascending list of int (hardware.ID), not empty
        :return: dict {hardware.ID: dict {field of a binding: value}}, see
            :data:`odoo.addons.connector_ocs.lib.identity.EVIDENCE`
        """
        identities = {each: dict.fromkeys(EVIDENCE, "") for each in ids}
        for section in self._sections:
            found = self._identifiers(section)
            for external_id, row, _digest in (
                self._read_section(section, ids, list(found.values())) if found else ()
            ):
                if external_id in identities:
                    identity = identities[external_id]
                    identity.update((key, row[found[key]]) for key in found)
        for external_id, macs in self._mac_sets(ids).items():
            identities[external_id]["mac_addresses"] = macs
        return identities

    def _identifiers(self, section):
        """:return: dict {field of a binding: column} of the identifiers in a section"""
        return {
            key: column
            for key, (table, column) in IDENTIFIERS.items()
            if table == section.table and column in section.columns
        }

    def _mac_sets(self, ids):
        """:return: dict {hardware.ID: text as on the asset}, if there are any rows"""
        section = self._section("networks")
        rows = defaultdict(list)
        for external_id, row, _digest in (
            self._read_section(section, ids, ["MACADDR"]) if section else ()
        ):
            rows[external_id].append(row)
        blacklist = self.backend_record._blacklist()
        return {each: blacklist.mac_set(rows[each]) for each in ids if each in rows}

    def _section(self, table):
        """Return an imported section, or None."""
        return next((each for each in self._sections if each.table == table), None)

    def find_predecessors(self, ids):
        """Return the former IDs of computers that OCS merged.

        :param ids: list of int (hardware.ID)
        :return: dict {hardware.ID: list of its former IDs, the latest first}, without
            computers that have none (deleted_equiv.EQUIVALENT and DELETED)
        """
        found, successors = {}, {external_id: external_id for external_id in ids}
        while successors:
            older = {}
            for deleted, equivalent in self._equivalences("EQUIVALENT", successors):
                successor = successors[equivalent]
                if deleted != successor and deleted not in found.get(successor, ()):
                    found.setdefault(successor, []).append(deleted)
                    older[deleted] = successor
            successors = older
        return found

    def find_successor(self, external_id):
        """Return the computer into which OCS finally merged another one.

        :param external_id: int, hardware.ID that was removed from OCS
        :return: int, hardware.ID; 0 if OCS has not recorded it
            (deleted_equiv.EQUIVALENT)
        """
        successor, seen = 0, {external_id}
        while external_id:
            pairs = self._equivalences("DELETED", [external_id])
            external_id = next((new for _old, new in pairs if new not in seen), 0)
            seen.add(external_id)
            successor = external_id or successor
        return successor

    def _equivalences(self, column, ids):
        """Return pairs of IDs: a deleted computer and the one it was merged into.

        The columns are texts: OCS stores device IDs there, too. An administrator who
        grants privileges table by table may have omitted this table, which OCS fills
        only if configured to.
        """
        try:
            rows = self._query(
                "SELECT DELETED, EQUIVALENT FROM deleted_equiv"
                f" WHERE {column} IN %s ORDER BY DATE DESC",
                ([str(each) for each in ids],),
            )
        except OcsConfigurationError as error:
            if errors.message_key(error.code) not in ("table_denied", "no_table"):
                raise
            return []
        pairs = [
            (positive_int(row["DELETED"]), positive_int(row["EQUIVALENT"]))
            for row in rows
        ]
        return [pair for pair in pairs if all(pair)]
