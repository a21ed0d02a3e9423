"""What every measurement is given: the fleets, and how often to measure."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from .. import paths, postgres
from ..console import step
from . import place
from .fleets import TIME_ZONE, Fleet


@dataclass
class Context:
    """What the command was told; the database servers run."""

    sizes: list[int]
    samples: int = 5
    #: computers in a page, 0: what the backend has
    chunk_size: int = 0
    channels: list[int] = field(default_factory=lambda: [2])
    workers: int = 0
    #: jobs or inventories in a lot
    lot: int = 200
    fresh: bool = False
    _fleets: dict = field(default_factory=dict)

    def fleet(self, size):
        """Return the fleet of that size, built if it is not there."""
        if size not in self._fleets:
            self._fleets[size] = Fleet(size)
            self._fleets[size].ensure(self.fresh)
        return self._fleets[size]

    def connection(self, size, user="odoo_reader"):
        """Return how to connect to a fleet, as fields of a backend."""
        return self.fleet(size).connection(user)

    @property
    def typical(self):
        """The size for what needs one fleet: 20,000, or the nearest below."""
        return max((size for size in self.sizes if size <= 20_000), default=0) or min(
            self.sizes
        )

    @contextmanager
    def imported(self, size):
        """A copy of an Odoo that has imported the fleet; its database.

        Those of several fleets may be there at the same time.
        """
        kept, stamp = self._imported(size)
        if not stamp.fresh() or not postgres.exists(kept):
            with place.database() as name:
                with step(f"Import of {size:,} computers"):
                    place.inside(
                        name,
                        "import_all",
                        connection=self.connection(size),
                        chunk_size=self.chunk_size,
                    )
                self.keep_imported(size, name)
        with place.database(kept, f"{place.WORK}_{size}") as name:
            yield name

    def keep_imported(self, size, name):
        """Let the database ``name``, which imported the fleet, serve others later."""
        kept, stamp = self._imported(size)
        stamp.clear()
        place.keep(name, kept)
        stamp.write()

    def _imported(self, size):
        kept = f"bench_imported_{size}"
        key = paths.digest(place.key(), self.fleet(size).key(), TIME_ZONE)
        return kept, paths.Stamp(kept, key)
