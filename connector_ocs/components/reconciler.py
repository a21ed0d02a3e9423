# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from dataclasses import dataclass, field

from odoo.addons.component.core import Component

#: IDs compared at once: bounds the memory.
RECONCILE_BATCH = 5000


@dataclass
class Reconciliation:
    """Changes that a run would make to existing assets."""

    #: ids of bindings whose computer was removed from OCS
    removed: list = field(default_factory=list)
    #: ids of bindings whose computer was archived in OCS before it was deleted there:
    #: the removal policy has already been applied to their assets
    deleted: list = field(default_factory=list)
    #: number of computers that were archived in OCS
    archived: int = 0
    #: number of computers that were removed from OCS and are back under a new ID
    rebound: int = 0
    #: number of bindings to which the removal policy has not been applied yet
    known: int = 0

    @property
    def affected(self):
        return len(self.removed) + self.archived + self.rebound

    def describe(self, env):
        """Return the question to the user who has to approve the run."""
        parts = (
            (len(self.removed), env._("%s deleted in OCS", len(self.removed))),
            (self.archived, env._("%s archived in OCS", self.archived)),
            (self.rebound, env._("%s with a new ID in OCS", self.rebound)),
        )
        return env._(
            "The assets of %(affected)s of %(known)s computers would be affected: "
            "%(parts)s. Nothing has been changed yet. Approve to continue, or cancel "
            "the run if OCS was emptied, restored or replaced by mistake.",
            affected=self.affected,
            known=self.known,
            parts=", ".join(text for number, text in parts if number),
        )


class OcsComputerReconciler(Component):
    """Reconciler that compares the computers in OCS with those in Odoo.

    It changes nothing.
    """

    _name = "ocs.computer.reconciler"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "reconciler"

    def reconcile(self):
        """Compare all IDs, batch by batch.

        :return: :class:`Reconciliation`
        """
        reconciliation, after_id, last_id = Reconciliation(), 0, 0
        while last_id is not None:
            rows = self.backend_adapter.list_ids(after_id, RECONCILE_BATCH)
            last_id = max(rows) if len(rows) == RECONCILE_BATCH else None
            self._compare(reconciliation, rows, self._bindings(after_id, last_id))
            self.env.invalidate_all()
            after_id = last_id
        return reconciliation

    def _compare(self, reconciliation, rows, bindings):
        """Count the differences of a batch.

        :param rows: dict {hardware.ID: exclusion} of a range of IDs
        :param bindings: dict {external ID: binding} of the same range
        """
        for external_id, binding in bindings.items():
            is_in_ocs = external_id in rows
            if binding.removal_action:
                if not is_in_ocs and not binding.removed_since:
                    reconciliation.deleted.append(binding.id)
                continue
            reconciliation.known += 1
            if not is_in_ocs:
                reconciliation.removed.append(binding.id)
            elif rows[external_id] == "archived":
                reconciliation.archived += 1
        unknown = [
            external_id
            for external_id, exclusion in rows.items()
            if not exclusion and external_id not in bindings
        ]
        reconciliation.rebound += len(
            self.component(usage="record.matcher").match(unknown)
        )

    def _bindings(self, after_id, last_id):
        domain = [
            ("backend_id", "=", self.backend_record.id),
            ("external_id", ">", after_id),
        ]
        if last_id is not None:
            domain.append(("external_id", "<=", last_id))
        found = self.model.with_context(active_test=False).search_fetch(
            domain,
            ["external_id", "removal_action", "removed_since"],
            order="external_id",
        )
        return {binding.external_id: binding for binding in found}
