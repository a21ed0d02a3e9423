# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from typing import NamedTuple

from odoo.addons.component.core import AbstractComponent

#: Computers that one job looks at at most: its transaction stays short.
LOOKS_A_JOB = 50_000
#: Assets of computers that are gone that one job delays an import for at most.
GONE_A_JOB = 500
#: Digests of a computer that is not there.
NO_COMPUTER = {"hardware": ""}


class Page(NamedTuple):
    """Some computers that a run looks at."""

    #: what the next page comes after, 0 when it is no page in this order
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
    _inherit = ["base.importer", "ocs.sighting.sorter"]
    _apply_on = "ocs.computer.binding"
    _usage = "batch.importer"
    _detection = None

    @classmethod
    def _component_match(cls, work, usage=None, model_name=None, **kw):
        return work.run.detection == cls._detection

    def run(self, after_id=0, gone_after=None):
        """Look at computers until there are enough to import.

        :param after_id: int, what the last job came to; see ``_pages``
        :param gone_after: int, id of the binding that the last job came to; None as
            long as there are pages to look at
        :return: sentence for the job's result
        """
        run = self.work.run
        if not after_id and gone_after is None and not self._take_census():
            return run.message
        looked, to_import = 0, 0
        for page in self._pages(after_id) if gone_after is None else ():
            to_import += self._look_at(page.sightings)
            self._after_page(page)
            looked += len(page.sightings)
            self._forget_page()
            if (self._delayer.is_full or looked >= LOOKS_A_JOB) and page.last_id:
                run._count(**self._delayer.delay())
                self.model._delay_batch(run, after_id=page.last_id)
                break
        else:
            run._count(**self._delayer.delay())
            self._end(gone_after or 0)
        return self.env._(
            "%(seen)s computers looked at, %(jobs)s to import.",
            seen=looked,
            jobs=to_import,
        )

    def _end(self, gone_after):
        """All computers were looked at: deal with those that are gone."""
        last_id = self._leave_gone(gone_after)
        if last_id:
            self.model._delay_batch(self.work.run, gone_after=last_id)
            return
        self._finish()
        self.work.run._finish_looking(self._has_to_acknowledge())

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

    def _has_to_acknowledge(self):
        """Whether OCS keeps changes until they are acknowledged."""
        return False

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
        tally = Counter(map(self._delay_leaving, self.model.browse(census.deleted)))
        del tally[None]
        run._count(gone_count=len(census.gone), **tally)
        return True

    def _leave_gone(self, after_id):
        """Delay a job for each asset whose computer is gone.

        :param after_id: int, id of the binding to go on after
        :return: int, id of the binding that it came to, 0 when that was the last
        """
        gone = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("gone_since", "!=", False),
                ("gone_action", "=", False),
                ("id", ">", after_id),
            ],
            order="id",
            limit=GONE_A_JOB,
        )
        tally = Counter(self._delay_leaving(binding) for binding in gone)
        del tally[None]
        self.work.run._count(**tally)
        return gone[-1].id if len(gone) == GONE_A_JOB else 0

    def _delay_leaving(self, binding):
        """:return: name of the run's counter, None when it waits for a person"""
        issue = binding.issue_ids.filtered(lambda each: each.reason == "failed")
        if issue and not self._is_to_try_again(issue, binding.name, NO_COMPUTER):
            return None
        is_new = self.model._delay_import(
            self.backend_record, binding.external_id, binding.name, run=self.work.run
        )
        return "job_count" if is_new else "queued_count"
