# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Versions of the OCS database, derived from config.GUI_VERSION."""

import re
from bisect import bisect_right

#: Newest schema that the tests run on (OCS 2.12.4).
NEWEST_TESTED = 7081

#: First schema of each generation that has to be read differently.
_GENERATIONS = ((0, "2.7"), (7037, "2.8"), (7050, "2.9.1"))

#: Schema that each OCS release came with.
_RELEASES = (
    (7009, "2.2"),
    (7010, "2.3"),
    (7011, "2.4"),
    (7015, "2.5"),
    (7022, "2.6"),
    (7028, "2.7"),
    (7037, "2.8"),
    (7039, "2.8.1"),
    (7045, "2.9"),
    (7051, "2.9.1"),
    (7057, "2.9.2"),
    (7063, "2.10"),
    (7068, "2.11.0"),
    (7069, "2.11.1"),
    (7074, "2.12.0"),
    (7081, "2.12.4"),
)


def parse_number(text):
    """Return the number of a schema.

    :param text: value of config.GUI_VERSION
    :return: int, None if OCS cannot have written it
    """
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def generation(schema):
    """Return the version of ``ocs.backend`` whose adapters read a schema.

    :param schema: int, config.GUI_VERSION
    :return: '2.7', '2.8' or '2.9.1'
    """
    return _at_or_before(_GENERATIONS, schema)


def release(schema):
    """Return the OCS release that a schema belongs to.

    :param schema: int, config.GUI_VERSION
    :return: such as '2.11.1'; '' if it is older than all known releases
    """
    return _at_or_before(_RELEASES, schema)


def _at_or_before(table, schema):
    position = bisect_right([first for first, _name in table], schema)
    return table[position - 1][1] if position else ""
