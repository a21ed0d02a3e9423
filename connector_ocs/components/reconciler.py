# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from dataclasses import dataclass, field

from odoo.addons.component.core import Component

#: Ids that are compared at once; bounds the memory.
RECONCILED_AT_ONCE = 5000


@dataclass
class Reconciliation:
    """What a run would do to assets that are there."""

    #: ids of bindings whose computer OCS does not have
    removed: list = field(default_factory=list)
    #: ids of bindings whose computer was archived in OCS before it was deleted there:
    #: their assets were dealt with
    deleted: list = field(default_factory=list)
    #: computers that OCS archived
    archived: int = 0
    #: machines that were gone and are there under a new id
    rebound: int = 0
    #: bindings that were not dealt with as gone before
    known: int = 0

    @property
    def affected(self):
        return len(self.removed) + self.archived + self.rebound

    def describe(self, env):
        """Question to the person who has to decide."""
        parts = (
            (len(self.removed), env._("%s are gone from OCS", len(self.removed))),
            (self.archived, env._("%s were archived there", self.archived)),
            (self.rebound, env._("%s have a new id there", self.rebound)),
        )
        return env._(
            "%(affected)s of %(known)s computers would be archived or linked anew: "
            "%(parts)s. Nothing was touched. Is that right, or was OCS emptied, "
            "restored or replaced by mistake?",
            affected=self.affected,
            known=self.known,
            parts=", ".join(sentence for number, sentence in parts if number),
        )


class OcsComputerReconciler(Component):
    """Compares which computers there are in OCS and in Odoo, and touches nothing."""

    _name = "ocs.computer.reconciler"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "reconciler"

    def reconcile(self):
        """Compare all ids, page by page.

        :return: :class:`Reconciliation`
        """
        reconciliation, after_id, last_id = Reconciliation(), 0, 0
        while last_id is not None:
            rows = self.backend_adapter.list_ids(after_id, RECONCILED_AT_ONCE)
            last_id = max(rows) if len(rows) == RECONCILED_AT_ONCE else None
            self._compare(reconciliation, rows, self._bindings(after_id, last_id))
            self.env.invalidate_all()
            after_id = last_id
        return reconciliation

    def _compare(self, reconciliation, rows, bindings):
        """Count what differs.

        :param rows: dict {hardware.ID: exclusion} of a range of OCS
        :param bindings: dict {external id: binding} of the same range
        """
        for external_id, binding in bindings.items():
            is_there = external_id in rows
            if binding.removal_action:
                if not is_there and not binding.removed_since:
                    reconciliation.deleted.append(binding.id)
                continue
            reconciliation.known += 1
            if not is_there:
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
