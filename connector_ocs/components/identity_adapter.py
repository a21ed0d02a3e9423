# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent

from ..exceptions import OcsConfigurationError
from ..lib import eligibility, errors
from ..lib.values import clean_text

#: Table and column of OCS behind the fields of a binding that identify a machine.
IDENTIFIERS = {
    "device_id": ("hardware", "DEVICEID"),
    "hardware_uuid": ("hardware", "UUID"),
    "ocs_serial": ("bios", "SSN"),
}


class OcsIdentityAdapter(AbstractComponent):
    """Reads which computers there are, and what tells them from each other."""

    _name = "ocs.identity.adapter"
    _inherit = "ocs.section.adapter"

    def search(self, after_id=0, limit=None):
        """Ids of a page of computers.

        :return: ascending list of int (hardware.ID)
        """
        rows = self._query(
            "SELECT ID FROM hardware WHERE ID > %s ORDER BY ID LIMIT %s",
            (after_id, limit),
        )
        return [row["ID"] for row in rows]

    def list_ids(self, after_id, limit):
        """Which computers a page has.

        :return: dict {hardware.ID: why it is not imported, or None}
        """
        archive = ", ARCHIVE" if self._has_archive else ""
        rows = self._query(
            f"SELECT ID, DEVICEID{archive} FROM hardware"
            " WHERE ID > %s ORDER BY ID LIMIT %s",
            (after_id, limit),
        )
        return {row["ID"]: eligibility.exclusion({"hardware": row}) for row in rows}

    def list_dates(self, since, after_id, limit):
        """When a page of computers was inventoried, of those that were lately.

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
        """What identifies some computers, as far as it is imported.

        :param ids: ascending list of int (hardware.ID), not empty
        :return: dict {hardware.ID: dict {key of IDENTIFIERS: value}}
        """
        identities = {each: dict.fromkeys(IDENTIFIERS, "") for each in ids}
        sections = {section.table: section for section in self._sections}
        for key, (table, column) in IDENTIFIERS.items():
            section = sections.get(table)
            if section and column in section.columns:
                for external_id, row, _digest in self._read_section(
                    section, ids, [column]
                ):
                    if external_id in identities:
                        identities[external_id][key] = row[column]
        return identities

    def find_shared(self, key, values):
        """Values that several computers of OCS have.

        :param key: key of IDENTIFIERS
        :param values: set of str
        :return: set of those of them
        """
        if not values:
            return set()
        table, column = IDENTIFIERS[key]
        rows = self._query(
            f"SELECT {column} AS VALUE FROM {table} WHERE {column} IN %s",
            (sorted(values),),
        )
        # MariaDB takes texts that differ in case for the same: so do we
        found = [clean_text(row["VALUE"]).casefold() for row in rows]
        return {value for value in values if found.count(value.casefold()) > 1}

    def find_predecessors(self, ids):
        """Computers that OCS replaced by others when it merged them.

        :param ids: list of int (hardware.ID)
        :return: dict {hardware.ID: list of the ids before, the last first}, without
            those that replaced none (deleted_equiv.EQUIVALENT and DELETED)
        """
        found, heirs = {}, {external_id: external_id for external_id in ids}
        while heirs:
            older = {}
            for deleted, equivalent in self._equivalences("EQUIVALENT", heirs):
                heir = heirs[equivalent]
                if deleted != heir and deleted not in found.get(heir, ()):
                    found.setdefault(heir, []).append(deleted)
                    older[deleted] = heir
            heirs = older
        return found

    def find_successor(self, external_id):
        """The computer that replaced another one in the end.

        :param external_id: int, hardware.ID that is gone
        :return: int, 0 when OCS does not say (deleted_equiv.EQUIVALENT)
        """
        successor, seen = 0, {external_id}
        while external_id:
            heirs = self._equivalences("DELETED", [external_id])
            external_id = next((new for _old, new in heirs if new not in seen), 0)
            seen.add(external_id)
            successor = external_id or successor
        return successor

    def _equivalences(self, column, ids):
        """Pairs of ids, a computer and the one that replaced it.

        The columns are texts: OCS notes device ids there, too. Whoever grants rights
        table by table may have left out this one, which OCS fills only if asked to.
        """
        try:
            rows = self._query(
                "SELECT DELETED, EQUIVALENT FROM deleted_equiv"
                f" WHERE {column} IN %s ORDER BY DATE DESC",
                ([str(each) for each in ids],),
            )
        except OcsConfigurationError as error:
            if errors.remedy(error.code) not in ("table_denied", "no_table"):
                raise
            return []
        texts = [
            (clean_text(row["DELETED"]), clean_text(row["EQUIVALENT"])) for row in rows
        ]
        return [
            (int(old), int(new))
            for old, new in texts
            if old.isdigit() and new.isdigit()
        ]
