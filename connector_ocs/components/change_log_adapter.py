# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import Component

from ..error_messages import CHANGE_LOG_MESSAGES
from ..lib import errors
from ..lib.change_log import TABLE
from ..lib.values import positive_int

#: Rows of the change log that one statement changes: it is over before OCS notices.
CHUNK = 500


class Change(NamedTuple):
    """A row of hardware_updates: something about a computer changed."""

    #: hardware_updates.id
    id: int
    #: hardware.ID, None when the row names no computer
    external_id: int | None
    table: str
    #: 'INSERT', 'UPDATE' or 'DELETE'
    operation: str


class OcsChangeLogAdapter(Component):
    """Reads the change log of OCS, and writes to it what was read.

    Reading goes through the session of the work context, which cannot write. Each
    method that writes opens another, with the same account.
    """

    _name = "ocs.change.log.adapter"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.backend"
    _usage = "change.log"

    def pending(self, after_id=0, limit=1000):
        """A page of the changes that were not acknowledged, in the order of their ids.

        Ids are not the order of commits: a row may appear before one already seen.

        :param after_id: int, id of the change that the page comes after
        :param limit: int, changes in the page at most
        :return: list of :class:`Change`
        """
        rows = self._query(
            f"SELECT id, hardware_id, table_name, operation_type FROM {TABLE}"
            " WHERE processed = 0 AND id > %s ORDER BY id LIMIT %s",
            (after_id, limit),
        )
        return [
            Change(
                row["id"],
                positive_int(row["hardware_id"]) or None,
                row["table_name"],
                row["operation_type"],
            )
            for row in rows
        ]

    def without_computer(self, ids):
        """Ids that cannot come from OCS.

        :param ids: iterable of int or None, ids that OCS does not have (any more)
        :return: list of those that OCS did not delete either
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

    def count_pending(self):
        """Number of changes that were not acknowledged."""
        sql = f"SELECT COUNT(*) AS changes FROM {TABLE} WHERE processed = 0"
        return self._query(sql)[0]["changes"]

    def acknowledge(self, ids):
        """Mark changes as done.

        Found by primary key, outside of a transaction: no gap in which OCS inserts is
        locked, and no row for longer than its statement.

        :param ids: iterable of int (:attr:`Change.id`)
        :return: int, changes that were pending
        """
        return self._write_chunks(
            f"UPDATE {TABLE} FORCE INDEX (PRIMARY)"
            " SET processed = 1, processed_at = NOW()"
            " WHERE processed = 0 AND id IN %s",
            list(ids),
        )

    def purge(self, days, limit=50000):
        """Delete changes that were acknowledged long ago.

        :param days: int, days that they are kept
        :param limit: int, changes to delete at most
        :return: int, changes deleted
        """
        rows = self._query(
            f"SELECT id FROM {TABLE} WHERE processed = 1"
            " AND COALESCE(processed_at, changed_at) < NOW() - INTERVAL %s DAY"
            " ORDER BY id LIMIT %s",
            (days, limit),
        )
        return self._write_chunks(
            f"DELETE FROM {TABLE} WHERE processed = 1 AND id IN %s",
            [row["id"] for row in rows],
        )

    def _write_chunks(self, sql, ids):
        with self._clear_errors(), self.work.ocs_client.writable() as session:
            return sum(
                session.execute(sql, (ids[start : start + CHUNK],))
                for start in range(0, len(ids), CHUNK)
            )

    def check(self):
        """Whether the change log can be relied on, and what to do about it.

        :return: :class:`.change_log_checker.Report`
        """
        return self.component(usage="change.log.checker").check()

    def execute(self, statements):
        """Run the statements that install, repair or remove the change log.

        As the account of the work context, which may be an administrator's.

        :param statements: list of SQL statements
        :raises OcsConfigurationError: names the remedy; what ran before stays, and
            all may be run again
        """
        with self._clear_errors(), self.work.ocs_client.writable() as session:
            for statement in statements:
                session.execute(statement)

    def sections(self):
        """What is watched: what can be imported.

        Whatever the backend imports of it: choosing more is no case for the
        administrator of a database. No trigger names a column that people may drop in
        OCS: nothing could be saved to its table any more.

        :return: list of (table, columns, key); without columns, all count
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
        """Who Odoo is for the server, 'user@host'."""
        return self._query("SELECT CURRENT_USER() AS account")[0]["account"]

    def _unreachable(self, error):
        if error.args and error.args[0] in errors.LOCKED:
            return self.env._(
                "Somebody else uses the tables of OCS at the moment: try again. What "
                "was done before stays, and may be done again. (%s)",
                error,
            )
        return super()._unreachable(error)

    def _explain(self, code, error):
        remedy = errors.change_log_message_key(code)
        if remedy is None:
            return super()._explain(code, error)
        sentence = self.env._(CHANGE_LOG_MESSAGES[remedy])
        return sentence % {
            "table": TABLE,
            "user": self.work.ocs_client.user,
            "database": self.backend_record.database,
            "error": error,
        }
