# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Installation, repair and removal of a change log."""

from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib.quoting import split_account

from . import change_log_owner as owners
from . import change_log_setup as setup
from .change_log import TABLE
from .change_log_script import script
from .change_log_sentences import ChangeLogSentences

#: Only an account with SUPER or SET USER may create triggers with another definer.
_DEFINER_REFUSED = frozenset({1227, 1449})


class ChangeLogInstaller:
    """Installer of the change log, which also repairs and removes it.

    It uses the account of the work context; :meth:`ocs.backend._work_on_change_log`
    creates a context for an administrator's account.

    :param work: work context of ``ocs.backend``
    """

    def __init__(self, work):
        self._log = work.component(usage="change.log")
        self._inspector = work.component(usage="change.log.inspector")

    def statements(self, action, definer="", drop_table=False):
        """Return the statements of an action, given the current state of OCS.

        :param action: 'install', 'repair', 'remove' or 'move' (to this backend)
        :param definer: 'user@host' with whose privileges the triggers run; '' is the
            account that runs the statements
        :param drop_table: bool, whether removing drops the table and its rows
        :return: list of SQL statements
        :raises OcsConfigurationError: somebody else uses the change log
        """
        own = self._log.own()
        if action == "move":
            return [owners.move(own)]
        other = ChangeLogSentences(self._log).other_owner(self._log.read_owner())
        if other:
            raise OcsConfigurationError(other)
        found, sections = self._inspector.found(), self._log.sections()
        if action == "remove":
            return setup.remove(sections, found, drop_table, own)
        return setup.repair(sections, definer, found, own)

    def script(self, action, definer="", drop_table=False, reader=""):
        """Return the statements as a script for the command line client, with grants.

        :param reader: 'user@host' of the backend, which reads the change log daily
        :return: str
        """
        database = self._log.backend_record.database
        statements = self.statements(action, definer, drop_table)
        if action in ("remove", "move"):
            return script(action, database, statements)
        if reader:
            statements += setup.grants(reader, database)
        undo = setup.remove(
            self._log.sections(), setup.ChangeLogState(), drop_table=True
        )
        return script(action, database, statements, undo)

    def run(self, action, definer="", drop_table=False):
        """Run an action.

        :return: 'user@host' with whose privileges the triggers run now; differs from
            ``definer`` if that account was refused
        :raises OcsConfigurationError: says what to do
        """
        if action in ("remove", "move"):
            self._log.execute(self.statements(action, drop_table=drop_table))
            return ""
        account = self._log.account()
        if not self._is_suitable(definer, account):
            definer = account
        try:
            self._log.execute(self.statements(action, definer))
        except OcsConfigurationError as error:
            if definer == account or error.code not in _DEFINER_REFUSED:
                raise
            definer = account
            self._log.execute(self.statements(action, definer))
        return definer

    def grant(self, reader):
        """Grant the account of the backend its privileges for daily use.

        :param reader: 'user@host'
        :raises OcsConfigurationError: the account of the work context is not allowed to
        """
        database = self._log.backend_record.database
        self._log.execute(setup.grants(reader, database))

    def _is_suitable(self, definer, account):
        """Return whether triggers with this definer would work.

        The server would create them with a mere warning, and OCS's statements would
        fail.
        """
        if "@".join(split_account(definer)) == account:
            return True
        privileges = self._inspector.privileges(definer)
        if privileges is None or not privileges.exists:
            return False
        tables = [table for table, _columns, _key in self._log.sections()]
        return privileges.has("Insert", TABLE) and all(
            privileges.has(privilege, table)
            for privilege in ("Trigger", "Select")
            for table in tables
        )
