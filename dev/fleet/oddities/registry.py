"""Positions of the oddities, which are the same in every block of 200 computers."""

from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import NamedTuple

from ..computer import Computer

BLOCK = 200


class Place(NamedTuple):
    """The position of an odd computer."""

    seed: object
    now: datetime
    block: int  # number of the block, from 0
    turn: int  # which of the oddity's computers in this block, from 0
    first: int  # index in the fleet of the first of them

    @property
    def rng(self) -> Random:
        """A new generator, equal for all computers of an oddity in a block."""
        return Random(f"{self.seed}:oddity:{self.first}")


class Oddity(NamedTuple):
    name: str
    positions: tuple[int, ...]  # indexes within a block
    make: Callable[[Computer, Place], None]


ODDITIES: dict[str, Oddity] = {}
_AT: dict[int, Oddity] = {}


def oddity(*positions: int):
    """Register a function that adds a problem to the computers at ``positions``."""

    def register(make):
        entry = Oddity(make.__name__, positions, make)
        if not set(positions) <= set(range(BLOCK)) - _AT.keys():
            raise ValueError(
                f"{entry.name}: one of {positions} is in use or out of the block"
            )
        ODDITIES[entry.name] = entry
        _AT.update(dict.fromkeys(positions, entry))
        return make

    return register


def apply(computer: Computer, index: int, seed, now: datetime) -> None:
    """Add the oddity of the position ``index`` to the computer, if there is one."""
    block, position = divmod(index, BLOCK)
    if entry := _AT.get(position):
        first = block * BLOCK + entry.positions[0]
        turn = entry.positions.index(position)
        computer.oddity = entry.name
        entry.make(computer, Place(seed, now, block, turn, first))


def odd_positions() -> list[int]:
    return sorted(_AT)


def ids(name: str, size: int = BLOCK) -> list[int]:
    """Return the hardware IDs of an oddity's computers in a fleet of ``size``."""
    wanted = ODDITIES[name].positions
    return [index + 1 for index in range(size) if index % BLOCK in wanted]
