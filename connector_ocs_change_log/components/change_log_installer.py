# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib.quoting import split_account

from ..lib import change_log_owner as owners
from ..lib import change_log_setup as setup
from ..lib.change_log import TABLE
from ..lib.change_log_script import script

#: Only an account with SUPER or SET USER may create triggers with another definer.
_DEFINER_REFUSED = frozenset({1227, 1449})


class OcsChangeLogInstaller(Component):
    """Installer of the change log, which also repairs and removes it.

    Uses the account of the work context; :meth:`ocs.backend._work_on_change_log`
    creates a context for an administrator's account.
    """

    _name = "ocs.change.log.installer"
    _inherit = "ocs.base"
    _apply_on = "ocs.backend"
    _usage = "change.log.installer"

    def statements(self, action, definer="", drop_table=False):
        """Return the statements of an action, given the current state of OCS.

        :param action: 'install', 'repair', 'remove' or 'move' (to this backend)
        :param definer: 'user@host' with whose privileges the triggers run; '' is the
            account that runs the statements
        :param drop_table: bool, whether removing drops the table and its rows
        :return: list of SQL statements
        :raises OcsConfigurationError: somebody else uses the change log
        """
        owner = self.component(usage="change.log.owner")
        if action == "move":
            return [owners.move(owner.own())]
        owner.check_other()
        found = self.component(usage="change.log.inspector").found()
        sections = self._log.sections()
        if action == "remove":
            return setup.remove(sections, found, drop_table, owner.own())
        return setup.repair(sections, definer, found, owner.own())

    def script(self, action, definer="", drop_table=False, reader=""):
        """Return the statements as a script for the command line client, with grants.

        :param reader: 'user@host' of the backend, which reads the change log daily
        :return: str
        """
        database = self.backend_record.database
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
        database = self.backend_record.database
        self._log.execute(setup.grants(reader, database))

    @property
    def _log(self):
        return self.component(usage="change.log")

    def _is_suitable(self, definer, account):
        """Return whether triggers with this definer would work.

        The server would create them with a mere warning, and OCS's statements would
        fail.
        """
        if "@".join(split_account(definer)) == account:
            return True
        privileges = self.component(usage="change.log.inspector").privileges(definer)
        if privileges is None or not privileges.exists:
            return False
        tables = [table for table, _columns, _key in self._log.sections()]
        return privileges.has("Insert", TABLE) and all(
            privileges.has(privilege, table)
            for privilege in ("Trigger", "Select")
            for table in tables
        )
