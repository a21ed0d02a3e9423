# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Steps of histories, and strategies of hypothesis that build them."""

from typing import NamedTuple

from hypothesis import strategies as st

from .moments import CALLS, COMMIT, DONE, Fault
from .ocs import SCREENS

#: Changes of :class:`.ocs.Ocs`; hypothesis shrinks to the first, most important ones.
CHANGES = (
    "new_machine",
    "delete",
    "come_back",
    "reinstall",
    "merge",
    "reinstall_at_once",
    "inventory",
    "full_inventory",
    "monitors",
    "serial",
    "uuid",
    "swap",
    "clone",
    "reuse_id",
    "restore",
    "dock",
    "byte_order",
    "archive",
    "unarchive",
    "rename",
    "memory",
    "graphics",
    "bios_update",
    "tag",
    "trace",
    "begin_delete",
)


class Change(NamedTuple):
    """A change in OCS."""

    name: str
    who: int
    value: int


class Start(NamedTuple):
    """A user or the schedule starts an import, even if one is running."""

    origin: str


class Work(NamedTuple):
    """The job runner performs some jobs."""

    #: maximal number of jobs
    jobs: int
    #: position of the pending job to perform each time; 0 is the next one
    pick: int
    #: during the first job
    fault: Fault | None


class Use(NamedTuple):
    """A user changes an asset."""

    how: str
    who: int


def histories(without=(), calls=tuple(CALLS)):
    """Return a strategy for lists of steps: imports of new machines, then anything.

    Each history uses only some kinds of changes, so that they interact.

    :param without: names of changes to exclude
    :param calls: names of calls at which faults happen, see :data:`.moments.CALLS`
    """
    possible = [name for name in CHANGES if name not in without]
    names = st.sets(st.sampled_from(possible), min_size=2, max_size=7)
    return names.flatmap(lambda chosen: _histories_of(_changes(sorted(chosen)), calls))


def _changes(names):
    return st.builds(
        Change,
        st.sampled_from(sorted(names, key=CHANGES.index)),
        st.integers(0, 4),
        st.integers(0, 2 ** len(SCREENS) - 1),
    )


def _histories_of(changes, calls):
    start = st.builds(Start, st.sampled_from(("schedule", "button")))
    use = st.builds(Use, st.sampled_from(("message", "request")), st.integers(0, 6))
    part = st.tuples(
        st.lists(changes, max_size=8),
        st.lists(start, max_size=1),
        st.lists(_works(changes, calls), max_size=8),
        st.lists(use, max_size=1),
    )
    return st.builds(_history, st.integers(1, 3), st.lists(part, max_size=10))


def _works(changes, calls):
    return st.builds(
        Work,
        st.sampled_from((20, 1, 2, 5)),
        st.integers(0, 3),
        st.one_of(st.none(), _faults(changes, calls)),
    )


def _faults(changes, calls):
    """Return a strategy for faults at moments where they can occur."""
    passed = st.integers(0, 12)
    anywhere = st.sampled_from([*calls, COMMIT])
    return st.one_of(
        st.builds(Fault, anywhere, passed, st.sampled_from(("killed", "error"))),
        st.builds(Fault, st.just("query"), passed, st.sampled_from(("away", "lost"))),
        st.builds(Fault, anywhere, passed, st.just("meanwhile"), changes),
        st.builds(Fault, st.just(DONE), st.just(0), st.just("killed")),
    )


def _history(machines, parts):
    bought = [Change("new_machine", 0, number) for number in range(machines)]
    steps = [step for part in parts for steps in part for step in steps]
    return [*bought, Start("schedule"), Work(20, 0, None), *steps]
