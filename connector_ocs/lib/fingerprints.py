# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Digests that tell whether a section of a computer changed since it was imported.

OCS's database computes them (:mod:`odoo.addons.connector_ocs.lib.sections` writes the
query), so that nothing but 32 digits of each section has to be read to know that
nothing changed. The functions here compute the same digests from rows.
"""

import hashlib

#: To be raised when the mappers make something else of the same columns: every
#: computer is then imported again.
MAPPING_VERSION = 2

#: Columns that change at every inventory without the computer changing.
VOLATILE_COLUMNS = frozenset({"LASTDATE"})

#: What stands for NULL: no value is written so, those are hexadecimal digits.
NULL = "-"


def row_text_sql(columns):
    """SQL expression that writes the values of a row so that none can forge another.

    Hexadecimal digits know no collation, no separator and no trailing space; NULL and
    '' differ.

    :param columns: names of columns
    :return: SQL expression; its value is text
    """
    values = ", ".join(
        f"COALESCE(HEX(CAST({column} AS BINARY)), '{NULL}')" for column in columns
    )
    return f"CONCAT_WS(',', '{MAPPING_VERSION}', {values})"


def row_digest(values):
    """Digest of one row, the same as ``MD5(row_text_sql(…))`` in OCS.

    :param values: values of the columns, in their order
    :return: str, 32 hexadecimal digits
    """
    texts = (NULL if value is None else _hex(value) for value in values)
    return _md5(",".join((str(MAPPING_VERSION), *texts)))


def section_digest(row_digests):
    """Digest of a section.

    Equal rows count, each of them: two equal rows are two memory modules.

    :param row_digests: digests of its rows, in an order that means something: sorted
        unless the order of OCS is shown
    :return: str, 32 hexadecimal digits; '' without any row
    """
    return _md5(",".join(row_digests)) if row_digests else ""


def changed_sections(known, found):
    """Sections that differ.

    :param known: dict {table: digest} of what was imported; None without any
    :param found: dict {table: digest} of what OCS has
    :return: list of tables; one that was never imported counts, one that is not
        looked at any more does not
    """
    known = known or {}
    return [table for table, digest in found.items() if known.get(table) != digest]


def _hex(value):
    return str(value).encode().hex().upper()


def _md5(text):
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
