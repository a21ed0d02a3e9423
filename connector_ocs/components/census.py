# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from dataclasses import dataclass, field

from odoo.addons.component.core import Component

#: Ids that are compared at once; bounds the memory.
CENSUS_PAGE = 5000


@dataclass
class Census:
    """What a run would do to assets that are there."""

    #: ids of bindings whose computer OCS does not have
    gone: list = field(default_factory=list)
    #: ids of bindings whose computer was archived in OCS, and is gone now: the policy
    #: was applied to their asset already
    deleted: list = field(default_factory=list)
    #: computers that OCS archived
    archived: int = 0
    #: machines that were gone and are there under a new id
    relinked: int = 0
    #: bindings that were not dealt with as gone before
    known: int = 0

    @property
    def affected(self):
        return len(self.gone) + self.archived + self.relinked

    def describe(self, env):
        """Question to the person who has to decide."""
        return env._(
            "%(affected)s of %(known)s computers would be archived or linked anew: "
            "%(gone)s are gone from OCS, %(archived)s were archived there, "
            "%(relinked)s have a new id. Nothing was touched. Is that right, or was "
            "OCS emptied, restored or replaced by mistake?",
            affected=self.affected,
            known=self.known,
            gone=len(self.gone),
            archived=self.archived,
            relinked=self.relinked,
        )


class OcsComputerCensus(Component):
    """Compares which computers there are in OCS and in Odoo, and touches nothing."""

    _name = "ocs.computer.census"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "census"

    def take(self):
        """Compare all ids, page by page.

        :return: :class:`Census`
        """
        census, after_id, last_id = Census(), 0, 0
        while last_id is not None:
            rows = self.backend_adapter.list_ids(after_id, CENSUS_PAGE)
            last_id = max(rows) if len(rows) == CENSUS_PAGE else None
            self._compare(census, rows, self._bindings(after_id, last_id))
            self.env.invalidate_all()
            after_id = last_id
        return census

    def _compare(self, census, rows, bindings):
        """Count what differs.

        :param rows: dict {hardware.ID: exclusion} of a range of OCS
        :param bindings: dict {external id: binding} of the same range
        """
        for external_id, binding in bindings.items():
            if binding.gone_action:
                if external_id not in rows and not binding.gone_since:
                    census.deleted.append(binding.id)
                continue
            census.known += 1
            if external_id not in rows:
                census.gone.append(binding.id)
            elif rows[external_id] == "archived":
                census.archived += 1
        unknown = [
            external_id
            for external_id, exclusion in rows.items()
            if not exclusion and external_id not in bindings
        ]
        census.relinked += len(self.component(usage="record.matcher").match(unknown))

    def _bindings(self, after_id, last_id):
        domain = [
            ("backend_id", "=", self.backend_record.id),
            ("external_id", ">", after_id),
        ]
        if last_id is not None:
            domain.append(("external_id", "<=", last_id))
        found = self.model.with_context(active_test=False).search_fetch(
            domain, ["external_id", "gone_action", "gone_since"], order="external_id"
        )
        return {binding.external_id: binding for binding in found}
