# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import partial

from odoo.addons.component.core import Component


class OcsComputerReconciler(Component):
    """Reconciler that also finds merged computers under another ID.

    The agent tells them apart, as for the computers of bindings.
    """

    _inherit = "ocs.computer.reconciler"

    def reconcile(self):
        aliases = self.env["ocs.asset.alias"]._find_computers(self.backend_record)
        #: {device ID: alias of a computer}
        self.merged = {alias.device_id: alias for alias in aliases}
        #: {id of an alias: hardware.ID that its computer has now, 0 if it has none}
        self.moved = {}
        reconciliation = super().reconcile()
        move = self.env["ocs.asset.alias"]._move
        reconciliation.changes.append(partial(move, self.moved))
        return reconciliation

    def _compare(self, reconciliation, rows, bindings):
        result = super()._compare(reconciliation, rows, bindings)
        if self.merged:
            self._compare_merged(rows)
        return result

    def _compare_merged(self, rows):
        """Note the aliases whose ID belongs to another machine, or that have moved."""
        for alias in self.merged.values():
            row = rows.get(int(alias.external_id))
            if row and row.device_id != alias.device_id:
                self.moved.setdefault(alias.id, 0)
        for external_id, row in rows.items():
            alias = self.merged.get(row.device_id)
            if alias and alias.external_id != str(external_id):
                self.moved[alias.id] = external_id
