# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from contextlib import contextmanager, nullcontext

from ..fleet_reading import FleetReading
from ..live import LiveCase
from .checks import HistoryChecks
from .history import History


class HistoryCase(HistoryChecks, LiveCase):
    """Histories on a real OCS database, each on an empty one."""

    #: of the backend: nobody is asked, whatever happens
    backend_values = {"approval_percent": 0}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.write(cls.backend_values)
        #: what happened in all histories
        cls.happened = Counter()

    def setUp(self):
        super().setUp()
        self.maxDiff = None
        self.reading = FleetReading(self.sql, int(self.schema), "UTC")

    def subTest(self, *_args, **_params):
        """A part that fails ends the history: nothing else is looked at."""
        return nullcontext()

    def _empty(self):
        self.sql("DELETE FROM deleted_equiv")
        self.sql("DELETE FROM config WHERE NAME = 'TRACE_DELETED'")
        return super()._empty()

    @contextmanager
    def history(self):
        """A history on an empty OCS; nothing of it stays in Odoo."""
        self._empty()
        savepoint = self.env.cr.savepoint()
        history = History(self.backend, self.ocs)
        try:
            yield history
        finally:
            savepoint.close(rollback=True)
            self.happened.update(
                histories=1,
                changes=history.changes,
                imports=history.runs,
                jobs=history.jobs.performed,
                faults=history.moments.happened,
            )

    def check(self, steps):
        """Let a history happen and compare; an error tells what happened."""
        with self.history() as history:
            try:
                history.happen(steps)
                self.assert_history(history)
            except Exception as error:
                error.add_note("\n".join(["This happened:", *history.told]))
                raise
