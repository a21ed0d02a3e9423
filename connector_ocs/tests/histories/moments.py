# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Faults and changes while a job is running."""

from contextlib import contextmanager
from functools import wraps
from typing import NamedTuple
from unittest import mock

from odoo.addons.connector.components.mapper import Mapper
from odoo.addons.connector.exception import NetworkRetryableError

from ...components.importer import OcsImporter
from ...lib.client import OcsClient

#: Methods whose calls are counted, by the name of the moment before each of them.
CALLS = {
    "query": (OcsClient, "query"),
    "map": (Mapper, "map_record"),
    "write": (OcsImporter, "_update"),
}
#: Before the commit; after the commit, before the job is stored as done.
COMMIT, DONE = "commit", "done"


class Killed(BaseException):
    """The process is killed: nothing catches this."""


class Failed(Exception):
    """A job raises an error."""


class Fault(NamedTuple):
    """A fault at a moment of a job."""

    #: name of a call, or :data:`COMMIT` or :data:`DONE`
    moment: str
    #: number of these moments that pass before
    passed: int
    #: 'killed', 'error', 'away', 'lost' or 'meanwhile'
    kind: str
    #: change of OCS that happens 'meanwhile', see :class:`.ocs.Ocs`
    change: tuple = ()


class Moments:
    """Triggers faults at the moments of a job.

    :param calls: as :data:`CALLS`
    :param lose: function that closes the connections of Odoo to OCS
    :param change: function that applies a change to OCS
    """

    def __init__(self, calls, lose, change):
        self._calls = calls
        self._lose = lose
        self._change = change
        self._fault = None
        self._left = 0
        self.happened = 0

    @contextmanager
    def watched(self):
        """Count the calls of the methods."""
        patches = [
            mock.patch.object(owner, name, self._counted(moment, owner, name))
            for moment, (owner, name) in self._calls.items()
        ]
        for patch in patches:
            patch.start()
        try:
            yield self
        finally:
            for patch in patches:
                patch.stop()

    def _counted(self, moment, owner, name):
        method = getattr(owner, name)

        @wraps(method)
        def counted(*args, **kwargs):
            self.reach(moment)
            return method(*args, **kwargs)

        return counted

    @contextmanager
    def armed(self, fault):
        """Arm a fault for one job.

        :param fault: :class:`Fault`, or None
        """
        self._fault, self._left = fault, fault.passed if fault else 0
        try:
            yield
        finally:
            self._fault = None

    def reach(self, moment):
        """Reach a moment of a job, and trigger its fault if it is due."""
        fault = self._fault
        if not fault or fault.moment != moment:
            return
        if self._left:
            self._left -= 1
            return
        self._fault = None
        self.happened += 1
        getattr(self, f"_{fault.kind}")(fault)

    def _killed(self, fault):
        raise Killed(fault)

    def _error(self, fault):
        raise Failed(str(fault))

    def _away(self, fault):
        raise NetworkRetryableError(str(fault))

    def _lost(self, fault):
        self._lose()

    def _meanwhile(self, fault):
        self._change(*fault.change)
