# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import hashlib
import struct

from odoo.tools import SQL

from odoo.addons.component.core import Component


class OcsLocker(Component):
    """Locker that lets one job at a time work on a computer."""

    _name = "ocs.locker"
    _inherit = "ocs.base"
    _apply_on = "ocs.computer.binding"
    _usage = "locker"

    def lock(self, external_ids):
        """Lock computers until the end of the transaction, in one query.

        Advisory locks of PostgreSQL are used, since there may be no record in Odoo yet.

        :param external_ids: list of int (hardware.ID)
        :return: set of the IDs that no other transaction has locked
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT external_id, pg_try_advisory_xact_lock(lock)"
                " FROM unnest(%s::int[], %s::bigint[]) AS wanted (external_id, lock)",
                external_ids,
                [self._number(each) for each in external_ids],
            )
        )
        return {external_id for external_id, is_locked in rows if is_locked}

    def _number(self, external_id):
        """Return a 64-bit number that is the same in every process."""
        backend = self.backend_record
        name = f"{backend._name}, {backend.id}, {external_id}"
        digest = hashlib.sha1(name.encode(), usedforsecurity=False).digest()
        return struct.unpack("q", digest[:8])[0]
