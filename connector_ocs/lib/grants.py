# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Privileges of the own account, as SHOW GRANTS lists them.

Those of active roles are among them: MariaDB lists them under the name of the role,
MySQL under that of the account. The statements that grant the roles themselves, or
make them the default, are no privileges.
"""

import re
from typing import NamedTuple

_NAME = r"(\*|`(?:[^`]|``)*`)"
_GRANT = re.compile(rf"GRANT (.+?) ON (?:TABLE )?{_NAME}\.{_NAME} TO ", re.DOTALL)
_COLUMNS = re.compile(r"\([^)]*\)")

#: What does not allow an account more than to read.
READING = frozenset({"USAGE", "SELECT"})


class Grant(NamedTuple):
    """Privileges on databases or on one table."""

    #: names, such as 'SELECT'
    privileges: frozenset
    #: '*' for all, or a pattern as for LIKE
    database: str
    #: '*' for all
    table: str

    def covers(self, database):
        """Return whether it holds in a database.

        :param database: str, name
        """
        if self.database == "*":
            return True
        pattern = re.sub(r"\\?.", _translate, self.database, flags=re.DOTALL)
        return bool(re.fullmatch(pattern, database, re.DOTALL | re.IGNORECASE))

    def allows(self, privilege):
        """Return whether it allows something on the whole table."""
        return bool({privilege, "ALL PRIVILEGES", "ALL"} & self.privileges)


def parse(statement):
    """Return what a statement of SHOW GRANTS grants.

    :param statement: str, such as "GRANT SELECT ON `ocsweb`.* TO …"
    :return: :class:`Grant`, None for a role and for anything but databases and tables
    """
    found = _GRANT.match(statement)
    if not found:
        return None
    privileges, database, table = found.groups()
    names = _COLUMNS.sub("", privileges).split(",")
    return Grant(frozenset(map(str.strip, names)), _unquote(database), _unquote(table))


def _unquote(name):
    return name if name == "*" else name[1:-1].replace("``", "`")


def _translate(match):
    """Return the regular expression for a character of a LIKE pattern."""
    wildcards = {"%": ".*", "_": "."}
    character = match[0]
    return wildcards.get(character) or re.escape(character[-1])
