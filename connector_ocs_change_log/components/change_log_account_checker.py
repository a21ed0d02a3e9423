# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib import errors
from odoo.addons.connector_ocs.lib.quoting import grant, split_account

from ..lib import change_log_procedure as procedure
from ..lib import change_log_setup as setup
from ..lib.change_log import TABLE
from .change_log_checker import Problem


class OcsChangeLogAccountChecker(Component):
    """Checker of the privileges that accounts need for the change log.

    Triggers run with the privileges of their definer: if these are missing, the
    statements of OCS that fire a trigger fail.
    """

    _name = "ocs.change.log.account.checker"
    _inherit = "ocs.base"
    _apply_on = "ocs.backend"
    _usage = "change.log.account.checker"

    def problems(self, found):
        """Yield the problems with the privileges of the definers and of the backend.

        :param found: :class:`.change_log_setup.ChangeLogState`
        :return: iterator of :class:`.change_log_checker.Problem`
        """
        yield from self._listing_problems(found.listing)
        definers = {trigger.definer for trigger in found.triggers}
        if found.listing.privileges:
            definers.add(found.listing.definer)
        for definer in sorted(definers):
            yield from self._definer_problems(definer, found)
        if found.columns:
            yield from self._writing_problems()

    def _listing_problems(self, listing):
        if listing.failure == procedure.NO_DEFINER:
            yield Problem("broken", self._missing_definer(self._named(listing)))
        elif listing.failure == procedure.OUTDATED:
            yield Problem("danger", self._outdated_procedure())
        elif not listing.is_complete and not listing.privileges:
            yield Problem("danger", self._cannot_see_triggers(listing.definer))

    def _definer_problems(self, definer, found):
        account = self.backend_record.change_log_account
        if not account:
            yield Problem("danger", self._unknown_definer(definer))
        elif definer != "@".join(split_account(account)):
            yield Problem("danger", self._other_definer(definer, account))
        privileges = self._privileges(definer, found.listing)
        if privileges is None:
            yield Problem("danger", self._cannot_see_privileges(definer))
        elif not privileges.exists:
            yield Problem("broken", self._missing_definer(definer))
        else:
            yield from self._privilege_problems(definer, privileges, found)

    def _named(self, listing):
        return listing.definer or self.env._("an account")

    def _privileges(self, definer, listing):
        if definer == listing.definer and listing.privileges:
            return listing.privileges
        return self.component(usage="change.log.inspector").privileges(definer)

    def _privilege_problems(self, definer, privileges, found):
        tables = self._tables_of(definer, found)
        lacking = [table for table in tables if not privileges.has("Trigger", table)]
        if lacking:
            yield Problem("broken", self._no_trigger_privilege(definer, lacking))
        if not all(privileges.has("Select", table) for table in tables):
            yield Problem("broken", self._no_privilege(definer, "SELECT", "*"))
        if not privileges.has("Insert", TABLE):
            yield Problem("broken", self._no_privilege(definer, "INSERT", TABLE))

    def _tables_of(self, definer, found):
        """Return the tables whose triggers have a definer.

        The definer of the procedure is that of all triggers, even of those that it does
        not see.
        """
        tables = {each.table for each in found.triggers if each.definer == definer}
        if definer == found.listing.definer:
            log = self.component(usage="change.log")
            tables.update(table for table, _columns, _key in log.sections())
        return tables

    def _writing_problems(self):
        try:
            self.component(usage="change.log").check_writing()
        except OcsConfigurationError as error:
            is_denied = error.code in errors.DENIED
            sentence = self._cannot_acknowledge() if is_denied else str(error)
            yield Problem("danger", sentence)

    # Sentences

    def _unknown_definer(self, definer):
        return self.env._(
            "Triggers run with the privileges of %(definer)s. Do not drop that "
            "account, or OCS can no longer save inventories. If it is the account of "
            "the OCS server, enter it on the backend.",
            definer=definer,
        )

    def _other_definer(self, definer, account):
        return self.env._(
            "Triggers run with the privileges of %(definer)s, not of %(account)s. Do "
            "not drop %(definer)s, or OCS can no longer save inventories. Click "
            "“Repair…” to make them run with the privileges of %(account)s.",
            definer=definer,
            account=account,
        )

    def _missing_definer(self, definer):
        return self.env._(
            "OCS cannot save inventories (error 1449) because %(definer)s, the definer "
            "of its triggers, no longer exists. Click “Repair…”, or create the "
            "account again.",
            definer=definer,
        )

    def _no_trigger_privilege(self, definer, tables):
        return self.env._(
            "OCS cannot save inventories (error 1142) because %(definer)s, the definer "
            "of its triggers, lacks the TRIGGER privilege on %(tables)s. Click "
            "“Repair…”, or run on the database server: %(grant)s",
            definer=definer,
            tables=", ".join(sorted(tables)),
            grant=self._grant("TRIGGER", "*", definer),
        )

    def _no_privilege(self, definer, privilege, table):
        return self.env._(
            "Changes are missing from the log because %(definer)s, the definer of the "
            "triggers, lacks the %(privilege)s privilege. Run on the database "
            "server: %(grant)s",
            definer=definer,
            privilege=privilege,
            grant=self._grant(privilege, table, definer),
        )

    def _cannot_see_privileges(self, definer):
        return self.env._(
            "%(account)s is not allowed to check whether %(definer)s, the definer of "
            "triggers, still has its privileges. Click “Repair…”.",
            account=self._account(),
            definer=definer,
        )

    def _outdated_procedure(self):
        return self.env._(
            "The procedure %s, which lists the triggers of OCS, is outdated, so Odoo "
            "cannot check them. Click “Repair…”.",
            procedure.PROCEDURE,
        )

    def _cannot_see_triggers(self, definer):
        """Return a sentence; an administrator may have chosen a definer with little."""
        accounts = dict.fromkeys(filter(None, (self._account(), definer)))
        database = self.backend_record.database
        return self.env._(
            "%(account)s is not allowed to see the triggers of OCS, so Odoo cannot "
            "check them. Click “Repair…”, or run on the database server: %(grants)s",
            account=self._account(),
            grants=" ".join(f"{procedure.grant(database, a)};" for a in accounts),
        )

    def _cannot_acknowledge(self):
        return self.env._(
            "%(account)s is not allowed to mark and delete the rows of %(table)s, or "
            "to read and change its owner. Click “Repair…”, or run on the database "
            "server: %(grants)s",
            account=self._account(),
            table=TABLE,
            grants=" ".join(self._grants()[:2]),
        )

    def _account(self):
        return self.component(usage="change.log").account()

    def _grants(self):
        grants = setup.grants(self._account(), self.backend_record.database)
        return [f"{grant};" for grant in grants]

    def _grant(self, privilege, table, account):
        database = self.backend_record.database
        return f"{grant(privilege, database, table, account)};"
