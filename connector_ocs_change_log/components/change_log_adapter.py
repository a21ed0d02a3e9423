# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import suppress
from typing import NamedTuple

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib import errors
from odoo.addons.connector_ocs.lib.values import positive_int

from ..error_messages import CHANGE_LOG_MESSAGES, change_log_message_key
from ..lib.change_log import TABLE
from ..lib.change_log_owner import IS_OWNED, READ, RENEW, Owner
from ..lib.session import WritableSession

#: Rows of the change log that one statement changes, so that it hardly delays OCS.
ROWS_PER_STATEMENT = 500

_ACKNOWLEDGE = (
    f"UPDATE {TABLE} FORCE INDEX (PRIMARY) SET processed = 1, processed_at = NOW()"
    f" WHERE processed = 0 AND id IN %s AND {IS_OWNED}"
)
_PURGE = f"DELETE FROM {TABLE} WHERE processed = 1 AND id IN %s AND {IS_OWNED}"


#: There is no table of the owner, it is not ours, or the account must not read it.
_OWNER_UNREADABLE = frozenset({errors.NO_TABLE, errors.NO_COLUMN, *errors.DENIED})


class LoggedChange(NamedTuple):
    """Row of hardware_updates: a change of a computer."""

    #: hardware_updates.id
    id: int
    #: hardware.ID, None if the row names no computer
    external_id: int | None
    table: str
    #: 'INSERT', 'UPDATE' or 'DELETE'
    operation: str


