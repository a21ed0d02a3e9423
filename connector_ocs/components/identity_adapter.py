# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.addons.component.core import AbstractComponent

from ..exceptions import OcsConfigurationError
from ..lib import eligibility, errors
from ..lib.identity import FIELDS
from ..lib.values import clean_text

#: Table and column of OCS behind the fields of a binding that identify a machine; its
#: MAC addresses have as many rows of networks.
IDENTIFIERS = {
    "device_id": ("hardware", "DEVICEID"),
    "hardware_uuid": ("hardware", "UUID"),
    "name": ("hardware", "NAME"),
    "ocs_serial": ("bios", "SSN"),
    "board_serial": ("bios", "MSN"),
}

#: Where serial numbers and MAC addresses are.
SERIAL_COLUMNS = {"bios": ("SSN", "MSN"), "monitors": ("SERIAL",)}
MAC_COLUMNS = {"networks": ("MACADDR",)}


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
        :return: dict {hardware.ID: dict {field of a binding: value}}, see
            :data:`odoo.addons.connector_ocs.lib.identity.FIELDS`
        """
        identities = {each: dict.fromkeys(FIELDS.values(), "") for each in ids}
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
        """:return: dict {field of a binding: column} of what a section has of them"""
        return {
            key: column
            for key, (table, column) in IDENTIFIERS.items()
            if table == section.table and column in section.columns
        }

    def _mac_sets(self, ids):
        """:return: dict {hardware.ID: text as the asset has it}, without the empty"""
        section = self._section("networks")
        rows = defaultdict(list)
        for external_id, row, _digest in (
            self._read_section(section, ids, ["MACADDR"]) if section else ()
        ):
            rows[external_id].append(row)
        blacklist = self.backend_record._blacklist()
        return {each: blacklist.mac_set(rows[each]) for each in ids if each in rows}

    def _section(self, table):
        """A section that is imported, or None."""
        return next((each for each in self._sections if each.table == table), None)

    def find_shared(self, key, values):
        """Values that several computers of OCS have.

        :param key: field of a binding
        :param values: set of str
        :return: set of those of them
        """
        if not values:
            return set()
        if key == "mac_addresses":
            return self._shared_mac_sets(values)
        table, column = IDENTIFIERS[key]
        rows = self._query(
            f"SELECT {column} AS VALUE FROM {table} WHERE {column} IN %s",
            (sorted(values),),
        )
        # MariaDB takes texts that differ in case for the same: so do we
        found = [clean_text(row["VALUE"]).casefold() for row in rows]
        return {value for value in values if found.count(value.casefold()) > 1}

    def _shared_mac_sets(self, values):
        addresses = sorted({mac for value in values for mac in value.split(", ")})
        rows = self._query(
            "SELECT DISTINCT HARDWARE_ID AS OWNER FROM networks WHERE MACADDR IN %s",
            (addresses,),
        )
        owners = sorted(row["OWNER"] for row in rows)
        found = list(self._mac_sets(owners).values()) if owners else []
        return {value for value in values if found.count(value) > 1}

    def find_shared_keys(self, identity):
        """Which values of a computer other live computers have, too, in one query.

        :param identity: dict {field of a binding: value}; MAC addresses as the asset
            has them: a computer with all of them and others counts
        :return: set of those fields
        """
        queries, parameters = [], []
        for key, value in identity.items():
            query, values = self._holders_query(key, value)
            queries.append(f"SELECT '{key}' AS NAME, COUNT(*) AS HOLDERS FROM {query}")
            parameters += values
        rows = self._query(" UNION ALL ".join(queries), parameters) if queries else ()
        return {clean_text(row["NAME"]) for row in rows if row["HOLDERS"] > 1}

    def _holders_query(self, key, value):
        live = "SELECT ID FROM hardware"
        if self._has_archive:
            live += " WHERE COALESCE(ARCHIVE, 0) = 0"
        if key != "mac_addresses":
            table, column = IDENTIFIERS[key]
            owner = "ID" if table == "hardware" else "HARDWARE_ID"
            return f"{table} WHERE {column} = %s AND {owner} IN ({live})", [value]
        macs = value.split(", ")
        query = (
            "(SELECT HARDWARE_ID FROM networks WHERE MACADDR IN %s"
            f" AND HARDWARE_ID IN ({live})"
            " GROUP BY HARDWARE_ID HAVING COUNT(DISTINCT UPPER(MACADDR)) = %s)"
            " AS holders"
        )
        return query, [macs, len(macs)]

    def find_holders(self, serials, macs):
        """Computers that have some values, as far as these are imported.

        :param serials: set of str: serial numbers of computers, boards and monitors
        :param macs: set of str
        :return: list of int (hardware.ID)
        """
        found = set()
        for places, values in ((SERIAL_COLUMNS, serials), (MAC_COLUMNS, macs)):
            for table, columns in places.items() if values else ():
                section = self._section(table)
                for column in set(columns).intersection(
                    section and section.columns or ()
                ):
                    rows = self._query(
                        f"SELECT DISTINCT HARDWARE_ID AS OWNER FROM {table}"
                        f" WHERE LOWER({column}) IN %s",
                        (sorted(values),),
                    )
                    found.update(row["OWNER"] for row in rows)
        return sorted(found)

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
            if errors.message_key(error.code) not in ("table_denied", "no_table"):
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
