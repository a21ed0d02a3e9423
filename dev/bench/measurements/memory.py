"""The peak memory of a worker, for a small fleet and for a large one."""

from .. import place
from ..figures import Figure, Target

TARGET = Target(at_most=1.15)
#: Computers to import, at most.
COMPUTERS = 5000
KINDS = {
    "scan": "scan of a new fleet",
    "jobs": "jobs of a new fleet",
    "unchanged": "scan without changes",
}


def memory(context):
    """Compare the peak memory of a process for the largest and the smallest fleet.

    It is measured once, because it does not depend on the load of the machine.
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
