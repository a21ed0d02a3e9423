"""The most memory a worker needs, for a small fleet and for a large one."""

from .. import place
from ..figures import Figure, Target

TARGET = Target(at_most=1.15)
#: Computers that are imported, of a larger fleet.
COMPUTERS = 5000
KINDS = {
    "look": "look at a new fleet",
    "jobs": "jobs of a new fleet",
    "unchanged": "look, nothing changed",
}


def memory(context):
    """The most memory of a process, for the largest fleet beside the smallest.

    Measured once: how busy the machine is does not matter here.
    """
    small, large = min(context.sizes), max(context.sizes)
    if small == large:
        small = max(large // 10, 50)
    few, many = _measure(context, small), _measure(context, large)
    return [
        Figure(
            f"memory, {label}",
            large,
            "MB",
            [many[kind]],
            [few[kind]],
            f"that of {small:,}",
            target=TARGET,
            notes=many,
        )
        for kind, label in KINDS.items()
    ]


def _measure(context, size):
    connection = context.connection(size)
    with place.database() as name:
        found = place.inside(
            name,
            "memory",
            connection=connection,
            computers=COMPUTERS,
            chunk_size=context.chunk_size,
        )
    with context.imported(size) as name:
        return found | place.inside(name, "memory_unchanged", connection=connection)
