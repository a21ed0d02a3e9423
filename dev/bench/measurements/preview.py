"""A preview of the first import of a fleet."""

from .. import place
from ..figures import Figure, Target

#: A preview does what an import does, compares the result, and undoes it.
SPEED = Target(at_least=0.4)
MEMORY = Target(at_most=1.15)


def preview(context):
    """Compare a preview with the import that follows, and its peak memory.

    The memory is measured for the largest and the smallest fleet.
    """
    small, large = min(context.sizes), max(context.sizes)
    if small == large:
        small = max(large // 10, 50)
    found = {size: _measure(context, size) for size in (small, large)}
    figures = [_speed(size, measured) for size, measured in found.items()]
    return [
        *figures,
        Figure(
            "memory, preview",
            large,
            "MB",
            [found[large]["memory"]],
            [found[small]["memory"]],
            f"that of {small:,}",
            target=MEMORY,
            notes=found[large],
        ),
    ]


def _speed(size, measured):
    number = measured["computers"]
    return Figure(
        "preview",
        size,
        "computers/s",
        [number / measured["preview"]],
        [number / measured["import"]],
        "its import",
        target=SPEED,
        notes=measured,
    )


def _measure(context, size):
    with place.database() as name:
        return place.inside(
            name,
            "preview",
            connection=context.connection(size),
            chunk_size=context.chunk_size,
        )
