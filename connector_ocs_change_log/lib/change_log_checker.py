# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Check of whether a change log is reliable."""

from typing import NamedTuple

from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib import errors
from odoo.addons.connector_ocs.lib.quoting import split_account

from . import change_log_procedure as procedure
from . import change_log_setup as setup
from .change_log import TABLE, triggers
from .change_log_sentences import ChangeLogSentences

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


class ChangeLogChecker:
    """Checker that finds out whether the change log is reliable.

    Triggers run with the privileges of their definer: if these are missing, the
    statements of OCS that fire a trigger fail.

    :param work: work context of ``ocs.backend``
    """

    def __init__(self, work):
        self._log = work.component(usage="change.log")
        self._inspector = work.component(usage="change.log.inspector")
        self._sentences = ChangeLogSentences(self._log)
        self._sections = self._log.sections()

    def check(self):
        """Check the owner, the table, the triggers, their definers and the privileges.

        :return: :class:`Report`
        :raises NetworkRetryableError: OCS is temporarily unavailable
        """
        self._log.renew_owner()
        owner = self._log.read_owner()
        other = self._sentences.other_owner(owner)
        return Report("foreign", [other], "") if other else self._check(owner)

    def _check(self, owner):
        """Check a change log that nobody else uses.

        :param owner: :class:`.change_log_owner.Owner`, None if none is recorded
        """
        found = self._inspector.found()
        if owner:
            # somebody else may have hidden changes before it became the owner (again)
            found = found._replace(created=f"{found.created}, {owner.since}")
        if self._is_absent(found):
            sentences = [self._sentences.absent(found), *self._binary_log()]
            return Report("absent", sentences, found.created)
        problems = [
            *self._owner_problems(owner),
            *self._table_problems(found),
            *self._trigger_problems(found),
            *self._listing_problems(found.listing),
            *self._account_problems(found),
        ]
        return self._report(found, problems)

    def _is_absent(self, found):
        listing = found.listing
        is_known = listing.is_complete or not (found.columns or listing.definer)
        return is_known and not found.triggers

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
        return Report(
            state, sentences or [self._sentences.healthy(found)], found.created
        )

    def _binary_log(self):
        """Return a warning if the binary log prevents Install and Repair."""
        is_limited = self._inspector.writes_binary_log()
        return [self._sentences.binary_log()] if is_limited else []

    def _owner_problems(self, owner):
        if not owner:
            yield Problem("danger", self._sentences.no_owner())

    def _table_problems(self, found):
        say = self._sentences
        if not found.columns:
            yield Problem("broken", say.no_table())
            return
        unsuitable = setup.unsuitable_columns(found.columns)
        if unsuitable:
            yield Problem("broken", say.unsuitable(unsuitable))
        restrictions = setup.restrictions(found)
        if restrictions:
            yield Problem("broken", say.restricted(restrictions))
        if not setup.has_primary_key(found):
            yield Problem("danger", say.no_primary_key())
        if found.engine.lower() != "innodb":
            yield Problem("danger", say.wrong_engine(found.engine))
        missing = setup.missing_indexes(found.indexes)
        if missing:
            yield Problem("danger", say.no_index(missing))

    def _trigger_problems(self, found):
        if not found.listing.is_complete:
            return
        say = self._sentences
        wanted = {trigger.name: trigger for trigger in triggers(self._sections)}
        there = {trigger.name: trigger for trigger in found.triggers}
        missing = wanted.keys() - there.keys()
        if missing:
            yield Problem("broken", say.missing(missing))
        outdated = [
            name
            for name in wanted.keys() & there.keys()
            if not wanted[name].is_like(there[name])
        ]
        if outdated:
            yield Problem("broken", say.outdated(outdated))
        for name in sorted(there.keys() - wanted.keys()):
            yield Problem("danger", say.foreign(there[name]))

    def _listing_problems(self, listing):
        say = self._sentences
        if listing.failure == procedure.NO_DEFINER:
            yield Problem("broken", say.missing_definer(listing.definer))
        elif listing.failure == procedure.OUTDATED:
            yield Problem("danger", say.outdated_procedure())
        elif not listing.is_complete and not listing.privileges:
            yield Problem("danger", say.cannot_see_triggers(listing.definer))

    def _account_problems(self, found):
        definers = {trigger.definer for trigger in found.triggers}
        if found.listing.privileges:
            definers.add(found.listing.definer)
        for definer in sorted(definers):
            yield from self._definer_problems(definer, found)
        if found.columns:
            yield from self._writing_problems()

    def _definer_problems(self, definer, found):
        say, account = self._sentences, self._log.backend_record.change_log_account
        if not account:
            yield Problem("danger", say.unknown_definer(definer))
        elif definer != "@".join(split_account(account)):
            yield Problem("danger", say.other_definer(definer, account))
        privileges = self._privileges(definer, found.listing)
        if privileges is None:
            yield Problem("danger", say.cannot_see_privileges(definer))
        elif not privileges.exists:
            yield Problem("broken", say.missing_definer(definer))
        else:
            yield from self._privilege_problems(definer, privileges, found)

    def _privileges(self, definer, listing):
        if definer == listing.definer and listing.privileges:
            return listing.privileges
        return self._inspector.privileges(definer)

    def _privilege_problems(self, definer, privileges, found):
        say, tables = self._sentences, self._tables_of(definer, found)
        lacking = [table for table in tables if not privileges.has("Trigger", table)]
        if lacking:
            yield Problem("broken", say.no_trigger_privilege(definer, lacking))
        if not all(privileges.has("Select", table) for table in tables):
            yield Problem("broken", say.no_privilege(definer, "SELECT", "*"))
        if not privileges.has("Insert", TABLE):
            yield Problem("broken", say.no_privilege(definer, "INSERT", TABLE))

    def _tables_of(self, definer, found):
        """Return the tables whose triggers have a definer.

        The definer of the procedure is that of all triggers, even of those that it does
        not see.
        """
        tables = {each.table for each in found.triggers if each.definer == definer}
        if definer == found.listing.definer:
            tables.update(table for table, _columns, _key in self._sections)
        return tables

    def _writing_problems(self):
        try:
            self._log.check_writing()
        except OcsConfigurationError as error:
            is_denied = error.code in errors.DENIED
            sentence = self._sentences.cannot_acknowledge() if is_denied else str(error)
            yield Problem("danger", sentence)