class OcsChangeLogAdapter(Component):
    """Adapter that reads the change log of OCS and marks changes as acknowledged.

    Only the owner of the log, which is recorded in OCS, uses it: a change that a copy
    of the database acknowledges would never arrive in the original.

    It reads through the session of the work context, which cannot write. Each method
    that writes opens another session with the same account.
    """

    _name = "ocs.change.log.adapter"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.backend"
    _usage = "change.log"

    def pending(self, after_id=0, limit=1000):
        """Return a batch of the pending changes, in the order of their IDs.

        IDs are not in the order of commits: a row may appear before one already seen.

        :param after_id: int, ID of the change after which the batch starts
        :param limit: int, maximum number of changes in the batch
        :return: list of :class:`LoggedChange`
        """
        rows = self._query(
            f"SELECT id, hardware_id, table_name, operation_type FROM {TABLE}"
            " WHERE processed = 0 AND id > %s ORDER BY id LIMIT %s",
            (after_id, limit),
        )
        return [
            LoggedChange(
                row["id"],
                positive_int(row["hardware_id"]) or None,
                row["table_name"],
                row["operation_type"],
            )
            for row in rows
        ]

    def without_computer(self, ids):
        """Return the IDs that cannot come from OCS.

        :param ids: iterable of int or None, IDs that OCS does not have or no longer has
        :return: list of those whose deletion OCS did not log either
        """
        ids = list(ids)
        known = [each for each in ids if each]
        rows = known and self._query(
            f"SELECT DISTINCT hardware_id FROM {TABLE} WHERE hardware_id IN %s"
            " AND table_name = 'hardware' AND operation_type = 'DELETE'",
            (known,),
        )
        deleted = {int(row["hardware_id"]) for row in rows}
        return [each for each in ids if each not in deleted]

    def pending_range(self, last_id=None):
        """Return how many changes are not yet acknowledged, and the ID of the last one.

        :param last_id: int, do not count changes after this ID
        :return: pair of int; the ID is 0 without changes
        """
        sql = (
            "SELECT COUNT(*) AS changes, COALESCE(MAX(id), 0) AS last_id"
            f" FROM {TABLE} WHERE processed = 0"
        )
        if last_id is not None:
            sql += " AND id <= %s"
        (row,) = self._query(sql, () if last_id is None else (last_id,))
        return row["changes"], int(row["last_id"])

    def acknowledge(self, ids):
        """Mark changes as processed.

        Rows are found by primary key, outside of a transaction: no gap into which OCS
        inserts is locked, and no row for longer than its statement.

        :param ids: iterable of int (:attr:`LoggedChange.id`)
        :return: int, number of changes that were pending; 0 if the backend does not
            own the log at this moment
        """
        return self._write_chunks(_ACKNOWLEDGE, list(ids))

    def purge(self, days, limit=50000):
        """Delete changes that were acknowledged long ago.

        :param days: int, number of days to keep them
        :param limit: int, maximum number of changes to delete
        :return: int, number of deleted changes
        """
        rows = self._query(
            f"SELECT id FROM {TABLE} WHERE processed = 1"
            " AND COALESCE(processed_at, changed_at) < NOW() - INTERVAL %s DAY"
            " ORDER BY id LIMIT %s",
            (days, limit),
        )
        return self._write_chunks(_PURGE, [row["id"] for row in rows])

    def _write_chunks(self, sql, ids):
        own = self.own()
        with self._convert_errors(), WritableSession(self.work.ocs_client) as session:
            return sum(
                session.execute(
                    sql, (ids[start : start + ROWS_PER_STATEMENT], own.key, own.started)
                )
                for start in range(0, len(ids), ROWS_PER_STATEMENT)
            )

    def check_writing(self):
        """Check that changes can be acknowledged and deleted, without doing either.

        The statements are executed, but find no row: only then does the server say
        whether the privileges are enough, and whether it accepts changes.

        :raises NetworkRetryableError: OCS cannot be reached now
        :raises OcsConfigurationError: why it is not possible
        """
        with self._convert_errors(), WritableSession(self.work.ocs_client) as session:
            for statement in (_ACKNOWLEDGE, _PURGE):
                session.execute(statement, ([-1], "", 0))
            session.execute(RENEW, (0, "", 0))

    def own(self):
        """Return the backend as owner of a log: :class:`.change_log_owner.Owner`."""
        return self.backend_record._change_log_owner()

    def read_owner(self):
        """Return the owner of the log that is recorded in OCS.

        :return: :class:`.change_log_owner.Owner`, None without one, or if the account
            is not allowed to read it
        """
        try:
            rows = self._query(READ)
        except OcsConfigurationError as error:
            if error.code not in _OWNER_UNREADABLE:
                raise
            return None
        return Owner(*rows[0].values()) if rows else None

    def renew_owner(self):
        """Record when the own server was started, unless a later one uses the log.

        What prevents it is found by the check of writing.
        """
        own = self.own()
        with suppress(OcsConfigurationError), self._convert_errors():
            with WritableSession(self.work.ocs_client) as session:
                session.execute(RENEW, (own.started, own.key, own.started))

    def execute(self, statements):
        """Run the statements that install, repair or remove the change log.

        They run as the account of the work context, which may be an administrator's.

        :param statements: list of SQL statements
        :raises OcsConfigurationError: says what to do; statements that ran before are
            not undone, and all of them may be run again
        """
        with self._convert_errors(), WritableSession(self.work.ocs_client) as session:
            for statement in statements:
                session.execute(statement)

    def sections(self):
        """Return the sections to watch: all that can be imported.

        They do not depend on what the backend imports, so that importing more sections
        does not require a database administrator. No trigger names a column that users
        may drop in OCS: OCS could then no longer write to the table.

        :return: list of (table, columns, key); without columns, all are watched
        """
        computers = self.component(
            usage="backend.adapter", model_name="ocs.computer.binding"
        )
        return [
            (
                section.table,
                () if section.has_custom_columns else section.compared_columns,
                section.key,
            )
            for section in computers._all_sections()
            if section.is_watched
        ]

    def account(self):
        """Return the account that the server uses for Odoo, 'user@host'."""
        (row,) = self._query_as_stored("SELECT CURRENT_USER() AS account")
        return row["account"]

    def _unreachable(self, error):
        if errors.code(error) in errors.LOCKED:
            return self.env._(
                "The tables of OCS are locked by another session. Try again. Steps "
                "that were completed can safely be repeated. (%s)",
                errors.describe(error),
            )
        return super()._unreachable(error)

    def _explain(self, code, error):
        key = change_log_message_key(code)
        if key is None:
            return super()._explain(code, error)
        sentence = self.env._(CHANGE_LOG_MESSAGES[key])
        return sentence % {
            "table": TABLE,
            "user": self.work.ocs_client.user,
            "database": self.backend_record.database,
            "error": errors.describe(error),
        }
