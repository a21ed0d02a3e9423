"""Which computers a working day happens to.

It follows from the data alone: those that were not inventoried for longest. An
inventory moves them to the end, so the next day takes others. The odd computers are
left alone, so ``oddities.ids`` stays true.
"""

from random import Random

from . import oddities
from .engine import Engine
from .session import fetch

_AT_HAND = 300  # computers to choose from in a day: many more than it needs
_ORDINARY = """
    SELECT ID FROM hardware
    WHERE DEVICEID NOT IN ('_SYSTEMGROUP_', '_DOWNLOADGROUP_', 'MANUEL')
      AND MOD(ID - 1, %s) NOT IN %s {not_archived}
    ORDER BY LASTDATE, ID
    LIMIT %s
"""


class NothingSuitable(Exception):
    """No computer is left on this day to which the change could happen."""


class LoadedComputer:
    """A computer of the database while something happens to it."""

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
    """One call of ``change.apply``: nothing happens to a computer twice."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self._beginning = engine.highest_id()  # is higher on every other day
        self.rng = Random(f"change:{self._beginning}")
        self._waiting = self._ordinary_ids()

    def _ordinary_ids(self) -> list[int]:
        not_archived = "AND ARCHIVE IS NULL" if self.engine.schema.archive else ""
        query = _ORDINARY.format(not_archived=not_archived)
        arguments = (oddities.BLOCK, oddities.odd_positions(), _AT_HAND)
        return [row["ID"] for row in fetch(self.engine.cursor, query, arguments)]

    def pick(self, suitable=lambda computer: True, skip: int = 0) -> LoadedComputer:
        """Take the first suitable computer of those waiting, from place ``skip`` on."""
        for hardware_id in self._waiting[skip:] + self._waiting[:skip]:
            computer = LoadedComputer(self.engine, hardware_id)
            if suitable(computer):
                self._waiting.remove(hardware_id)
                return computer
        raise NothingSuitable

    def pick_in_the_middle(self, suitable) -> LoadedComputer:
        """For a change that leaves LASTDATE alone: begin elsewhere every day.

        Neither at the front, where tomorrow's computers wait, nor at the end, where
        yesterday's are.
        """
        third = len(self._waiting) // 3
        return self.pick(suitable, skip=third + self._beginning % max(1, third))

    def new_id(self) -> int:
        """The id of the next computer; where an oddity would stand, OCS leaves a gap.

        Otherwise new computers would by and by all be among those left alone.
        """
        odd = oddities.odd_positions()
        hardware_id = self.engine.highest_id() + 1
        while (hardware_id - 1) % oddities.BLOCK in odd:
            hardware_id += 1
        return hardware_id
