# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from dataclasses import dataclass, field

from odoo.addons.component.core import Component

from ..lib.identifiers import is_blacklisted_device_id
from ..lib.identity import is_replaced

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
    #: {id of a binding: hardware.NAME of the machine to which OCS gave its ID}
    replaced: dict = field(default_factory=dict)
    #: ids of issues: computers to ignore, whose ID another machine has
    replaced_issues: list = field(default_factory=list)
    #: {id of an issue: hardware.DEVICEID}, of ignored computers whose agent is unknown
    agents: dict = field(default_factory=dict)
    #: {id of an issue: whether OCS no longer has the computer}, where it is not known
    gone: dict = field(default_factory=dict)
    #: functions without arguments that make the changes of other addons
    changes: list = field(default_factory=list)
    #: number of the replaced computers that were in OCS until now
    replaced_count: int = 0
    #: number of computers that were archived in OCS
    archived: int = 0
    #: number of computers that were removed from OCS and are back under a new ID; the
    #: highest possible one until ``count_rebound``
    rebound: int = 0
    #: number of bindings to which the removal policy has not been applied yet
    known: int = 0

    @property
    def affected(self):
        return len(self.removed) + self.replaced_count + self.archived + self.rebound

    def apply(self, env):
        """Release the IDs of replaced computers, and mark removed ones as such."""
        bindings, issues = env["ocs.computer.binding"], env["ocs.import.issue"]
        for binding_id, name in self.replaced.items():
            bindings.browse(binding_id)._release_id(name)
        issues.browse(self.replaced_issues)._release_id()
        for issue_id, device_id in self.agents.items():
            issues.browse(issue_id).device_id = device_id
        for issue_id, is_gone in self.gone.items():
            issues.browse(issue_id).is_gone = is_gone
        for change in self.changes:
            change()
        bindings.browse(self.removed + self.deleted)._mark_removed()

    def describe(self, env):
        """Return the question to the user who has to approve the run."""
        parts = (
            (len(self.removed), env._("%s deleted in OCS", len(self.removed))),
            (
                self.replaced_count,
                env._("%s whose ID another machine has", self.replaced_count),
            ),
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
        reconciliation, new = Reconciliation(), 0
        for rows, bindings, domain in self._batches():
            self._compare(reconciliation, rows, bindings)
            self._compare_ignored(reconciliation, rows, domain)
            new += len(self._unknown(rows, bindings))
        reconciliation.rebound = min(new, self._count_removed())
        return reconciliation

    def count_rebound(self, reconciliation):
        """Count the computers that are back under a new ID.

        Matching takes time, and the scan does it, too, once removed computers are
        marked. So the reconciliation does it only if a user may have to approve.
        """
        if reconciliation.rebound:
            matcher = self.component(usage="record.matcher")
            reconciliation.rebound = sum(
                len(matcher.match(self._unknown(rows, bindings)))
                for rows, bindings, _domain in self._batches()
            )

    def _batches(self):
        """Yield the computers in OCS and those in Odoo, batch by batch.

        :return: tuples of rows and bindings as for ``_compare``, and the domain of
            the range of their IDs
        """
        after_id, last_id = 0, 0
        while last_id is not None:
            rows = self.backend_adapter.list_ids(after_id, RECONCILE_BATCH)
            last_id = max(rows) if len(rows) == RECONCILE_BATCH else None
            domain = self._range(after_id, last_id)
            yield rows, self._bindings(domain), domain
            self.env.invalidate_all()
            after_id = last_id

    def _unknown(self, rows, bindings):
        """Return the IDs of computers in OCS that have no binding."""
        return [
            external_id
            for external_id, row in rows.items()
            if not row.exclusion and external_id not in bindings
        ]

    def _count_removed(self):
        return self.model.with_context(active_test=False).search_count(
            [
                ("backend_id", "=", self.backend_record.id),
                ("removed_since", "!=", False),
            ]
        )

    def _compare(self, reconciliation, rows, bindings):
        """Count the differences of a batch.

        :param rows: dict {hardware.ID: ``ListedRow`` of ``list_ids``} of a range of IDs
        :param bindings: dict {external ID: binding} of the same range
        """
        replaced = self._find_replaced(rows, bindings)
        for external_id, binding in bindings.items():
            if external_id in replaced:
                reconciliation.replaced[binding.id] = replaced[external_id]
                reconciliation.replaced_count += not binding.removed_since
                reconciliation.known += not binding.removal_action
            else:
                self._count(reconciliation, rows.get(external_id), binding)

    def _count(self, reconciliation, row, binding):
        """Count what happened to a computer.

        :param row: :class:`.computer_adapter_identity.ListedRow`, None if OCS has none
        """
        if binding.removal_action:
            if not row and not binding.removed_since:
                reconciliation.deleted.append(binding.id)
            return
        reconciliation.known += 1
        if not row:
            reconciliation.removed.append(binding.id)
        elif row.exclusion == "archived":
            reconciliation.archived += 1

    def _find_replaced(self, rows, bindings):
        """Return the computers whose ID OCS has given to another machine.

        :return: dict {external ID: hardware.NAME of the other machine}
        """
        refused = self._refused(bindings)
        suspects = [
            external_id
            for external_id, binding in bindings.items()
            if external_id in rows
            and (external_id in refused or self._may_be_other(rows, binding))
            # else a user has just linked it to this ID
            and (binding.first_inventory or binding.device_id)
        ]
        return self._replaced(bindings, suspects)

    def _may_be_other(self, rows, known):
        """Return whether OCS may have given the ID of a computer to another machine.

        Computers that were entered manually have the same device ID.

        :param known: binding or issue of the computer
        """
        row = rows[known.external_id]
        if row.device_id != (known.device_id or ""):
            return True
        is_manual = is_blacklisted_device_id(row.device_id)
        return is_manual and row.name != known.name

    def _refused(self, bindings):
        """Return the IDs under which an import found another machine."""
        issues = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend_record.id), ("reason", "=", "replaced")]
        )
        return bindings.keys() & set(issues.mapped("external_id"))

    def _replaced(self, records, suspects):
        """Return those suspects that are another machine now, as ``_find_replaced``.

        :param records: dict {external ID: binding or issue}
        """
        if not suspects:
            return {}
        found = self.backend_adapter.read_identities(suspects)
        elsewhere = self._agents_in_ocs([records[each] for each in suspects])
        return {
            each: found[each]["name"]
            for each in suspects
            if records[each].device_id in elsewhere
            or is_replaced(records[each]._identity(), found[each], self._blacklist)
        }

    def _agents_in_ocs(self, records):
        """Return the device IDs of computers that OCS has, under whatever ID."""
        device_ids = {
            each.device_id
            for each in records
            if not is_blacklisted_device_id(each.device_id)
        }
        return self.backend_adapter.find_device_ids(device_ids)

    def _compare_ignored(self, reconciliation, rows, domain):
        """Find the ignored computers whose ID OCS has given to another machine."""
        ignored = self.env["ocs.import.issue"].search(
            [*domain, ("decision", "=", "ignore")]
        )
        issues = {each.external_id: each for each in ignored}
        reconciliation.agents |= {
            issue.id: rows[each].device_id
            for each, issue in issues.items()
            if each in rows and not issue.device_id
        }
        reconciliation.gone |= {
            issue.id: not issue.is_gone
            for each, issue in issues.items()
            if issue.is_gone == (each in rows)
        }
        suspects = [
            each
            for each in issues
            if each in rows and self._may_be_other(rows, issues[each])
        ]
        replaced = self._replaced(issues, sorted(suspects))
        reconciliation.replaced_issues += [issues[each].id for each in replaced]

    def _range(self, after_id, last_id):
        domain = [
            ("backend_id", "=", self.backend_record.id),
            ("external_id", ">", after_id),
        ]
        if last_id is not None:
            domain.append(("external_id", "<=", last_id))
        return domain

    def _bindings(self, domain):
        found = self.model.with_context(active_test=False).search_fetch(
            domain,
            [
                "external_id",
                "device_id",
                "first_inventory",
                "removal_action",
                "removed_since",
            ],
            order="external_id",
        )
        return {binding.external_id: binding for binding in found}

    @property
    def _blacklist(self):
        return self.backend_record._blacklist()
