# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Digests that tell whether a section of a computer changed since it was imported.

The OCS database computes them (:mod:`odoo.addons.connector_ocs.lib.sections` builds the
query), so that only 32 digits per section have to be read to find that nothing changed.
The functions here compute the same digests from rows.

SHA2 is a function of every server, and at least as fast as MD5, which MySQL no longer
has without a component (since 9.6) and servers in FIPS mode refuse.
"""

import hashlib

#: Increase it when the mappers convert the same columns differently: every computer is
#: then imported again.
MAPPING_VERSION = 2

#: Hexadecimal digits of a digest: enough that no two texts have the same one.
DIGITS = 32

#: Digests of a computer that OCS does not have.
NO_COMPUTER = {"hardware": ""}

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


def digest_sql(text):
    """Return an SQL expression for the digest of a text.

    :param text: SQL expression
    """
    return f"LEFT(SHA2({text}, 256), {DIGITS})"


def row_digest(values):
    """Return the digest of a row, that of ``row_text_sql(…)`` in OCS.

    :param values: values of the columns, in their order
    :return: str, 32 hexadecimal digits
    """
    texts = (NULL if value is None else _hex(value) for value in values)
    return _digest(",".join((str(MAPPING_VERSION), *texts)))


def section_digest(row_digests):
    """Return the digest of a section.

    Each of several equal rows counts: two equal rows are two memory modules.

    :param row_digests: digests of its rows, sorted unless the order of OCS is shown
    :return: str, 32 hexadecimal digits; '' without any row
    """
    return _digest(",".join(row_digests)) if row_digests else ""


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


def _digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:DIGITS]
