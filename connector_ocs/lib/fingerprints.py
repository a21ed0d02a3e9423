# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Digests that tell whether a computer changed since it was imported."""

import hashlib
import json

#: To be raised when the mappers make something else of the same columns: every
#: computer is then imported again.
MAPPING_VERSION = 1

#: Sections whose order is shown, so that it counts.
ORDERED_SECTIONS = frozenset({"videos"})

#: Columns that change at every inventory without the computer changing.
VOLATILE_COLUMNS = frozenset({"LASTDATE"})


def digest(computer):
    """Digest of all that was read of one computer, but its inventory date.

    Rows of a section are compared as a multiset: OCS deletes and inserts
    them again at every inventory, so neither their ids nor their order mean
    anything, yet two equal rows are two memory modules. Graphics adapters are
    listed in the order of OCS: theirs counts.

    :param computer: nested dict {table: row or list of rows}
    :return: str, 40 hexadecimal digits
    """
    content = {table: _canonical(table, rows) for table, rows in computer.items()}
    content["mapping"] = MAPPING_VERSION
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _canonical(table, rows):
    if isinstance(rows, dict):
        return {
            column: value
            for column, value in rows.items()
            if column not in VOLATILE_COLUMNS
        }
    texts = [json.dumps(row, sort_keys=True, default=str) for row in rows]
    return texts if table in ORDERED_SECTIONS else sorted(texts)
