# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from functools import cached_property

from odoo.addons.component.core import AbstractComponent

from ..lib.fingerprints import changed_sections
from ..lib.values import local_to_utc
from ..models.ocs_computer_state import UP_TO_DATE

#: Fields of a binding that tell whether its computer has to be imported.
SCAN_FIELDS = (
    "external_id",
    "digests",
    "import_request",
    "import_state",
    "last_inventory",
    "removal_action",
)


class OcsScanSorter(AbstractComponent):
    """Sorter of the computers that a run scans, by whether they have to be imported.

    ``work.run`` is the ocs.import.run, which counts them.
    """

    _name = "ocs.scan.sorter"
    _inherit = "ocs.base"

    def _process_rows(self, rows):
        """Enqueue, refresh or list each computer.

        :param rows: list of :class:`.computer_adapter.ScannedRow`
        :return: number of computers to import
        """
        issues = self._by_external_id(self.env["ocs.import.issue"], rows)
        unchanged = self._unchanged(rows, issues)
        others = [each for each in rows if each.external_id not in unchanged]
        bindings = self._by_external_id(self.model, others, SCAN_FIELDS)
        rebound = self._rebind(others, bindings)
        if rebound:  # their issues may have been resolved
            bindings.update(rebound)
            issues = self._by_external_id(self.env["ocs.import.issue"], rows)
        tally, sections, skipped = Counter(), Counter(), Counter()
        for row in others:
            binding = bindings.get(row.external_id, self.model)
            issue = issues.get(row.external_id, self.env["ocs.import.issue"])
            if row.exclusion:
                self._exclude(row, binding, issue)
                skipped[row.exclusion] += 1
            elif self._should_import(row, binding, issue):
                changed = changed_sections(binding.digests, row.digests)
                tally["changed_count" if binding else "new_count"] += 1
                sections.update(
                    changed if binding.digests and not binding.import_request else ()
                )
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
        """Return the computers that changed neither in OCS nor in Odoo.

        These are most of a fleet, so no records are read, only a tuple for each.

        :param issues: dict {external ID: ocs.import.issue}
        :return: dict {external ID: (id of the binding, its last inventory)}
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
            for external_id, known, *found in self._imported_rows(list(digests))
            if external_id in digests
            # all digests at once first: that is much faster than section by section
            and (
                known == digests[external_id]
                or not changed_sections(known, digests[external_id])
            )
        }

    def _imported_rows(self, external_ids):
        """Read the bindings that need no import unless the computer changes in OCS.

        :param external_ids: ascending list of int (hardware.ID)
        :return: rows of external ID, digests, id of the binding and last inventory;
            may contain other computers, too
        """
        query = self.model.with_context(active_test=False)._search(
            [
                ("backend_id", "=", self.backend_record.id),
                *self._ids_domain(external_ids),
                ("import_state", "in", UP_TO_DATE),
            ]
        )
        names = ("external_id", "digests", "id", "last_inventory")
        columns = [self.model._field_to_sql(query.table, each) for each in names]
        return self.env.execute_query(query.select(*columns))

    def _rebind(self, rows, bindings):
        """Rebind the bindings of machines that have a new ID in OCS.

        :return: dict {external ID: binding}
        """
        unknown = [
            row.external_id
            for row in rows
            if row.external_id not in bindings and not row.exclusion
        ]
        return self.component(usage="record.matcher").rebind(unknown)

    def _by_external_id(self, model, rows, names=None):
        """Return the records of a batch by external ID; may contain others, too.

        :param names: fields to fetch, all of them if None
        """
        domain = [
            ("backend_id", "=", self.backend_record.id),
            *self._ids_domain([row.external_id for row in rows]),
        ]
        records = model.with_context(active_test=False).search_fetch(domain, names)
        return {record.external_id: record for record in records}

    def _ids_domain(self, external_ids):
        """Return a domain that finds computers, and possibly others between them.

        As in the queries on OCS, a range is searched faster than a list.

        :param external_ids: ascending list of int (hardware.ID)
        """
        if external_ids and external_ids[-1] - external_ids[0] < 2 * len(external_ids):
            return [
                ("external_id", ">=", external_ids[0]),
                ("external_id", "<=", external_ids[-1]),
            ]
        return [("external_id", "in", external_ids)]

    def _should_import(self, row, binding, issue):
        if issue._is_ignored() and not binding:
            return False
        if self.work.run.force:
            return True
        if issue.reason == "failed":
            return self._should_retry(issue, row.name, row.digests)
        if issue.reason in issue._skip_reasons():
            changed = changed_sections(issue.digests, row.digests)
            return bool(issue.import_request or changed)
        is_pending = bool(issue) or binding.import_state not in UP_TO_DATE
        return is_pending or bool(changed_sections(binding.digests, row.digests))

    def _should_retry(self, issue, name, digests):
        """Return whether a failed computer is imported again automatically.

        It is retried once, in case the cause is gone, and then only when it changes in
        OCS: one that cannot be imported must not fail every five minutes.

        :param digests: dict {table: digest} of the computer as it is in OCS now
        """
        if issue.digests == digests and not issue.import_request:
            return False
        issue.write({**issue._answered(digests), "name": name})
        return True

    def _exclude(self, row, binding, issue):
        """List a computer that is not imported, and enqueue a job for its asset."""
        has_asset = binding and not binding.removal_action
        if has_asset and issue.reason == "failed":
            if not self._should_retry(issue, row.name, row.digests):
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
        """Enqueue an import, or collect it until there are enough for chunks.

        A computer that failed before gets a job of its own, so that it cannot make a
        chunk fail again.

        :return: dict {counter of the run: number of computers}
        """
        if issue.reason == "failed":
            return self._enqueuer.enqueue_one(row)
        self._enqueuer.add(row)
        return {}

    @cached_property
    def _enqueuer(self):
        return self.component(usage="import.enqueuer")

    def _refresh(self, rows, unchanged):
        """Update the inventory dates of unchanged computers.

        :param unchanged: dict {external ID: (id of the binding, its last inventory)}
        """
        dates = {}
        for row in rows:
            if row.external_id in unchanged:
                binding_id, known = unchanged[row.external_id]
                date = local_to_utc(row.last_date, self.backend_record.tz, known)
                if (known or None) != date:
                    dates[binding_id] = date
        self.model._refresh_inventories(dates)
