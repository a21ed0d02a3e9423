"""Generator of a fleet, one computer after the other."""

from collections.abc import Iterator
from datetime import datetime

from . import oddities
from .computer import Computer
from .machine import ordinary

SEED = "ocs"
NOW = datetime(2026, 1, 15, 9, 0, 0)


def generate(size: int = 200, seed=SEED, now: datetime = NOW) -> Iterator[Computer]:
    """Yield the entries of the fleet ``seed``, with hardware IDs from 1 to ``size``.

    An entry is the same in a fleet of any size. Every full block of 200 has each of
    ``oddities.ODDITIES``. Groups and orphaned rows count as entries: a fleet of 200 has
    199 rows in ``hardware``, two of which are groups.

    :param now: naive local time of the OCS server at the last inventories; with the
        default, the fleet is the same every day
    """
    return (computer_at(index, seed, now) for index in range(size))


def computer_at(index: int, seed=SEED, now: datetime = NOW) -> Computer:
    """Return the entry with hardware ID ``index`` + 1, independent of the others."""
    computer = ordinary(seed, index, now)
    oddities.apply(computer, index, seed, now)
    return computer.number()
