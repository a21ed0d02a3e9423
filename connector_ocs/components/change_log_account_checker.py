# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib import change_log_setup as setup
from ..lib.change_log import TABLE, split_account
from .change_log_checker import Problem


class OcsChangeLogAccountChecker(Component):
    """Says whether accounts have the rights that the change log needs.

    Triggers run with the rights of their definer: without them, the statements of
    OCS that fire a trigger fail.
    """

    _name = "ocs.change.log.account.checker"
    _inherit = "ocs.base"
    _apply_on = "ocs.backend"
    _usage = "change.log.account.checker"

    def problems(self, found, sees_triggers):
        """What is wrong with the definers' rights and with those of the backend.

        :param found: :class:`.change_log_setup.ChangeLogState`
        :param sees_triggers: bool, whether the backend may see every trigger
        :return: iterable of :class:`.change_log_checker.Problem`
        """
        if not sees_triggers:
            yield Problem("danger", self._sees_no_triggers())
        for definer in sorted({trigger.definer for trigger in found.triggers}):
            yield from self._definer_problems(definer, found)
        if found.columns and self._cannot_write():
            yield Problem("danger", self._writes_nothing())

    def _definer_problems(self, definer, found):
        account = self.backend_record.change_log_account
        if not account:
            yield Problem("danger", self._unknown_definer(definer))
        elif definer != "@".join(split_account(account)):
            yield Problem("danger", self._other_definer(definer, account))
        rights = self.component(usage="change.log.inspector").rights(definer)
        if rights is None:
            yield Problem("danger", self._sees_no_rights(definer))
        elif not rights.exists:
            yield Problem("broken", self._missing_definer(definer))
        else:
            yield from self._right_problems(definer, rights, found)

    def _right_problems(self, definer, rights, found):
        tables = {t.table for t in found.triggers if t.definer == definer}
        unarmed = [table for table in tables if not rights.has("Trigger", table)]
        if unarmed:
            yield Problem("broken", self._no_trigger_right(definer, unarmed))
        if not all(rights.has("Select", table) for table in tables):
            yield Problem("broken", self._no_right(definer, "SELECT", "*"))
        if not rights.has("Insert", TABLE):
            yield Problem("broken", self._no_right(definer, "INSERT", TABLE))

    def _cannot_write(self):
        inspector = self.component(usage="change.log.inspector")
        return inspector.lacks_right(
            f"UPDATE {TABLE} SET processed = 1 WHERE id = 0"
        ) or inspector.lacks_right(f"DELETE FROM {TABLE} WHERE id = 0")

    # Sentences

    def _unknown_definer(self, definer):
        return self.env._(
            "Triggers run with the rights of %(definer)s. Do not drop that account: "
            "OCS could not save inventories. If it is the account of the OCS server, "
            "enter it on the backend.",
            definer=definer,
        )

    def _other_definer(self, definer, account):
        return self.env._(
            "Triggers run with the rights of %(definer)s, not of %(account)s. Do not "
            "drop %(definer)s: OCS could not save inventories. Repair makes them run "
            "with those of %(account)s.",
            definer=definer,
            account=account,
        )

    def _missing_definer(self, definer):
        return self.env._(
            "OCS cannot save inventories (error 1449): its triggers run with the "
            "rights of %(definer)s, an account that is gone. Press Repair, or create "
            "the account again.",
            definer=definer,
        )

    def _no_trigger_right(self, definer, tables):
        return self.env._(
            "OCS cannot save inventories (error 1142): %(definer)s, with whose rights "
            "its triggers run, has no right TRIGGER on %(tables)s. Press Repair, or "
            "run on the OCS server: %(grant)s",
            definer=definer,
            tables=", ".join(sorted(tables)),
            grant=self._grant("TRIGGER", "*", definer),
        )

    def _no_right(self, definer, right, table):
        return self.env._(
            "Changes are missing from the log: %(definer)s, with whose rights the "
            "triggers run, has no right %(right)s. Run on the OCS server: %(grant)s",
            definer=definer,
            right=right,
            grant=self._grant(right, table, definer),
        )

    def _sees_no_rights(self, definer):
        return self.env._(
            "%(account)s may not see whether %(definer)s, with whose rights the "
            "triggers run, still has them. Run on the OCS server: %(grants)s",
            account=self._account(),
            definer=definer,
            grants=" ".join(self._grants()[2:]),
        )

    def _sees_no_triggers(self):
        return self.env._(
            "%(account)s may not see the triggers of OCS, so that nobody knows whether "
            "they work. Run on the OCS server: %(grant)s",
            account=self._account(),
            grant=self._grants()[1],
        )

    def _writes_nothing(self):
        return self.env._(
            "%(account)s may not acknowledge and purge the rows of %(table)s. Run on "
            "the OCS server: %(grant)s",
            account=self._account(),
            table=TABLE,
            grant=self._grants()[0],
        )

    def _account(self):
        return self.component(usage="change.log").account()

    def _grants(self):
        grants = setup.grants(self._account(), self.backend_record.database)
        return [f"{grant};" for grant in grants]

    def _grant(self, right, table, account):
        return f"{setup.grant(right, self.backend_record.database, table, account)};"
