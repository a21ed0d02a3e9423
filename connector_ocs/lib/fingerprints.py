# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Digests that tell whether a section of a computer changed since it was imported.

The OCS database computes them (:mod:`odoo.addons.connector_ocs.lib.sections` builds the
query), so that only 32 digits per section have to be read to find that nothing changed.
The functions here compute the same digests from rows.
"""

import hashlib

#: Increase it when the mappers convert the same columns differently: every computer is
#: then imported again.
MAPPING_VERSION = 2

#: Columns that change at every inventory although the computer has not changed.
VOLATILE_COLUMNS = frozenset({"LASTDATE"})

#: Representation of NULL; it cannot be a value, as values are hexadecimal digits.
NULL = "-"


def row_text_sql(columns):
    """Return an SQL expression that serializes a row unambiguously.

    Hexadecimal digits are independent of collations, separators and trailing spaces;
    NULL and '' differ.

    :param columns: names of columns
    :return: SQL expression; its value is text
    """
    values = ", ".join(
        f"COALESCE(HEX(CAST({column} AS BINARY)), '{NULL}')" for column in columns
    )
    return f"CONCAT_WS(',', '{MAPPING_VERSION}', {values})"


def row_digest(values):
    """Return the digest of a row, the same as ``MD5(row_text_sql(…))`` in OCS.

    :param values: values of the columns, in their order
    :return: str, 32 hexadecimal digits
    """
    texts = (NULL if value is None else _hex(value) for value in values)
    return _md5(",".join((str(MAPPING_VERSION), *texts)))


def section_digest(row_digests):
    """Return the digest of a section.

    Each of several equal rows counts: two equal rows are two memory modules.

    :param row_digests: digests of its rows, sorted unless the order of OCS is shown
    :return: str, 32 hexadecimal digits; '' without any row
    """
    return _md5(",".join(row_digests)) if row_digests else ""


def changed_sections(known, found):
    """Return the sections that differ.

    :param known: dict {table: digest} of the last import, or None
    :param found: dict {table: digest} of the computer in OCS
    :return: list of tables, including those never imported before, without those that
        are no longer imported
    """
    known = known or {}
    return [table for table, digest in found.items() if known.get(table) != digest]


def _hex(value):
    return str(value).encode().hex().upper()


def _md5(text):
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
