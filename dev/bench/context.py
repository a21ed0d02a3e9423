"""The context of measurements: the fleets, and the numbers of samples."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from .. import paths, postgres
from ..console import step
from . import place
from .fleets import TIME_ZONE, Fleet


@dataclass
class Context:
    """Options of the command, and its fleets; the database servers must be running."""

    sizes: list[int]
    samples: int = 5
    #: computers in a chunk; 0 for the default of the backend
    chunk_size: int = 0
    channels: list[int] = field(default_factory=lambda: [2])
    workers: int = 0
    #: jobs or inventories in a sample
    lot: int = 200
    fresh: bool = False
    _fleets: dict = field(default_factory=dict)

    def fleet(self, size):
        """Return the fleet of a size, which is built if necessary."""
        if size not in self._fleets:
            self._fleets[size] = Fleet(size)
            self._fleets[size].ensure(self.fresh)
        return self._fleets[size]

    def connection(self, size, user="odoo_reader"):
        """Return the connection to a fleet, as values of ``ocs.backend``."""
        return self.fleet(size).connection(user)

    @property
    def typical(self):
        """The size for measurements of one fleet: 20,000, or the nearest one."""
        return max((size for size in self.sizes if size <= 20_000), default=0) or min(
            self.sizes
        )

    @contextmanager
    def imported(self, size):
        """Yield a copy of an Odoo database that has imported the fleet.

        Copies for several fleets may exist at the same time.
        """
        template, stamp = self._imported(size)
        if not stamp.fresh() or not postgres.exists(template):
            with place.database() as name:
                with step(f"Import of {size:,} computers"):
                    place.inside(
                        name,
                        "import_all",
                        connection=self.connection(size),
                        chunk_size=self.chunk_size,
                    )
                self.save_imported(size, name)
        with place.database(template, f"{place.WORK}_{size}") as name:
            yield name

    def save_imported(self, size, name):
        """Save a database that has imported the fleet as the template of copies."""
        template, stamp = self._imported(size)
        stamp.clear()
        place.rename(name, template)
        stamp.write()

    def _imported(self, size):
        template = f"bench_imported_{size}"
        key = paths.digest(place.key(), self.fleet(size).key(), TIME_ZONE)
        return template, paths.Stamp(template, key)
