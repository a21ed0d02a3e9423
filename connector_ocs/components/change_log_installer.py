# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..exceptions import OcsConfigurationError
from ..lib import change_log_setup as setup
from ..lib.change_log import TABLE, split_account
from ..lib.change_log_script import script

#: Only an account with SUPER or SET USER gives triggers the rights of another.
_DEFINER_REFUSED = frozenset({1227, 1449})


class OcsChangeLogInstaller(Component):
    """Installs, repairs and removes the change log.

    With the account of the work context; :meth:`ocs.backend._work_on_change_log`
    makes one for an administrator's.
    """

    _name = "ocs.change.log.installer"
    _inherit = "ocs.base"
    _apply_on = "ocs.backend"
    _usage = "change.log.installer"

    def statements(self, action, definer="", drop_table=False):
        """What an action runs, given what there is in OCS.

        :param action: 'install', 'repair' or 'remove'
        :param definer: 'user@host' with whose rights the triggers run; '' is the
            account that runs the statements
        :param drop_table: bool, whether removing drops the table and its rows
        :return: list of SQL statements
        """
        found = self.component(usage="change.log.inspector").found()
        sections = self._log.sections()
        if action == "remove":
            return setup.remove(sections, found, drop_table)
        return setup.repair(sections, definer, found)

    def script(self, action, definer="", drop_table=False, reader=""):
        """The same as a file for the command line client, with the rights to grant.

        :param reader: 'user@host' that reads the change log every day
        :return: str
        """
        database = self.backend_record.database
        statements = self.statements(action, definer, drop_table)
        if action == "remove":
            return script(action, database, statements)
        if reader:
            statements += setup.grants(reader, database)
        undo = setup.remove(
            self._log.sections(), setup.ChangeLogState(), drop_table=True
        )
        return script(action, database, statements, undo)

    def run(self, action, definer="", drop_table=False):
        """Do it.

        :return: 'user@host' with whose rights the triggers run now; another than
            ``definer`` where that one was refused
        :raises OcsConfigurationError: names the remedy
        """
        if action == "remove":
            self._log.execute(self.statements(action, drop_table=drop_table))
            return ""
        account = self._log.account()
        if not self._is_fit(definer, account):
            definer = account
        try:
            self._log.execute(self.statements(action, definer))
        except OcsConfigurationError as error:
            if definer == account or error.__cause__.args[0] not in _DEFINER_REFUSED:
                raise
            definer = account
            self._log.execute(self.statements(action, definer))
        return definer

    def grant(self, reader):
        """Give the account of the backend its rights for daily use.

        :param reader: 'user@host'
        :raises OcsConfigurationError: the account of the work context may not
        """
        self._log.execute(setup.grants(reader, self.backend_record.database))

    @property
    def _log(self):
        return self.component(usage="change.log")

    def _is_fit(self, definer, account):
        """Whether triggers that run with the rights of ``definer`` would work.

        The server makes them with a mere warning, and OCS's statements would fail.
        """
        if "@".join(split_account(definer)) == account:
            return True
        rights = self.component(usage="change.log.inspector").rights(definer)
        if rights is None or not rights.exists:
            return False
        tables = [table for table, _columns, _key in self._log.sections()]
        return rights.has("Insert", TABLE) and all(
            rights.has(right, table)
            for right in ("Trigger", "Select")
            for table in tables
        )
