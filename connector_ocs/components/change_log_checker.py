# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import Component

from ..lib import change_log_setup as setup
from ..lib.change_log import TABLE, triggers

#: From good to bad.
SEVERITIES = ("healthy", "danger", "broken")


class Problem(NamedTuple):
    """Something about a change log that somebody has to see to."""

    #: 'danger': it works all the same · 'broken': changes are lost from it, or the
    #: statements of OCS fail
    severity: str
    #: names the table, trigger or account, and the remedy
    sentence: str


class Report(NamedTuple):
    """What the check of a change log found."""

    #: 'absent' (no triggers), 'healthy', or the worst severity of the problems
    state: str
    #: list of str, the worst first
    sentences: list


class OcsChangeLogChecker(Component):
    """Says whether the change log can be relied on."""

    _name = "ocs.change.log.checker"
    _inherit = "ocs.base"
    _apply_on = "ocs.backend"
    _usage = "change.log.checker"

    def check(self):
        """Look at the table, the triggers, their definers and the rights.

        :return: :class:`Report`
        :raises NetworkRetryableError: OCS cannot be reached now
        """
        inspector = self.component(usage="change.log.inspector")
        found = inspector.found()
        sees_triggers = inspector.sees_triggers()
        if not found.triggers and (sees_triggers or not found.columns):
            return self._absent(found)
        accounts = self.component(usage="change.log.account.checker")
        problems = [
            *self._table_problems(found),
            *self._trigger_problems(found, sees_triggers),
            *accounts.problems(found, sees_triggers),
        ]
        return self._report(found, problems)

    def _absent(self, found):
        sentence = self.env._("OCS has no change log: press Install.")
        if found.columns:
            sentence = self.env._(
                "No trigger writes to the table %s: press Install, its rows stay.",
                TABLE,
            )
        return Report("absent", [sentence, *self._binary_log()])

    def _report(self, found, problems):
        problems = sorted(
            problems, key=lambda p: SEVERITIES.index(p.severity), reverse=True
        )
        state = problems[0].severity if problems else "healthy"
        sentences = [problem.sentence for problem in problems]
        if state == "broken":
            sentences += self._binary_log()
        return Report(state, sentences or [self._praise(found)])

    def _praise(self, found):
        return self.env._(
            "%(triggers)s triggers watch %(tables)s tables of OCS. They run with the "
            "rights of %(account)s, the account of the OCS server.",
            triggers=len(found.triggers),
            tables=len({trigger.table for trigger in found.triggers}),
            account=self.backend_record.change_log_account,
        )

    def _binary_log(self):
        """What keeps the remedy Install or Repair from working."""
        if not self.component(usage="change.log.inspector").writes_binary_log():
            return []
        return [
            self.env._(
                "The OCS server writes a binary log: only an account with the right "
                "SUPER can make the triggers, unless you run on it: "
                "SET GLOBAL log_bin_trust_function_creators = 1;"
            )
        ]

    def _table_problems(self, found):
        if not found.columns:
            yield Problem("broken", self._no_table())
            return
        unsuitable = setup.unsuitable_columns(found.columns)
        if unsuitable:
            yield Problem("broken", self._unsuitable(unsuitable))
        if found.engine.lower() != "innodb":
            yield Problem("danger", self._wrong_engine(found.engine))
        missing = setup.missing_indexes(found.indexes)
        if missing:
            yield Problem("danger", self._no_index(missing))

    def _trigger_problems(self, found, sees_triggers):
        if not found.triggers and not sees_triggers:
            return
        log = self.component(usage="change.log")
        wanted = {trigger.name: trigger for trigger in triggers(log.sections())}
        there = {trigger.name: trigger for trigger in found.triggers}
        missing = wanted.keys() - there.keys()
        if missing:
            yield Problem("broken", self._missing(missing))
        outdated = [
            name
            for name in wanted.keys() & there.keys()
            if not wanted[name].is_like(there[name])
        ]
        if outdated:
            yield Problem("broken", self._outdated(outdated))
        for name in sorted(there.keys() - wanted.keys()):
            yield Problem("danger", self._foreign(there[name]))

    def _no_table(self):
        return self.env._(
            "The table %s is gone: every change is missing from the log. Press Repair.",
            TABLE,
        )

    def _unsuitable(self, columns):
        return self.env._(
            "The table %(table)s lacks columns or has them with another type, so that "
            "changes are missing: %(columns)s. Press Repair.",
            table=TABLE,
            columns=", ".join(columns),
        )

    def _wrong_engine(self, engine):
        return self.env._(
            "The table %(table)s is not InnoDB but %(engine)s: changes appear in it "
            "before OCS commits them, and a damaged file would keep OCS from saving "
            "inventories. Press Repair.",
            table=TABLE,
            engine=engine or self.env._("a view"),
        )

    def _no_index(self, names):
        return self.env._(
            "The table %(table)s has no index on (%(columns)s): reading it, or "
            "deleting a computer in OCS, locks more of it than needed. Press Repair.",
            table=TABLE,
            columns="), (".join(", ".join(setup.INDEXES[name]) for name in names),
        )

    def _missing(self, names):
        return self.env._(
            "Triggers are missing, and with them changes from the log: %s. Press "
            "Repair.",
            ", ".join(sorted(names)),
        )

    def _outdated(self, names):
        return self.env._(
            "Triggers are outdated, so that changes may be missing from the log: %s. "
            "Press Repair.",
            ", ".join(sorted(names)),
        )

    def _foreign(self, trigger):
        return self.env._(
            "The trigger %(trigger)s on the table %(table)s also writes to %(log)s: "
            "Repair replaces it.",
            trigger=trigger.name,
            table=trigger.table,
            log=TABLE,
        )
