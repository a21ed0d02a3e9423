"""Computers with shared serial numbers and monitors, imported by two jobs at once."""

from .. import place
from ..figures import Figure, Target
from ..fleets import PairedFleet

#: Computers whose first half shares each value with the second one.
SIZE = 600
#: Chunks, of which two are imported at once.
CHUNKS = 3
TARGET = Target(at_least=0.8)


def shared_values(context):
    """Compare the rates with those of computers that share nothing."""
    found = {"shared": [], "distinct": []}
    for number in range(context.samples):
        names = sorted(found, reverse=bool(number % 2))
        for name in names:
            found[name].append(_import(name == "shared"))
    rates = {
        name: [SIZE / sample["seconds"] for sample in samples]
        for name, samples in found.items()
    }
    return [
        Figure(
            "shared values",
            SIZE,
            "computers/s",
            rates["shared"],
            rates["distinct"],
            "no shared values",
            target=TARGET,
            notes={
                f"retried jobs, {name}": [sample["retried"] for sample in samples]
                for name, samples in found.items()
            },
        )
    ]


def _import(is_shared):
    fleet = PairedFleet(SIZE, is_shared)
    fleet.ensure()
    with place.database() as name, place.server(name, "root:2,root.ocs:2"):
        return place.inside(
            name,
            "shared_values",
            connection=fleet.connection(),
            chunk_size=SIZE // CHUNKS,
        )
