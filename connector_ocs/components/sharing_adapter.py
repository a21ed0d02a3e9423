# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo.addons.component.core import AbstractComponent

from ..lib.identifiers import plain_mac, plain_serial
from ..lib.spellings import MARIADB, mac_spellings, simplified_spellings
from ..lib.values import clean_text
from .identity_adapter import IDENTIFIERS

#: OCS tables and columns that hold serial numbers and MAC addresses.
SERIAL_COLUMNS = {"bios": {"SSN", "MSN"}, "monitors": {"SERIAL"}}
MAC_COLUMNS = {"networks": {"MACADDR"}}

#: Digits of a MAC address in any notation.
MAC_DIGITS = "REPLACE(REPLACE(REPLACE(UPPER(MACADDR), ':', ''), '-', ''), '.', '')"


class OcsSharingAdapter(AbstractComponent):
    """Adapter that finds the computers that have a value, in any spelling."""

    _name = "ocs.sharing.adapter"
    _inherit = "ocs.identity.adapter"

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
        return [clean_text(row["VALUE"]) for row in rows]

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
        return {clean_text(row["NAME"]) for row in rows if row["HOLDERS"] > 1}

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


def _mac_spellings(macs):
    """Return all notations of MAC addresses: sorted list."""
    return sorted({each for mac in macs for each in mac_spellings(mac)})
