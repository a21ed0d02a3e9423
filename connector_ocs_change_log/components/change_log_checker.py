# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from typing import NamedTuple

from odoo.addons.component.core import Component

from ..lib import change_log_setup as setup
from ..lib.change_log import TABLE, triggers

#: From best to worst.
SEVERITIES = ("healthy", "danger", "broken")


class Problem(NamedTuple):
    """Problem of a change log that an administrator has to solve."""

    #: 'danger': it is not proven that the log works and will keep working · 'broken':
    #: changes are missing from the log, or statements of OCS fail
    severity: str
    #: names the table, trigger or account, and says what to do
    sentence: str


class Report(NamedTuple):
    """Result of the check of a change log."""

    #: 'absent' (no triggers), 'foreign' (used by another database or backend),
    #: 'healthy', or the worst severity of the problems
    state: str
    #: list of str, the worst first
    sentences: list
    #: see :class:`.change_log_setup.ChangeLogState`
    created: str


class OcsChangeLogChecker(Component):
    """Checker that finds out whether the change log is reliable."""

    _name = "ocs.change.log.checker"
    _inherit = "ocs.base"
    _apply_on = "ocs.backend"
    _usage = "change.log.checker"

    def check(self):
        """Check the owner, the table, the triggers, their definers and the privileges.

        :return: :class:`Report`
        :raises NetworkRetryableError: OCS is temporarily unavailable
        """
        owner = self.component(usage="change.log.owner")
        owner.renew()
        other = owner.describe_other()
        return Report("foreign", [other], "") if other else self._check(owner.found())

    def _check(self, owner):
        """Check a change log that nobody else uses.

        :param owner: :class:`.change_log_owner.Owner`, None if none is recorded
        """
        found = self.component(usage="change.log.inspector").found()
        if owner:
            # somebody else may have hidden changes before it became the owner (again)
            found = found._replace(created=f"{found.created}, {owner.since}")
        if self._is_absent(found):
            return self._report_absent(found)
        accounts = self.component(usage="change.log.account.checker")
        problems = [
            *self._owner_problems(owner),
            *self._table_problems(found),
            *self._trigger_problems(found),
            *accounts.problems(found),
        ]
        return self._report(found, problems)

    def _is_absent(self, found):
        listing = found.listing
        is_known = listing.is_complete or not (found.columns or listing.definer)
        return is_known and not found.triggers

    def _report_absent(self, found):
        sentence = self.env._("OCS has no change log. Click “Install…”.")
        if not found.listing.is_complete:
            sentence = self.env._(
                "OCS has no change log, or %s is not allowed to see it. Click "
                "“Install…”.",
                self.component(usage="change.log").account(),
            )
        elif found.columns:
            sentence = self.env._(
                "No trigger writes to the table %s. Click “Install…”; its rows are "
                "kept.",
                TABLE,
            )
        return Report("absent", [sentence, *self._binary_log()], found.created)

    def _report(self, found, problems):
        problems = sorted(
            dict.fromkeys(problems),
            key=lambda p: SEVERITIES.index(p.severity),
            reverse=True,
        )
        state = problems[0].severity if problems else "healthy"
        sentences = [problem.sentence for problem in problems]
        if state == "broken":
            sentences += self._binary_log()
        sentences = sentences or [self._describe_healthy(found)]
        return Report(state, sentences, found.created)

    def _describe_healthy(self, found):
        return self.env._(
            "%(triggers)s triggers watch %(tables)s tables of OCS. They run with the "
            "privileges of %(account)s, the account of the OCS server.",
            triggers=len(found.triggers),
            tables=len({trigger.table for trigger in found.triggers}),
            account=self.backend_record.change_log_account,
        )

    def _binary_log(self):
        """Return a warning if the binary log prevents Install and Repair."""
        if not self.component(usage="change.log.inspector").writes_binary_log():
            return []
        return [
            self.env._(
                "The database server writes a binary log, so only an account with the "
                "SUPER privilege can create the triggers, unless you run on that "
                "server: SET GLOBAL log_bin_trust_function_creators = 1;"
            )
        ]

    def _owner_problems(self, owner):
        if not owner:
            yield Problem("danger", self._no_owner())

    def _table_problems(self, found):
        if not found.columns:
            yield Problem("broken", self._no_table())
            return
        unsuitable = setup.unsuitable_columns(found.columns)
        if unsuitable:
            yield Problem("broken", self._unsuitable(unsuitable))
        restrictions = setup.restrictions(found)
        if restrictions:
            yield Problem("broken", self._restricted(restrictions))
        if not setup.has_primary_key(found):
            yield Problem("danger", self._no_primary_key())
        if found.engine.lower() != "innodb":
            yield Problem("danger", self._wrong_engine(found.engine))
        missing = setup.missing_indexes(found.indexes)
        if missing:
            yield Problem("danger", self._no_index(missing))

    def _trigger_problems(self, found):
        if not found.listing.is_complete:
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

    def _no_owner(self):
        return self.env._(
            "It is not recorded that this database uses the change log, so a copy of "
            "it could hide changes from it. Click “Repair…”."
        )

    def _no_table(self):
        return self.env._(
            "The table %s no longer exists, so all changes are missing from the log. "
            "Click “Repair…”.",
            TABLE,
        )

    def _unsuitable(self, columns):
        return self.env._(
            "Changes are missing from the log because columns of the table %(table)s "
            "are missing or have the wrong type: %(columns)s. Click “Repair…”.",
            table=TABLE,
            columns=", ".join(columns),
        )

    def _restricted(self, names):
        return self.env._(
            "Changes may be missing from the log because these keys of the table "
            "%(table)s do not allow every row: %(keys)s. Click “Repair…”.",
            table=TABLE,
            keys=", ".join(names),
        )

    def _no_primary_key(self):
        return self.env._(
            "The table %s has no primary key on (id), so Odoo cannot mark its rows as "
            "processed. Click “Repair…”.",
            TABLE,
        )

    def _wrong_engine(self, engine):
        return self.env._(
            "The table %(table)s is not InnoDB but %(engine)s. Changes appear in it "
            "before OCS commits them, and a damaged file would prevent OCS from saving "
            "inventories. Click “Repair…”.",
            table=TABLE,
            engine=engine or self.env._("a view"),
        )

    def _no_index(self, names):
        return self.env._(
            "The table %(table)s has no index on (%(columns)s). Reading the table, or "
            "deleting a computer in OCS, locks more of it than necessary. Click "
            "“Repair…”.",
            table=TABLE,
            columns="), (".join(", ".join(setup.INDEXES[name]) for name in names),
        )

    def _missing(self, names):
        return self.env._(
            "Changes are missing from the log because these triggers do not exist: %s. "
            "Click “Repair…”.",
            ", ".join(sorted(names)),
        )

    def _outdated(self, names):
        return self.env._(
            "Changes may be missing from the log because these triggers are outdated: "
            "%s. Click “Repair…”.",
            ", ".join(sorted(names)),
        )

    def _foreign(self, trigger):
        return self.env._(
            "The trigger %(trigger)s on the table %(table)s also writes to %(log)s. "
            "Click “Repair…” to replace it.",
            trigger=trigger.name,
            table=trigger.table,
            log=TABLE,
        )
