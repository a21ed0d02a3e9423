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
    """The most memory of a process, for the largest fleet beside the smallest."""
    small, large = min(context.sizes), max(context.sizes)
    if small == large:
        small = max(large // 10, 200)
    samples = {"small": [], "large": []}
    for _number in range(context.samples):
        samples["small"].append(_measure(context, small))
        samples["large"].append(_measure(context, large))
    return [
        Figure(
            f"memory, {label}",
            large,
            "MB",
            [sample[kind] for sample in samples["large"]],
            [sample[kind] for sample in samples["small"]],
            f"that of {small:,}",
            target=TARGET,
            notes=samples["large"][0],
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
            page_size=context.page_size,
        )
    with context.imported(size) as name:
        return found | place.inside(name, "memory_unchanged", connection=connection)
