# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Owner of the change log: the one backend of one Odoo database that uses it.

A change that is acknowledged is hidden from everybody else. The owner therefore stands
next to the log, in a table of one row, and each statement that acknowledges or deletes
rows looks it up.
"""

import re
from typing import NamedTuple

from .change_log import TABLE

OWNER_TABLE = f"{TABLE}_owner"

_LONGEST_NAME = 250

CREATE = f"""\
CREATE TABLE IF NOT EXISTS {OWNER_TABLE} (
  id TINYINT NOT NULL,
  owner CHAR(64) NOT NULL,
  name VARCHAR(255) NOT NULL,
  started BIGINT NOT NULL DEFAULT 0,
  since TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"""

DROP = f"DROP TABLE IF EXISTS {OWNER_TABLE}"

READ = (
    "SELECT owner, name, started, CAST(UNIX_TIMESTAMP(since) AS CHAR) AS since"
    f" FROM {OWNER_TABLE} WHERE id = 1"
)

#: Condition that the owner is still the same; parameters: key and started.
IS_OWNED = (
    f"EXISTS (SELECT 1 FROM {OWNER_TABLE}"
    " WHERE id = 1 AND owner = %s AND started <= %s)"
)

#: Parameters: started, key, started. The time tells the checks that the log may have
#: been used by another server in between.
RENEW = (
    f"UPDATE {OWNER_TABLE} SET started = %s, since = CURRENT_TIMESTAMP(6)"
    " WHERE id = 1 AND owner = %s AND started < %s"
)


class Owner(NamedTuple):
    """Owner of a change log, as found in OCS, or as a backend would be."""

    #: 64 hexadecimal digits that identify the Odoo database and the backend
    key: str
    #: for users, such as "OCS (production, https://odoo.example.com)"
    name: str
    #: when the PostgreSQL server was started (µs since 1970), 0 if it is not yet known;
    #: of two servers with the same files, the one that was started later is the copy
    started: int = 0
    #: since when it is the owner, '' if it is not
    since: str = ""

    def is_used_by(self, other):
        """Return whether a backend is this owner, on the server that uses the log.

        :param other: :class:`Owner` that the backend would be
        """
        return self.key == other.key and self.started <= other.started


def claim(owner):
    """Return the statement that makes somebody the owner of a log that has none.

    It fails if the log has another owner (1062, duplicate entry).

    :param owner: :class:`Owner`
    """
    key, name = _quote(owner.key), _quote(owner.name)
    return (
        f"INSERT INTO {OWNER_TABLE} (id, owner, name)\n"
        f"SELECT 1, {key}, {name} FROM DUAL WHERE NOT EXISTS"
        f" (SELECT 1 FROM {OWNER_TABLE} WHERE id = 1 AND owner = {key})"
    )


def move(owner):
    """Return the statement that makes somebody the owner, whoever was it before.

    :param owner: :class:`Owner`
    """
    key, name = _quote(owner.key), _quote(owner.name)
    return (
        f"INSERT INTO {OWNER_TABLE} (id, owner, name)\n"
        f"VALUES (1, {key}, {name})\n"
        f"ON DUPLICATE KEY UPDATE owner = {key}, name = {name}, started = 0,"
        " since = CURRENT_TIMESTAMP(6)"
    )


def _quote(text):
    """Quote a text for SQL in any SQL mode, without what needs an escape."""
    printable = re.sub(r"[\x00-\x1f\x7f\\]", " ", text)[:_LONGEST_NAME]
    return "'{}'".format(printable.replace("'", "''"))
