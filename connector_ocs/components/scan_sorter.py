# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from functools import cached_property

from odoo.addons.component.core import AbstractComponent

from ..lib.fingerprints import changed_sections
from ..lib.values import local_to_utc
from ..models.ocs_import_issue import SKIP_REASONS

#: What tells whether a computer is to be imported, of its binding.
SCAN_FIELDS = (
    "external_id",
    "digests",
    "last_inventory",
    "is_conflicting",
    "removed_since",
    "removal_action",
)


class OcsScanSorter(AbstractComponent):
    """Tells which of the computers that a run looks at are to be imported.

    ``work.run`` is the ocs.import.run, which counts them.
    """

    _name = "ocs.scan.sorter"
    _inherit = "ocs.base"

    def _process_rows(self, rows):
        """Import, refresh or list each computer.

        :return: number of computers to import
        """
        issues = self._by_external_id(self.env["ocs.import.issue"], rows)
        unchanged = self._unchanged(rows, issues)
        others = [each for each in rows if each.external_id not in unchanged]
        bindings = self._by_external_id(self.model, others, SCAN_FIELDS)
        rebound = self._rebind(others, bindings)
        if rebound:  # what was listed of them may be settled
            bindings.update(rebound)
            issues = self._by_external_id(self.env["ocs.import.issue"], rows)
        tally, sections, skipped = Counter(), Counter(), Counter()
        for row in others:
            binding = bindings.get(row.external_id, self.model)
            issue = issues.get(row.external_id, self.env["ocs.import.issue"])
            if row.exclusion:
                self._exclude(row, binding, issue)
                skipped[row.exclusion] += 1
            elif self._is_to_import(row, binding, issue):
                changed = changed_sections(binding.digests, row.digests)
                tally["changed_count" if binding else "new_count"] += 1
                sections.update(changed if binding.digests else ())
                tally.update(self._enqueue_import(row, issue))
            elif issue:
                skipped[issue.reason] += 1
            else:
                unchanged[row.external_id] = (binding.id, binding.last_inventory)
        self._refresh(rows, unchanged)
        self.work.run._count(
            seen_count=len(rows),
            unchanged_count=len(unchanged),
            rebound_count=len(rebound),
            skipped=skipped,
            sections=sections,
            **tally,
        )
        return tally["new_count"] + tally["changed_count"]

    def _unchanged(self, rows, issues):
        """Computers to which nothing happened, neither in OCS nor in Odoo.

        Most of a fleet is such: a tuple each is enough to know it.

        :param issues: dict {external id: ocs.import.issue}
        :return: dict {external id: (id of the binding, its last inventory)}
        """
        if self.work.run.force:
            return {}
        digests = {
            row.external_id: row.digests
            for row in rows
            if not row.exclusion and row.external_id not in issues
        }
        return {
            external_id: found
            for external_id, known, *found in self._settled(list(digests))
            if external_id in digests
            # compared as a whole first: that is much faster than by section
            and (
                known == digests[external_id]
                or not changed_sections(known, digests[external_id])
            )
        }

    def _settled(self, external_ids):
        """What was imported of computers that nothing waits for.

        :param external_ids: ascending list of int (hardware.ID)
        :return: rows of external id, digests, id of the binding and last inventory; of
            other computers, too
        """
        query = self.model.with_context(active_test=False)._search(
            [
                ("backend_id", "=", self.backend_record.id),
                *self._among(external_ids),
                ("digests", "!=", False),
                ("is_conflicting", "=", False),
                ("removed_since", "=", False),
                ("removal_action", "=", False),
            ]
        )
        names = ("external_id", "digests", "id", "last_inventory")
        columns = [self.model._field_to_sql(query.table, each) for each in names]
        return self.env.execute_query(query.select(*columns))

    def _rebind(self, rows, bindings):
        """Machines that have a new id: their binding moves there.

        :return: dict {external id: binding}
        """
        unknown = [
            row.external_id
            for row in rows
            if row.external_id not in bindings and not row.exclusion
        ]
        return self.component(usage="record.matcher").rebind(unknown)

    def _by_external_id(self, model, rows, names=None):
        """Records of a page, by external id; perhaps others, too.

        :param names: fields to read at once, all of them without it
        """
        domain = [
            ("backend_id", "=", self.backend_record.id),
            *self._among([row.external_id for row in rows]),
        ]
        records = model.with_context(active_test=False).search_fetch(domain, names)
        return {record.external_id: record for record in records}

    def _among(self, external_ids):
        """Domain that finds some computers, and perhaps others between them.

        As for the queries to OCS, a range is found faster than a list.
        """
        if external_ids and external_ids[-1] - external_ids[0] < 2 * len(external_ids):
            return [
                ("external_id", ">=", external_ids[0]),
                ("external_id", "<=", external_ids[-1]),
            ]
        return [("external_id", "in", external_ids)]

    def _is_to_import(self, row, binding, issue):
        if issue._is_ignored() and not binding:
            return False
        if self.work.run.force:
            return True
        if issue.reason == "failed":
            return self._is_to_try_again(issue, row.name, row.digests)
        if issue.reason in SKIP_REASONS:
            return bool(changed_sections(issue.digests, row.digests))
        if binding.is_conflicting and self._last_inventory(row) != (
            binding.last_inventory
        ):
            return True  # the last one to see a monitor has it
        is_left = bool(issue or binding.removed_since or binding.removal_action)
        return is_left or bool(changed_sections(binding.digests, row.digests))

    def _is_to_try_again(self, issue, name, digests):
        """Whether a failed computer is imported without being asked.

        Once more, in case the reason has passed, and then only when it changes in
        OCS: a poisoned computer must not fail every five minutes.

        :param digests: dict {table: digest}, what the computer looks like now
        """
        if issue.digests == digests:
            return False
        issue.write({"digests": digests, "name": name})
        return True

    def _exclude(self, row, binding, issue):
        """List what is not to be imported; an asset that it has is dealt with."""
        has_asset = binding and not binding.removal_action
        if has_asset and issue.reason == "failed":
            if not self._is_to_try_again(issue, row.name, row.digests):
                return
        if issue.reason != row.exclusion or (has_asset and not issue.run_id):
            issue = issue._record(
                self.backend_record,
                row.external_id,
                row.exclusion,
                name=row.name,
            )
            issue.run_id = self.work.run
        if has_asset:
            self.work.run._count(**self._enqueuer.enqueue_one(row))

    def _enqueue_import(self, row, issue):
        """Delay an import, or keep it in mind until there are enough for pages.

        What failed before has a job of its own: it cannot spoil a page again.

        :return: dict {counter of the run: number of computers}
        """
        if issue.reason == "failed":
            return self._enqueuer.enqueue_one(row)
        self._enqueuer.gather(row)
        return {}

    @cached_property
    def _enqueuer(self):
        return self.component(usage="import.enqueuer")

    def _refresh(self, rows, unchanged):
        """Nothing differs but, perhaps, the dates of the inventories.

        :param unchanged: dict {external id: (id of the binding, its last inventory)}
        """
        dates = {}
        for row in rows:
            if row.external_id in unchanged:
                binding_id, known = unchanged[row.external_id]
                date = self._last_inventory(row) or None
                if (known or None) != date:
                    dates[binding_id] = date
        self.model._refresh_inventories(dates)

    def _last_inventory(self, row):
        """:return: naive datetime in UTC, or False"""
        return local_to_utc(row.last_date, self.backend_record.tz) or False
