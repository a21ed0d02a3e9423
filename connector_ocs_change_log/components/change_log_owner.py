# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import suppress

from odoo.addons.component.core import Component
from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.lib import errors

from ..lib import change_log_owner as owners
from ..lib.session import WritableSession

#: There is no table of the owner, it is not ours, or the account must not read it.
_UNREADABLE = frozenset({errors.NO_TABLE, errors.NO_COLUMN, *errors.DENIED})


class OcsChangeLogOwner(Component):
    """Keeper of the owner of the change log, which is recorded in OCS.

    Only the owner reads the log: a change that a copy of the database acknowledges
    would never arrive in the original.
    """

    _name = "ocs.change.log.owner"
    _inherit = "ocs.adapter"
    _apply_on = "ocs.backend"
    _usage = "change.log.owner"

    def own(self):
        """Return this backend as owner: :class:`.change_log_owner.Owner`."""
        return self.backend_record._change_log_owner()

    def found(self):
        """Return the owner that is recorded in OCS.

        :return: :class:`.change_log_owner.Owner`, None without one, or if the account
            is not allowed to read it
        """
        try:
            rows = self._query(owners.READ)
        except OcsConfigurationError as error:
            if error.code not in _UNREADABLE:
                raise
            return None
        return owners.Owner(*rows[0].values()) if rows else None

    def renew(self):
        """Record when the own server was started, unless a later one uses the log.

        What prevents it is found by the check of writing.
        """
        own = self.own()
        with suppress(OcsConfigurationError), self._convert_errors():
            with WritableSession(self.work.ocs_client) as session:
                session.execute(owners.RENEW, (own.started, own.key, own.started))

    def describe_other(self):
        """Return who else uses the log: a sentence, '' if nobody does."""
        found, own = self.found(), self.own()
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

    def check_other(self):
        """Check that nobody else uses the log.

        :raises OcsConfigurationError: says who does
        """
        other = self.describe_other()
        if other:
            raise OcsConfigurationError(other)
