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

#: Number of histories. They are the same each time, unless a variable is set.
IS_CUSTOM = "OCS_HISTORIES" in os.environ
EXAMPLES = int(os.environ.get("OCS_HISTORIES", scale(100, 5)))
SEED = int(os.environ.get("OCS_HISTORIES_SEED", randrange(10**6) if IS_CUSTOM else 1))


def run_examples(strategy, examples=EXAMPLES):
    """Decorate a function with one argument so that hypothesis calls it with examples.

    :param strategy: hypothesis strategy of the argument
    :param examples: number of examples
    """

    def decorate(test):
        configured = settings(
            max_examples=examples,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        return seed(SEED)(configured(given(strategy)(test)))

    return decorate


@tagged("post_install", "-at_install")
class TestHistories(HistoryCase):
    """Whatever happens in OCS and to the jobs, Odoo finally agrees with OCS.

    ``OCS_HISTORIES=2000 make test`` runs 2000 histories, which differ each time. Set
    ``OCS_HISTORIES_SEED`` to the number in the log to run the same ones again. A
    failing history is reduced to the minimum, and its steps are listed.
    """

    #: names of changes to exclude
    without = ()

    def test_histories(self):
        _logger.info("Seed of the histories: %s", SEED)

        @run_examples(histories(self.without, self.calls))
        def check(steps):
            self.check(steps)

        check()
        _logger.info("Totals of all histories: %s", dict(self.happened))


@tagged("post_install", "-at_install")
class TestHistoriesInChunks(TestHistories):
    """The same tests with every import in chunks."""

    allow_inherited_tests_method = True
    backend_values = {
        **HistoryCase.backend_values,
        "chunk_threshold": 1,
        "chunk_size": 3,
    }


@tagged("post_install", "-at_install")
class TestApproval(HistoryCase):
    """A run that would archive or rebind too many assets waits for approval."""

    backend_values = {"approval_percent": 10, "approval_minimum": 2}

    def test_histories(self):
        removals = st.sampled_from(
            (
                "delete",
                "archive",
                "reinstall_at_once",
                "rename",
                "restore",
                "reuse_id",
            )
        )
        changes = st.builds(Change, removals, st.integers(0, 4), st.integers(0, 1))

        @run_examples(st.lists(changes, max_size=8), max(1, EXAMPLES // 5))
        def check(changes):
            with self.history() as history:
                self._check(history, changes)

        check()

    def _check(self, history, changes):
        history.happen([Change("new_machine", 0, 0)] * 5)
        history.settle()
        bindings, before = history.bindings(), self.versions()
        machines = dict(history.ocs.owners)
        history.happen(changes)
        affected = self._affected_count(history, bindings, machines)
        history.quiet_run()
        run = self.backend.last_run_id
        self.assertEqual(run.state == "waiting", affected > 2)
        if run.state == "waiting":
            self.assertEqual(self.versions(), before)
            self.assertEqual(run.affected_count, affected)
            run.action_approve()
            self.assert_history(history)

    def _affected_count(self, history, bindings, machines):
        """Return the number of computers whose ID is no longer their own in OCS.

        :param bindings: bindings before the changes
        :param machines: {hardware.ID: machine} at that time
        """
        current, owners = self.reading.computers(), history.ocs.owners
        return sum(
            each not in current or owners[each] is not machines[each]
            for each in bindings.mapped("external_id")
        )
