# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.values import local_to_utc
from .computer_adapter import PAGE_SIZE


class OcsComputerBatchImporter(Component):
    """Finds the computers that changed and delays a job for each.

    Works on a page of computers, then delays itself for the next page: the
    memory and the transaction stay small, and the first assets are there
    while the rest of the fleet is still being looked at.
    """

    _name = "ocs.computer.batch.importer"
    _inherit = ["base.importer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "batch.importer"
    _page_size = PAGE_SIZE

    def run(self, after_id=0, force=False):
        """Look at one page of computers.

        :param after_id: int, hardware.ID that the page comes after
        :param force: delay a job for every computer, changed or not
        :return: sentence for the job's result
        """
        sightings = self.backend_adapter.scan(after_id, self._page_size)
        is_last = len(sightings) < self._page_size
        self._forget_gone(sightings, after_id, is_last)
        to_import = self._sort_out(sightings, force)
        for sighting in to_import:
            self._delay_import(sighting, force)
        if is_last:
            self._record_orphans()
        else:
            last_id = sightings[-1].external_id
            self.model._delay_batch(self.backend_record, last_id, force)
        return self.env._(
            "%(seen)s computers looked at, %(jobs)s to import.",
            seen=len(sightings),
            jobs=len(to_import),
        )

    def _sort_out(self, sightings, force):
        """Sightings to import; the others are refreshed or put on the list."""
        bindings = self._by_external_id(self.model, sightings)
        issues = self._by_external_id(self.env["ocs.import.issue"], sightings)
        to_import = []
        for sighting in sightings:
            binding = bindings.get(sighting.external_id, self.model)
            issue = issues.get(sighting.external_id, self.env["ocs.import.issue"])
            if sighting.exclusion:
                self._exclude(sighting, binding, issue)
            elif force or self._is_to_import(sighting, binding, issue):
                to_import.append(sighting)
            elif not issue:
                tz = self.backend_record.tz
                binding._refresh(local_to_utc(sighting.last_date, tz))
        return to_import

    def _by_external_id(self, model, sightings):
        """Records of a page, by external id."""
        records = model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", [s.external_id for s in sightings]),
            ]
        )
        return {record.external_id: record for record in records}

    def _is_to_import(self, sighting, binding, issue):
        if issue.reason == "failed":
            return self._is_to_try_again(sighting, issue)
        return bool(issue) or binding.digest != sighting.digest

    def _is_to_try_again(self, sighting, issue):
        """Whether a failed computer is imported without being asked.

        Once more, in case the reason has passed, and then only when it changes in
        OCS: a poisoned computer must not fail every five minutes.
        """
        if issue.digest == sighting.digest:
            return False
        issue.write({"digest": sighting.digest, "name": sighting.name})
        return True

    def _exclude(self, sighting, binding, issue):
        binding._mark_present()
        if issue.reason != sighting.exclusion:
            issue._record(
                self.backend_record,
                sighting.external_id,
                sighting.exclusion,
                name=sighting.name,
            )

    def _delay_import(self, sighting, force):
        self.model._delay_import(
            self.backend_record, sighting.external_id, sighting.name, force=force
        )

    def _forget_gone(self, sightings, after_id, is_last):
        """Mark the computers of this page's range that OCS no longer has."""
        domain = [
            ("backend_id", "=", self.backend_record.id),
            ("external_id", ">", after_id),
            ("external_id", "not in", [s.external_id for s in sightings]),
        ]
        if not is_last:
            domain.append(("external_id", "<=", sightings[-1].external_id))
        bindings = self.model.with_context(active_test=False)
        bindings.search([*domain, ("gone_since", "=", False)])._mark_gone()
        issues = self.env["ocs.import.issue"]
        issues.search([*domain, ("reason", "!=", "orphan")]).unlink()

    def _record_orphans(self):
        orphans = self.backend_adapter.search_orphans()
        issues = self.env["ocs.import.issue"].search(
            [("backend_id", "=", self.backend_record.id), ("reason", "=", "orphan")]
        )
        issues.filtered(lambda issue: issue.external_id not in orphans).unlink()
        listed = {issue.external_id: issue.message for issue in issues.exists()}
        for external_id, tables in orphans.items():
            message = self.env._(
                "Rows in %s belong to a computer that OCS no longer has.",
                ", ".join(tables),
            )
            if listed.get(external_id) != message:
                issues._record(
                    self.backend_record, external_id, "orphan", message=message
                )
