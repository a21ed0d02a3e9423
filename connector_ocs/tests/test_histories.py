# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging
import os
from random import randrange

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .histories.case import HistoryCase
from .histories.steps import Change, histories
from .scale import scale

_logger = logging.getLogger(__name__)

#: Histories that are tried; the same ones each time unless a variable is set.
CHOSEN = "OCS_HISTORIES" in os.environ
EXAMPLES = int(os.environ.get("OCS_HISTORIES", scale(100, 5)))
SEED = int(os.environ.get("OCS_HISTORIES_SEED", randrange(10**6) if CHOSEN else 1))


def tried(strategy, examples=EXAMPLES):
    """Decorator: a test of one argument is tried on many of them.

    :param strategy: of hypothesis
    """

    def decorate(test):
        chosen = settings(
            max_examples=examples,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        return seed(SEED)(chosen(given(strategy)(test)))

    return decorate


@tagged("post_install", "-at_install")
class TestHistories(HistoryCase):
    """Whatever happens in OCS and to the jobs, in the end Odoo is what OCS is.

    ``OCS_HISTORIES=2000 make test`` tries as many histories, others each time;
    ``OCS_HISTORIES_SEED`` (a number, which the log has) makes them the same again. One
    that fails is made as short as possible and told step by step.
    """

    #: changes that do not happen
    without = ()

    def test_histories(self):
        _logger.info("Histories of the seed %s", SEED)

        @tried(histories(self.without))
        def check(steps):
            self.check(steps)

        check()
        _logger.info("What happened: %s", dict(self.happened))


@tagged("post_install", "-at_install")
class TestHistoriesInChunks(TestHistories):
    """The same, when whatever is to be imported is imported by pages."""

    allow_inherited_tests_method = True
    backend_values = {
        **HistoryCase.backend_values,
        "chunk_threshold": 1,
        "chunk_size": 3,
    }


@tagged("post_install", "-at_install")
class TestHistoriesOfChangeLog(TestHistories):
    """The same, when only the change log of OCS tells where to look.

    A deletion that the console does not finish is found by the next comparison: the
    console deletes the rows of its computer from the change log as well.
    """

    allow_inherited_tests_method = True
    without = ("begin_delete",)
    backend_values = {
        **HistoryCase.backend_values,
        "detection": "changelog",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.change_log_account = cls.account
        cls._components_registry.ready = True
        try:
            with cls.backend.work_on("ocs.backend") as work:
                work.component(usage="change.log.installer").run("install")
        finally:
            cls._components_registry.ready = False

    def _empty(self):
        emptied = super()._empty()
        self.sql("DELETE FROM hardware_updates")
        return emptied

    def assert_states(self, history):
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        pending = self.sql("SELECT * FROM hardware_updates WHERE processed = 0")
        self.assertFalse(pending)
        return super().assert_states(history)


@tagged("post_install", "-at_install")
class TestApproval(HistoryCase):
    """A run that would touch too many assets touches none."""

    backend_values = {"approval_percent": 10, "approval_minimum": 2}

    def test_histories(self):
        leaving = st.sampled_from(("delete", "archive", "reinstall_at_once", "rename"))
        changes = st.builds(Change, leaving, st.integers(0, 4), st.integers(0, 1))

        @tried(st.lists(changes, max_size=8), max(1, EXAMPLES // 5))
        def check(changes):
            with self.history() as history:
                self._check(history, changes)

        check()

    def _check(self, history, changes):
        history.happen([Change("new_machine", 0, 0)] * 5)
        history.settle()
        bindings, before = history.bindings(), self.versions()
        history.happen(changes)
        history.quiet_run()
        run = self.backend.last_run_id
        self.assertEqual(run.state == "waiting", self._leaving(bindings) > 2)
        if run.state == "waiting":
            self.assertEqual(self.versions(), before)
            self.assertEqual(run.affected_count, self._leaving(bindings))
            run.action_approve()
            self.assert_history(history)

    def _leaving(self, bindings):
        """Number of computers that OCS does not have any more, or archived."""
        here = set(self.reading.computers())
        return len(set(bindings.mapped("external_id")) - here)
