# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Sentences about a change log: what is wrong with it, and what to do."""

from functools import cached_property

from odoo.addons.connector_ocs.lib.quoting import grant

from . import change_log_procedure as procedure
from . import change_log_setup as setup
from .change_log import TABLE


class ChangeLogSentences:
    """Sentences about the change log of a backend, in the language of the user.

    :param log: ``ocs.change.log.adapter``
    """

    def __init__(self, log):
        self.env = log.env
        self._log = log
        self._backend = log.backend_record

    @cached_property
    def _account(self):
        """Account of the work context, 'user@host'."""
        return self._log.account()

    def absent(self, found):
        """Return that no trigger writes to the table, or that none can be seen."""
        if not found.listing.is_complete:
            return self.env._(
                "OCS has no change log, or %s is not allowed to see it. Click "
                "“Install…”.",
                self._account,
            )
        if found.columns:
            return self.env._(
                "No trigger writes to the table %s. Click “Install…”; its rows are "
                "kept.",
                TABLE,
            )
        return self.env._("OCS has no change log. Click “Install…”.")

    def binary_log(self):
        """Return that the binary log prevents Install and Repair."""
        return self.env._(
            "The database server writes a binary log, so only an account with the "
            "SUPER privilege can create the triggers, unless you run on that "
            "server: SET GLOBAL log_bin_trust_function_creators = 1;"
        )

    def healthy(self, found):
        """Return what watches OCS, and with whose privileges."""
        return self.env._(
            "%(triggers)s triggers watch %(tables)s tables of OCS. They run with the "
            "privileges of %(account)s, the account of the OCS server.",
            triggers=len(found.triggers),
            tables=len({trigger.table for trigger in found.triggers}),
            account=self._backend.change_log_account,
        )

    def other_owner(self, found):
        """Return who else uses the log: a sentence, '' if nobody does.

        :param found: :class:`.change_log_owner.Owner` recorded in OCS, or None
        """
        own = self._log.own()
        if not found or found.is_used_by(own):
            return ""
        if found.key == own.key:
            return self.env._(
                "The change log of OCS is used by a copy of this database that was "
                "started later. Stop the copy, or archive its backend, then click "
                "“Use This Change Log Here…”."
            )
        return self.env._(
            "The change log of OCS is used by another Odoo database or backend: "
            "%(other)s. If this is a copy, leave it as it is. If it replaces the other "
            "one, click “Use This Change Log Here…”.",
            other=found.name,
        )

    def no_owner(self):
        """Return that the log has no owner."""
        return self.env._(
            "It is not recorded that this database uses the change log, so a copy of "
            "it could hide changes from it. Click “Repair…”."
        )

    def no_table(self):
        """Return that the change table does not exist."""
        return self.env._(
            "The table %s no longer exists, so all changes are missing from the log. "
            "Click “Repair…”.",
            TABLE,
        )

    def unsuitable(self, columns):
        """Return that columns are missing or cannot hold what the triggers write."""
        return self.env._(
            "Changes are missing from the log because columns of the table %(table)s "
            "are missing or have the wrong type: %(columns)s. Click “Repair…”.",
            table=TABLE,
            columns=", ".join(columns),
        )

    def restricted(self, names):
        """Return that keys may prevent a trigger from writing a row."""
        return self.env._(
            "Changes may be missing from the log because these keys of the table "
            "%(table)s do not allow every row: %(keys)s. Click “Repair…”.",
            table=TABLE,
            keys=", ".join(names),
        )

    def no_primary_key(self):
        """Return that rows cannot be found by their ID."""
        return self.env._(
            "The table %s has no primary key on (id), so Odoo cannot mark its rows as "
            "processed. Click “Repair…”.",
            TABLE,
        )

    def wrong_engine(self, engine):
        """Return that the storage engine of the table is not InnoDB."""
        return self.env._(
            "The table %(table)s is not InnoDB but %(engine)s. Changes appear in it "
            "before OCS commits them, and a damaged file would prevent OCS from saving "
            "inventories. Click “Repair…”.",
            table=TABLE,
            engine=engine or self.env._("a view"),
        )

    def no_index(self, names):
        """Return that indexes are missing."""
        return self.env._(
            "The table %(table)s has no index on (%(columns)s). Reading the table, or "
            "deleting a computer in OCS, locks more of it than necessary. Click "
            "“Repair…”.",
            table=TABLE,
            columns="), (".join(", ".join(setup.INDEXES[name]) for name in names),
        )

    def missing(self, names):
        """Return that triggers do not exist."""
        return self.env._(
            "Changes are missing from the log because these triggers do not exist: %s. "
            "Click “Repair…”.",
            ", ".join(sorted(names)),
        )

    def outdated(self, names):
        """Return that triggers are not those of this version."""
        return self.env._(
            "Changes may be missing from the log because these triggers are outdated: "
            "%s. Click “Repair…”.",
            ", ".join(sorted(names)),
        )

    def foreign(self, trigger):
        """Return that somebody else's trigger writes to the table."""
        return self.env._(
            "The trigger %(trigger)s on the table %(table)s also writes to %(log)s. "
            "Click “Repair…” to replace it.",
            trigger=trigger.name,
            table=trigger.table,
            log=TABLE,
        )

    def unknown_definer(self, definer):
        """Return that the account of the OCS server is not known."""
        return self.env._(
            "Triggers run with the privileges of %(definer)s. Do not drop that "
            "account, or OCS can no longer save inventories. If it is the account of "
            "the OCS server, enter it on the backend.",
            definer=definer,
        )

    def other_definer(self, definer, account):
        """Return that triggers run with the privileges of another account."""
        return self.env._(
            "Triggers run with the privileges of %(definer)s, not of %(account)s. Do "
            "not drop %(definer)s, or OCS can no longer save inventories. Click "
            "“Repair…” to make them run with the privileges of %(account)s.",
            definer=definer,
            account=account,
        )

    def missing_definer(self, definer):
        """Return that the definer of triggers does not exist.

        :param definer: 'user@host', '' if unknown
        """
        definer = definer or self.env._("an account")
        return self.env._(
            "OCS cannot save inventories (error 1449) because %(definer)s, the definer "
            "of its triggers, no longer exists. Click “Repair…”, or create the "
            "account again.",
            definer=definer,
        )

    def no_trigger_privilege(self, definer, tables):
        """Return that the definer may not have triggers on tables."""
        return self.env._(
            "OCS cannot save inventories (error 1142) because %(definer)s, the definer "
            "of its triggers, lacks the TRIGGER privilege on %(tables)s. Click "
            "“Repair…”, or run on the database server: %(grant)s",
            definer=definer,
            tables=", ".join(sorted(tables)),
            grant=self._grant("TRIGGER", "*", definer),
        )

    def no_privilege(self, definer, privilege, table):
        """Return that the definer lacks a privilege, so that changes get lost."""
        return self.env._(
            "Changes are missing from the log because %(definer)s, the definer of the "
            "triggers, lacks the %(privilege)s privilege. Run on the database "
            "server: %(grant)s",
            definer=definer,
            privilege=privilege,
            grant=self._grant(privilege, table, definer),
        )

    def cannot_see_privileges(self, definer):
        """Return that the privileges of the definer cannot be read."""
        return self.env._(
            "%(account)s is not allowed to check whether %(definer)s, the definer of "
            "triggers, still has its privileges. Click “Repair…”.",
            account=self._account,
            definer=definer,
        )

    def outdated_procedure(self):
        """Return that the procedure is not that of this version."""
        return self.env._(
            "The procedure %s, which lists the triggers of OCS, is outdated, so Odoo "
            "cannot check them. Click “Repair…”.",
            procedure.PROCEDURE,
        )

    def cannot_see_triggers(self, definer):
        """Return that triggers are hidden.

        An administrator may have chosen a definer with few privileges.
        """
        accounts = dict.fromkeys(filter(None, (self._account, definer)))
        database = self._backend.database
        return self.env._(
            "%(account)s is not allowed to see the triggers of OCS, so Odoo cannot "
            "check them. Click “Repair…”, or run on the database server: %(grants)s",
            account=self._account,
            grants=" ".join(f"{procedure.grant(database, a)};" for a in accounts),
        )

    def cannot_acknowledge(self):
        """Return that changes cannot be marked as processed."""
        return self.env._(
            "%(account)s is not allowed to mark and delete the rows of %(table)s, or "
            "to read and change its owner. Click “Repair…”, or run on the database "
            "server: %(grants)s",
            account=self._account,
            table=TABLE,
            grants=" ".join(self._grants()[:2]),
        )

    def _grants(self):
        grants = setup.grants(self._account, self._backend.database)
        return [f"{grant};" for grant in grants]

    def _grant(self, privilege, table, account):
        database = self._backend.database
        return f"{grant(privilege, database, table, account)};"
