# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""SQL that finds a value in any spelling, in PostgreSQL and in the database of OCS.

Both databases compare a simplified column with the spellings of a value, as simplified
by hand here: in PostgreSQL with an index on the same expression, in OCS with the
columns as they are, if there is an index. See :mod:`.identifiers` for the normal forms.
"""

from .identifiers import is_unique_mac, plain_mac, plain_serial, uuid_orders

_SERIAL = "upper(replace(%s, ' ', '') COLLATE \"C\")"
_UUID = "upper(translate(%s, '-{} ', '') COLLATE \"C\")"

#: Expressions of PostgreSQL for an identifier of an asset or binding, by field.
#: Collation C makes them the same in every locale.
POSTGRESQL = {
    "serial_no": _SERIAL,
    "ocs_serial": _SERIAL,
    "board_serial": _SERIAL,
    "hardware_uuid": _UUID,
    # an array of the digits of each address
    "mac_addresses": (
        "string_to_array(upper(translate(%s, ' :.-', '') COLLATE \"C\"), ',')"
    ),
}

#: The same for MySQL and MariaDB, by field of a binding: columns in other fields, and
#: MACADDR, are compared as they are, which uses an index.
MARIADB = {
    "ocs_serial": "REPLACE(UPPER(%s), ' ', '')",
    "board_serial": "REPLACE(UPPER(%s), ' ', '')",
    "hardware_uuid": "REPLACE(REPLACE(REPLACE(UPPER(%s), '-', ''), '{', ''), '}', '')",
}

#: PostgreSQL expression for both byte orders of such a UUID: the smaller one.
PLAIN_UUID = """
    least(%(uuid)s,
          regexp_replace(%(uuid)s,
                         '^(..)(..)(..)(..)(..)(..)(..)(..)(.{16})$',
                         '\\4\\3\\2\\1\\6\\5\\8\\7\\9'))
"""


def simplified_spellings(field, value):
    """Return what the expression of a field is compared with.

    :param field: field of a binding or asset
    :param value: str in any spelling
    :return: list of str
    """
    if field == "hardware_uuid":
        return list(uuid_orders(value))
    if field == "mac_addresses":
        macs = filter(is_unique_mac, value.split(","))
        return [plain_mac(each).replace(":", "") for each in macs]
    if field in POSTGRESQL:
        return [plain_serial(value)]
    return list({value, value.upper(), value.lower()})


def mac_spellings(mac):
    """Return the notations of a MAC address; MySQL ignores the case.

    :param mac: str, as :func:`.identifiers.plain_mac` returns it
    """
    digits = mac.replace(":", "")
    dotted = ".".join(digits[start : start + 4] for start in (0, 4, 8))
    return [mac, mac.replace(":", "-"), digits, dotted]
