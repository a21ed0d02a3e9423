# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo.addons.component.core import Component

#: UUIDs of servers that are remembered: a cluster has several.
MAX_SERVERS = 20


class OcsServerChecker(Component):
    """Checker of whether the OCS database is still that of the last run.

    A server that was restored or replaced has other IDs for the same machines. What it
    tells of itself is remembered on the backend: its UUID, the number of the schema,
    when its tables were created and which ID comes next.
    """

    _name = "ocs.server.checker"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "server.checker"

    def check(self, reconciliation):
        """Return what shows that OCS was restored or replaced.

        The tables of a database are also created anew when it is upgraded or optimized,
        which is harmless as long as the known IDs belong to the same machines.

        :param reconciliation: :class:`.scan_reconciler.Reconciliation`
        :return: sentence, '' if it is the same database
        """
        known, found = self.backend_record.server_identity or {}, self._identity
        if not known or not reconciliation.affected:
            return ""
        is_created_anew = known["created"] != found["created"]
        are_ids_other = (
            reconciliation.replaced_count or found["next_id"] < known["next_id"]
        )
        if found["server"] not in known["servers"]:
            return self.env._("The OCS database is on another server now.")
        if found["schema"] < known["schema"]:
            return self.env._("The OCS database has an older schema than before.")
        if is_created_anew and are_ids_other:
            return self.env._("The OCS database was created anew since the last run.")
        return ""

    def is_changed(self):
        """Return whether the server is not the one that is remembered."""
        known, found = self.backend_record.server_identity or {}, self._identity
        is_known = known and found["server"] in known["servers"]
        return not is_known or known["created"] != found["created"]

    def remember(self):
        """Remember what identifies the server, once a run may proceed."""
        known, found = self.backend_record.server_identity or {}, dict(self._identity)
        others = [each for each in known.get("servers", ()) if each != found["server"]]
        found["servers"] = [*others, found.pop("server")][-MAX_SERVERS:]
        if found != known:
            self.backend_record.server_identity = found

    @cached_property
    def _identity(self):
        with self.backend_record.work_on("ocs.backend") as work:
            return work.component(usage="backend.adapter").read_identity()
