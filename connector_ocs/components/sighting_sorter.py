# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from functools import cached_property

from odoo.addons.component.core import AbstractComponent

from ..lib.fingerprints import changed_sections
from ..lib.values import local_to_utc
from ..models.ocs_import_issue import REFUSALS

#: What tells whether a computer is to be imported, of its binding.
LOOKED_AT = (
    "external_id",
    "digests",
    "last_inventory",
    "is_contested",
    "gone_since",
    "gone_action",
)


class OcsSightingSorter(AbstractComponent):
    """Tells which of the computers that a run looks at are to be imported.

    ``work.run`` is the ocs.import.run, which counts them.
    """

    _name = "ocs.sighting.sorter"
    _inherit = "ocs.base"

    def _look_at(self, sightings):
        """Import, refresh or list each computer.

        :return: number of computers to import
        """
        issues = self._by_external_id(self.env["ocs.import.issue"], sightings)
        unchanged = self._unchanged(sightings, issues)
        others = [each for each in sightings if each.external_id not in unchanged]
        bindings = self._by_external_id(self.model, others, LOOKED_AT)
        relinked = self._relink(others, bindings)
        if relinked:  # what was listed of them may be settled
            bindings.update(relinked)
            issues = self._by_external_id(self.env["ocs.import.issue"], sightings)
        tally, sections, skipped = Counter(), Counter(), Counter()
        for sighting in others:
            binding = bindings.get(sighting.external_id, self.model)
            issue = issues.get(sighting.external_id, self.env["ocs.import.issue"])
            if sighting.exclusion:
                self._exclude(sighting, binding, issue)
                skipped[sighting.exclusion] += 1
            elif self._is_to_import(sighting, binding, issue):
                changed = changed_sections(binding.digests, sighting.digests)
                tally["changed_count" if binding else "new_count"] += 1
                sections.update(changed if binding.digests else ())
                tally.update(self._delay_import(sighting, issue))
            elif issue:
                skipped[issue.reason] += 1
            else:
                unchanged[sighting.external_id] = (binding.id, binding.last_inventory)
        self._refresh(sightings, unchanged)
        self.work.run._count(
            seen_count=len(sightings),
            unchanged_count=len(unchanged),
            relinked_count=len(relinked),
            skipped=skipped,
            sections=sections,
            **tally,
        )
        return tally["new_count"] + tally["changed_count"]

    def _unchanged(self, sightings, issues):
        """Computers to which nothing happened, neither in OCS nor in Odoo.

        Most of a fleet is such: a tuple each is enough to know it.

        :param issues: dict {external id: ocs.import.issue}
        :return: dict {external id: (id of the binding, its last inventory)}
        """
        if self.work.run.force:
            return {}
        digests = {
            sighting.external_id: sighting.digests
            for sighting in sightings
            if not sighting.exclusion and sighting.external_id not in issues
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
                ("is_contested", "=", False),
                ("gone_since", "=", False),
                ("gone_action", "=", False),
            ]
        )
        names = ("external_id", "digests", "id", "last_inventory")
        columns = [self.model._field_to_sql(query.table, each) for each in names]
        return self.env.execute_query(query.select(*columns))

    def _relink(self, sightings, bindings):
        """Machines that have a new id: their binding moves there.

        :return: dict {external id: binding}
        """
        unknown = [
            sighting.external_id
            for sighting in sightings
            if sighting.external_id not in bindings and not sighting.exclusion
        ]
        return self.component(usage="record.matcher").relink(unknown)

    def _by_external_id(self, model, sightings, names=None):
        """Records of a page, by external id; perhaps others, too.

        :param names: fields to read at once, all of them without it
        """
        domain = [
            ("backend_id", "=", self.backend_record.id),
            *self._among([sighting.external_id for sighting in sightings]),
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

    def _is_to_import(self, sighting, binding, issue):
        if issue._is_ignored() and not binding:
            return False
        if self.work.run.force:
            return True
        if issue.reason == "failed":
            return self._is_to_try_again(issue, sighting.name, sighting.digests)
        if issue.reason in REFUSALS:
            return bool(changed_sections(issue.digests, sighting.digests))
        if binding.is_contested and self._last_inventory(sighting) != (
            binding.last_inventory
        ):
            return True  # the last one to see a monitor has it
        is_left = bool(issue or binding.gone_since or binding.gone_action)
        return is_left or bool(changed_sections(binding.digests, sighting.digests))

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

    def _exclude(self, sighting, binding, issue):
        """List what is not to be imported; an asset that it has is dealt with."""
        has_asset = binding and not binding.gone_action
        if has_asset and issue.reason == "failed":
            if not self._is_to_try_again(issue, sighting.name, sighting.digests):
                return
        if issue.reason != sighting.exclusion or (has_asset and not issue.run_id):
            issue = issue._record(
                self.backend_record,
                sighting.external_id,
                sighting.exclusion,
                name=sighting.name,
            )
            issue.run_id = self.work.run
        if has_asset:
            self.work.run._count(**self._delayer.delay_one(sighting))

    def _delay_import(self, sighting, issue):
        """Delay an import, or keep it in mind until there are enough for pages.

        What failed before has a job of its own: it cannot spoil a page again.

        :return: dict {counter of the run: number of computers}
        """
        if issue.reason == "failed":
            return self._delayer.delay_one(sighting)
        self._delayer.gather(sighting)
        return {}

    @cached_property
    def _delayer(self):
        return self.component(usage="import.delayer")

    def _refresh(self, sightings, unchanged):
        """Nothing differs but, perhaps, the dates of the inventories.

        :param unchanged: dict {external id: (id of the binding, its last inventory)}
        """
        dates = {}
        for sighting in sightings:
            if sighting.external_id in unchanged:
                binding_id, known = unchanged[sighting.external_id]
                date = self._last_inventory(sighting) or None
                if (known or None) != date:
                    dates[binding_id] = date
        self.model._refresh_inventories(dates)

    def _last_inventory(self, sighting):
        """:return: naive datetime in UTC, or False"""
        return local_to_utc(sighting.last_date, self.backend_record.tz) or False
