# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent

from ..lib.fingerprints import changed_sections
from ..lib.values import local_to_utc

#: Computers that one job delays an import for at most (a page more or less).
IMPORTS_A_JOB = 500
#: Computers that one job looks at at most: its transaction stays short.
LOOKS_A_JOB = 50_000


class Page(NamedTuple):
    """Some computers that a run looks at."""

    #: what the next page comes after
    last_id: int
    #: list of :class:`odoo.addons.connector_ocs.components.computer_adapter.Sighting`
    sightings: list
    #: ids that were looked for and that OCS does not have
    missing: tuple = ()


class OcsComputerBatchImporter(AbstractComponent):
    """Finds the computers that changed and delays a job for each.

    A run that finds nothing is one job. One that finds much delays itself for the
    rest: transactions stay small, and the first assets are there while the rest of
    the fleet is still being looked at. Before anything is touched, the census tells
    whether a person has to agree.

    ``work.run`` is the ocs.import.run; its field ``detection`` chooses the component.
    """

    _name = "ocs.computer.batch.importer"
    _inherit = ["base.importer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "batch.importer"
    _detection = None

    @classmethod
    def _component_match(cls, work, usage=None, model_name=None, **kw):
        return work.run.detection == cls._detection

    def run(self, after_id=0):
        """Look at computers until there are enough to import.

        :param after_id: int, what the last job came to; see ``_pages``
        :return: sentence for the job's result
        """
        run = self.work.run
        if not after_id and not self._take_census():
            return run.message
        looked, to_import = 0, 0
        for page in self._pages(after_id):
            to_import += self._look_at(page.sightings)
            self._after_page(page)
            looked += len(page.sightings)
            self._forget_page()
            if to_import >= IMPORTS_A_JOB or looked >= LOOKS_A_JOB:
                self.model._delay_batch(run, page.last_id)
                break
        else:
            self._leave_gone()
            self._finish()
            run._finish_looking()
        return self.env._(
            "%(seen)s computers looked at, %(jobs)s to import.",
            seen=looked,
            jobs=to_import,
        )

    def _pages(self, after_id):
        """Computers to look at.

        :param after_id: int, last_id of the page before
        :return: iterator of :class:`Page`
        """
        raise NotImplementedError

    def _after_page(self, page):
        """What else follows from a page."""

    def _finish(self):
        """What else there is to do after the last page."""

    def _forget_page(self):
        """The memory stays the same, however many pages there are."""
        self.env.flush_all()
        self.env.invalidate_all(flush=False)

    def _take_census(self):
        """Whether the run may go on; computers that are gone are marked then."""
        run = self.work.run
        census = self.component(usage="census").take()
        if self.backend_record._exceeds_limit(
            census.affected, census.known, run.approved_count
        ):
            run._wait_for_decision(census.affected, census.describe(self.env))
            self.backend_record._ask_responsible(run)
            return False
        self.model.browse(census.gone + census.deleted)._mark_gone()
        for binding in self.model.browse(census.deleted):
            self._delay_leave(binding)
        run._count(gone_count=len(census.gone))
        return True

    # Sorting out

    def _look_at(self, sightings):
        """Import, refresh or list each computer.

        :return: number of computers to import
        """
        bindings = self._by_external_id(self.model, sightings)
        issues = self._by_external_id(self.env["ocs.import.issue"], sightings)
        relinked = self._relink(sightings, bindings)
        bindings.update(relinked)
        tally, sections, skipped = Counter(), Counter(), Counter()
        unchanged = []
        for sighting in sightings:
            binding = bindings.get(sighting.external_id, self.model)
            issue = issues.get(sighting.external_id, self.env["ocs.import.issue"])
            if sighting.exclusion:
                self._exclude(sighting, binding, issue)
                skipped[sighting.exclusion] += 1
            elif self._is_to_import(sighting, binding, issue):
                changed = changed_sections(binding.digests, sighting.digests)
                tally["changed_count" if binding else "new_count"] += 1
                sections.update(changed if binding.digests else ())
                tally[self._delay_import(sighting)] += 1
            elif issue:
                skipped[issue.reason] += 1
            else:
                unchanged.append((binding, sighting))
        self._refresh(unchanged)
        self.work.run._count(
            seen_count=len(sightings),
            unchanged_count=len(unchanged),
            relinked_count=len(relinked),
            skipped=skipped,
            sections=sections,
            **tally,
        )
        return tally["new_count"] + tally["changed_count"]

    def _relink(self, sightings, bindings):
        """Machines that have a new id: their binding moves there.

        :return: dict {external id: binding}
        """
        unknown = [
            sighting.external_id
            for sighting in sightings
            if sighting.external_id not in bindings and not sighting.exclusion
        ]
        matches = self.component(usage="record.matcher").match(unknown)
        for external_id, match in matches.items():
            match.binding._move(external_id, match.reason)
        return {external_id: match.binding for external_id, match in matches.items()}

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
        if self.work.run.force or binding.gone_since or binding.gone_action:
            return True
        if issue.reason == "failed":
            return self._is_to_try_again(sighting, issue)
        if binding.is_contested and self._last_inventory(sighting) != (
            binding.last_inventory
        ):
            return True  # the last one to see a monitor has it
        return bool(issue) or bool(changed_sections(binding.digests, sighting.digests))

    def _is_to_try_again(self, sighting, issue):
        """Whether a failed computer is imported without being asked.

        Once more, in case the reason has passed, and then only when it changes in
        OCS: a poisoned computer must not fail every five minutes.
        """
        if issue.digests == sighting.digests:
            return False
        issue.write({"digests": sighting.digests, "name": sighting.name})
        return True

    def _exclude(self, sighting, binding, issue):
        """List what is not to be imported; an asset that it has is dealt with."""
        if issue.reason != sighting.exclusion:
            issue._record(
                self.backend_record,
                sighting.external_id,
                sighting.exclusion,
                name=sighting.name,
            )
        if binding and not binding.gone_action:
            self.work.run._count(**{self._delay_import(sighting): 1})

    def _delay_import(self, sighting):
        """:return: name of the run's counter"""
        run = self.work.run
        is_new = self.model._delay_import(
            self.backend_record,
            sighting.external_id,
            sighting.name,
            force=run.force,
            run=run,
        )
        return "job_count" if is_new else "queued_count"

    def _refresh(self, unchanged):
        """Nothing differs but, perhaps, the dates of the inventories.

        :param unchanged: list of pairs of binding and Sighting
        """
        dates = {}
        for binding, sighting in unchanged:
            date = self._last_inventory(sighting)
            if binding.last_inventory != date:
                dates[binding.id] = date or None
        self.model._refresh_inventories(dates)

    def _last_inventory(self, sighting):
        """:return: naive datetime in UTC, or False"""
        return local_to_utc(sighting.last_date, self.backend_record.tz) or False

    def _leave_gone(self):
        """Delay a job for each asset whose computer is gone.

        One that failed since waits for a person, on the list.
        """
        gone = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("gone_since", "!=", False),
                ("gone_action", "=", False),
            ]
        )
        for binding in gone:
            issue = binding.issue_ids.filtered(lambda each: each.reason == "failed")
            if issue and issue.date >= binding.gone_since:
                continue
            self._delay_leave(binding)

    def _delay_leave(self, binding):
        run = self.work.run
        is_new = self.model._delay_import(
            self.backend_record, binding.external_id, binding.name, run=run
        )
        run._count(**{"job_count" if is_new else "queued_count": 1})
