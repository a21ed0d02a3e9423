# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import defaultdict

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib import errors

from ..lib import change_log_procedure as procedure
from ..lib.change_log import Trigger, triggers
from ..lib.change_log_procedure import Listing, Privileges

#: There is no procedure, or the account or the definer must not execute it.
_REFUSED = frozenset({errors.NO_PROCEDURE, *errors.DENIED})


class OcsChangeLogTriggerReader(Component):
    """Reader of the triggers: directly, or through the procedure of the change log."""

    _name = "ocs.change.log.trigger.reader"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.backend"
    _usage = "change.log.trigger.reader"

    def list_triggers(self):
        """Return the triggers that matter for the change log.

        :return: :class:`.change_log_procedure.Listing`
        """
        listing = self._call()
        if self._sees_triggers():
            names = [trigger.name for trigger in self._wanted()]
            rows = self._query(procedure.triggers_query(names))
            listing = self._with_triggers(listing, rows)._replace(is_complete=True)
        return listing

    def own_privileges(self):
        """Return the privileges of the own account, which every account may read.

        :return: :class:`.change_log_procedure.Privileges`
        """
        return _privileges(self._query(procedure.PRIVILEGES))

    def _call(self):
        definer = self._definer()
        try:
            with self._convert_errors():
                results = self.work.ocs_client.call(procedure.PROCEDURE)
            return self._listing(definer, *results)
        except OcsConfigurationError as error:
            if error.code == errors.NO_DEFINER:
                return Listing(definer=definer, failure=procedure.NO_DEFINER)
            if error.code not in _REFUSED:
                raise
            return Listing(definer=definer)
        except (AttributeError, LookupError, TypeError, ValueError):  # other results
            return Listing(definer=definer, failure=procedure.OUTDATED)

    def _listing(self, definer, rows, own, accounts):
        privileges = _privileges(own)
        listing = Listing(
            definer=definer or accounts[0]["definer"],
            privileges=privileges,
            is_complete=self._shows_triggers(privileges),
        )
        return self._with_triggers(listing, rows)

    def _definer(self):
        """Return the definer of the procedure, '' if unknown.

        MySQL does not show it to accounts that may execute the procedure by a role.
        """
        rows = self._query(
            "SELECT DEFINER AS definer FROM information_schema.ROUTINES"
            " WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = 'PROCEDURE'"
            " AND ROUTINE_NAME = %s",
            (procedure.PROCEDURE,),
        )
        return rows[0]["definer"] if rows else ""

    def _shows_triggers(self, privileges):
        """Return whether the server shows an account the triggers of each table."""
        return all(privileges.has("Trigger", each.table) for each in self._wanted())

    def _sees_triggers(self):
        """Return whether the own account may see every trigger of the database."""
        return any(
            grant.table == "*" and grant.allows("TRIGGER")
            for grant in self.component(usage="backend.adapter").grants()
        )

    def _wanted(self):
        return triggers(self.component(usage="change.log").sections())

    def _with_triggers(self, listing, rows):
        created = [row.pop("created") for row in rows]
        return listing._replace(
            triggers=tuple(Trigger(**row) for row in rows),
            created=max((each for each in created if each), default=None),
        )


def _privileges(rows):
    on = defaultdict(set)
    for row in rows:
        on[row["table"]].add(row["privilege"].capitalize())
    return Privileges(exists=True, on=dict(on))
