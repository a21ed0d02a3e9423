# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.addons.component.core import AbstractComponent

from ..exceptions import OcsConfigurationError
from ..lib import eligibility, errors
from ..lib.identity import FIELDS
from ..lib.values import clean_text

#: OCS table and column of the fields of a binding that identify a machine. Its MAC
#: addresses are not among them: they come from several rows of networks.
IDENTIFIERS = {
    "device_id": ("hardware", "DEVICEID"),
    "hardware_uuid": ("hardware", "UUID"),
    "name": ("hardware", "NAME"),
    "ocs_serial": ("bios", "SSN"),
    "board_serial": ("bios", "MSN"),
}

#: OCS tables and columns that hold serial numbers and MAC addresses.
SERIAL_COLUMNS = {"bios": ("SSN", "MSN"), "monitors": ("SERIAL",)}
MAC_COLUMNS = {"networks": ("MACADDR",)}


class OcsIdentityAdapter(AbstractComponent):
    """Adapter that reads the IDs of computers and the values that identify them."""

    _name = "ocs.identity.adapter"
    _inherit = "ocs.section.adapter"

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
        """Return the computers of a batch, with the reason why they are not imported.

        :return: dict {hardware.ID: key of a skip reason, or None if it is imported}
        """
        archive = ", ARCHIVE" if self._has_archive else ""
        rows = self._query(
            f"SELECT ID, DEVICEID{archive} FROM hardware"
            " WHERE ID > %s ORDER BY ID LIMIT %s",
            (after_id, limit),
        )
        return {row["ID"]: eligibility.exclusion({"hardware": row}) for row in rows}

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

    def find_shared(self, key, values):
        """Return the values that several computers in OCS share.

        :param key: field of a binding
        :param values: set of str
        :return: set of str, a subset of ``values``
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
        # as in MariaDB, texts that differ only in case are equal
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
        """Return the fields whose value several computers in OCS share, in one query.

        :param identity: dict {field of a binding: value}; MAC addresses as on the
            asset: a computer that has all of them and others counts, too
        :return: set of fields of a binding
        """
        queries, parameters = [], []
        for key, value in identity.items():
            query, values = self._holders_query(key, value)
            queries.append(f"SELECT '{key}' AS NAME, COUNT(*) AS HOLDERS FROM {query}")
            parameters += values
        rows = self._query(" UNION ALL ".join(queries), parameters) if queries else ()
        return {clean_text(row["NAME"]) for row in rows if row["HOLDERS"] > 1}

    def _holders_query(self, key, value):
        in_ocs = "SELECT ID FROM hardware"
        if self._has_archive:
            in_ocs += " WHERE COALESCE(ARCHIVE, 0) = 0"
        if key != "mac_addresses":
            table, column = IDENTIFIERS[key]
            owner = "ID" if table == "hardware" else "HARDWARE_ID"
            return f"{table} WHERE {column} = %s AND {owner} IN ({in_ocs})", [value]
        macs = value.split(", ")
        query = (
            "(SELECT HARDWARE_ID FROM networks WHERE MACADDR IN %s"
            f" AND HARDWARE_ID IN ({in_ocs})"
            " GROUP BY HARDWARE_ID HAVING COUNT(DISTINCT UPPER(MACADDR)) = %s)"
            " AS holders"
        )
        return query, [macs, len(macs)]

    def find_holders(self, serials, macs):
        """Return the computers that have one of the given values in imported sections.

        :param serials: set of str: serial numbers of computers, boards and monitors
        :param macs: set of str
        :return: list of int (hardware.ID)
        """
        found = set()
        for sources, values in ((SERIAL_COLUMNS, serials), (MAC_COLUMNS, macs)):
            for table, columns in sources.items() if values else ():
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
        texts = [
            (clean_text(row["DELETED"]), clean_text(row["EQUIVALENT"])) for row in rows
        ]
        return [
            (int(old), int(new))
            for old, new in texts
            if old.isdigit() and new.isdigit()
        ]
