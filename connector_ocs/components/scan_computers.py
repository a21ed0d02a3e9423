# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

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


class ScannedComputers:
    """Batch of computers that a run scans, compared with what is in Odoo.

    Most computers of a fleet changed neither in OCS nor in Odoo. Of these, no records
    are read, only a tuple for each.

    :param backend: ocs.backend
    :param rows: list of :class:`.computer_adapter.ScannedRow`, by ascending ID
    :param force: whether all computers are imported
    """

    def __init__(self, backend, rows, force):
        self._backend, self._rows, self._force = backend, rows, force
        self._model = backend.env["ocs.computer.binding"]
        self._blank_issue = backend.env["ocs.import.issue"]
        self._issues = self._find_issues()
        #: {external ID: (id of the binding, its last inventory)} of the unchanged ones
        self.unchanged = {} if force else self._find_unchanged()
        #: list of the rows that have to be looked at one by one
        self.others = [row for row in rows if row.external_id not in self.unchanged]
        self._bindings = self._by_external_id(self._model, self.others, SCAN_FIELDS)

    def unknown(self):
        """Return the external IDs of computers to import that have no binding."""
        return [
            row.external_id
            for row in self.others
            if row.external_id not in self._bindings and not row.exclusion
        ]

    def add_rebound(self, bindings):
        """Add bindings that have just got their ID.

        :param bindings: dict {external ID: binding}
        """
        if bindings:  # their issues may have been resolved
            self._bindings.update(bindings)
            self._issues = self._find_issues()

    def binding(self, row):
        """Return the binding of a computer, may be empty."""
        return self._bindings.get(row.external_id, self._model)

    def issue(self, row):
        """Return why a computer was not imported: ocs.import.issue, may be empty."""
        return self._issues.get(row.external_id, self._blank_issue)

    def should_import(self, row):
        """Return whether a computer that is not excluded has to be imported now."""
        binding, issue = self.binding(row), self.issue(row)
        if issue._is_ignored() and not binding:
            return False
        if self._force:
            return True
        if issue.reason == "failed":
            return issue._retry_once(row.name, row.digests)
        if issue.reason in issue._skip_reasons():
            changed = changed_sections(issue.digests, row.digests)
            return bool(issue.import_request or changed)
        is_pending = bool(issue) or binding.import_state not in UP_TO_DATE
        return is_pending or bool(changed_sections(binding.digests, row.digests))

    def changed_sections(self, row):
        """Return the sections in which OCS has changed since the last import.

        Those of new computers, and of imports that were requested, do not count.
        """
        binding = self.binding(row)
        if not binding.digests or binding.import_request:
            return []
        return changed_sections(binding.digests, row.digests)

    def keep(self, row):
        """Count a computer as unchanged, after it was looked at."""
        binding = self.binding(row)
        self.unchanged[row.external_id] = (binding.id, binding.last_inventory)

    def new_dates(self):
        """Return the changed inventory dates of unchanged computers.

        :return: dict {id of a binding: naive datetime in UTC, or None}
        """
        dates = {}
        for row in self._rows:
            if row.external_id in self.unchanged:
                binding_id, known = self.unchanged[row.external_id]
                date = local_to_utc(row.last_date, self._backend.tz, known)
                if (known or None) != date:
                    dates[binding_id] = date
        return dates

    def _find_issues(self):
        return self._by_external_id(self._blank_issue, self._rows)

    def _find_unchanged(self):
        digests = {
            row.external_id: row.digests
            for row in self._rows
            if not row.exclusion and row.external_id not in self._issues
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
        query = self._model.with_context(active_test=False)._search(
            [*self._domain(external_ids), ("import_state", "in", UP_TO_DATE)]
        )
        names = ("external_id", "digests", "id", "last_inventory")
        columns = [self._model._field_to_sql(query.table, each) for each in names]
        return self._model.env.execute_query(query.select(*columns))

    def _by_external_id(self, model, rows, names=None):
        """Return the records of some computers by external ID; maybe of others, too.

        :param names: fields to fetch, all of them if None
        """
        domain = self._domain([row.external_id for row in rows])
        records = model.with_context(active_test=False).search_fetch(domain, names)
        return {record.external_id: record for record in records}

    def _domain(self, external_ids):
        """Return a domain that finds computers, and possibly others between them.

        As in the queries on OCS, a range is searched faster than a list.

        :param external_ids: ascending list of int (hardware.ID)
        """
        mine = ("backend_id", "=", self._backend.id)
        if external_ids and external_ids[-1] - external_ids[0] < 2 * len(external_ids):
            return [
                mine,
                ("external_id", ">=", external_ids[0]),
                ("external_id", "<=", external_ids[-1]),
            ]
        return [mine, ("external_id", "in", external_ids)]
