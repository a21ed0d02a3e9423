"""The fleet itself: one computer after the other, never a list of them."""

from collections.abc import Iterator
from datetime import datetime

from . import oddities
from .computer import Computer
from .machine import ordinary

SEED = "ocs"
NOW = datetime(2026, 1, 15, 9, 0, 0)


def generate(size: int = 200, seed=SEED, now: datetime = NOW) -> Iterator[Computer]:
    """Yield the ``size`` entries of the fleet ``seed``: hardware ids 1 to ``size``.

    An entry is the same in a fleet of any size. Every full block of 200 has each of
    ``oddities.ODDITIES``. Groups and rows without a computer count as entries: a fleet
    of 200 has 199 rows in ``hardware``, and two of them are groups.

    :param now: the OCS server's local time, naive, when the last inventories came;
        with the default a fleet is the same on every day
    """
    return (computer_at(index, seed, now) for index in range(size))


def computer_at(index: int, seed=SEED, now: datetime = NOW) -> Computer:
    """The entry with hardware id ``index`` + 1, made without those before it."""
    computer = ordinary(seed, index, now)
    oddities.apply(computer, index, seed, now)
    return computer.number()
