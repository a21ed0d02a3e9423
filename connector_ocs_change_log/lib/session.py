# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Sessions on an OCS database that may write to it."""

from dataclasses import dataclass

from odoo.addons.connector_ocs.lib.client import OcsClient
from odoo.addons.connector_ocs.lib.connection import execute
from odoo.addons.connector_ocs.lib.connection_settings import ConnectionSettings

#: At this isolation level, InnoDB locks the written rows, but not the gaps between
#: them, in which OCS may insert rows. The timeouts (seconds) are short, since OCS has
#: to wait behind a session that waits for it.
_WRITING = (
    "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
    "SET SESSION TRANSACTION READ WRITE",
    "SET SESSION innodb_lock_wait_timeout = 5",
    "SET SESSION lock_wait_timeout = 5",
)


@dataclass(frozen=True)
class WritableSettings(ConnectionSettings):
    """Settings of a session that may write."""

    @property
    def session_setup(self):
        """Statements that are run once per connection."""
        return _WRITING


class WritableSession(OcsClient):
    """Session that may write to OCS, with the account of a session that only reads.

    :param client: OcsClient
    """

    def __init__(self, client):
        super().__init__(
            lambda: WritableSettings(**vars(client._get_settings())), client._pool
        )

    def execute(self, sql, parameters=None):
        """Run a statement and return the number of changed rows.

        :param parameters: if None, a ``%`` in the statement is taken literally, as in
            the account ``ocs@%``
        :raises pymysql.MySQLError: as ``query``
        """
        return self._run(sql, parameters, execute)
