"""Selection of the computers that change on a day.

It depends on the data only: those with the oldest inventories are chosen. An inventory
moves them to the end, so the next day chooses others. Odd computers never change, so
``oddities.ids`` remains valid.
"""

from random import Random

from . import oddities
from .engine import Engine
from .session import fetch

_CANDIDATES = 300  # computers to choose from: many more than a day needs
_ORDINARY = """
    SELECT ID FROM hardware
    WHERE DEVICEID NOT IN ('_SYSTEMGROUP_', '_DOWNLOADGROUP_', 'MANUEL')
      AND MOD(ID - 1, %s) NOT IN %s {not_archived}
    ORDER BY LASTDATE, ID
    LIMIT %s
"""


class NoSuitableComputer(Exception):
    """No computer is left for a change on this day."""


class LoadedComputer:
    """A computer in the database, to be changed."""

    def __init__(self, engine: Engine, hardware_id: int):
        self.id = hardware_id
        self._engine = engine

    def rows(self, table: str) -> list[dict]:
        return self._engine.rows(table, self.id)

    @property
    def name(self) -> str:
        return self.rows("hardware")[0]["NAME"]

    def inventory(self, sections: dict | None = None, **hardware) -> None:
        self._engine.inventory(self.id, sections, **hardware)


class Day:
    """One call of ``change.apply``: each computer changes at most once."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self._start = engine.highest_id()  # higher on every later day
        self.rng = Random(f"change:{self._start}")
        self._candidates = self._ordinary_ids()

    def _ordinary_ids(self) -> list[int]:
        not_archived = "AND ARCHIVE IS NULL" if self.engine.schema.archive else ""
        query = _ORDINARY.format(not_archived=not_archived)
        arguments = (oddities.BLOCK, oddities.odd_positions(), _CANDIDATES)
        return [row["ID"] for row in fetch(self.engine.cursor, query, arguments)]

    def pick(self, suitable=lambda computer: True, skip: int = 0) -> LoadedComputer:
        """Take the first suitable candidate, starting at position ``skip``."""
        for hardware_id in self._candidates[skip:] + self._candidates[:skip]:
            computer = LoadedComputer(self.engine, hardware_id)
            if suitable(computer):
                self._candidates.remove(hardware_id)
                return computer
        raise NoSuitableComputer

    def pick_in_the_middle(self, suitable) -> LoadedComputer:
        """Take a computer for a change that does not update LASTDATE.

        The position differs every day. It is neither at the front, where the candidates
        of the next day are, nor at the end, where those of the day before are.
        """
        third = len(self._candidates) // 3
        return self.pick(suitable, skip=third + self._start % max(1, third))

    def new_id(self) -> int:
        """Return the ID of the next computer, which skips the positions of oddities.

        Otherwise more and more new computers would be excluded from changes.
        """
        odd = oddities.odd_positions()
        hardware_id = self.engine.highest_id() + 1
        while (hardware_id - 1) % oddities.BLOCK in odd:
            hardware_id += 1
        return hardware_id
