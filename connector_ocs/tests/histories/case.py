# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import logging
from collections import Counter
from contextlib import contextmanager, nullcontext

from ..fleet_reading import FleetReading
from ..live import LiveCase
from .checks import HistoryChecks
from .history import History
from .moments import CALLS

_logger = logging.getLogger(__name__)


class HistoryCase(HistoryChecks, LiveCase):
    """Histories on a real OCS database, which is emptied before each of them."""

    #: of the backend: no run needs approval
    backend_values = {"approval_percent": 0}
    #: calls at which faults happen
    calls = CALLS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.write(cls.backend_values)
        #: totals of all histories
        cls.happened = Counter()

    def setUp(self):
        super().setUp()
        self.maxDiff = None
        self.reading = FleetReading(self.sql, int(self.schema), "UTC")

    def subTest(self, *_args, **_params):
        """Let the first failure end the history: nothing else is checked."""
        return nullcontext()

    def _empty(self):
        self.sql("DELETE FROM deleted_equiv")
        self.sql("DELETE FROM config WHERE NAME = 'TRACE_DELETED'")
        return super()._empty()

    @contextmanager
    def history(self):
        """Yield a history on an empty OCS; its changes of Odoo are rolled back."""
        self._empty()
        savepoint = self.env.cr.savepoint()
        history = History(self.backend, self.ocs, self.calls)
        try:
            yield history
        finally:
            savepoint.close(rollback=True)
            self.happened.update(
                histories=1,
                imports=history.runs,
                jobs=history.jobs.performed,
                faults=history.moments.happened,
                **history.changes,
            )
            # thousands of them take long: whoever watches the log sees that they go on
            _logger.info("Histories so far: %s", self.happened["histories"])

    def check(self, steps):
        """Perform a history and check the result; errors list its steps."""
        with self.history() as history:
            try:
                history.happen(steps)
                self.assert_history(history)
            except Exception as error:
                error.add_note("\n".join(["This happened:", *history.log]))
                raise
