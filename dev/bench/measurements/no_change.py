"""A run that finds nothing to import."""

from .. import place
from ..figures import Figure, Target

#: Twice as long as the queries, and no more than that.
TARGET = Target(at_most=2)
#: How much more than the computers the seconds may grow.
GROWTH = 1.1


def no_change(context):
    """A whole run over each fleet with nothing changed: seconds, and how they grow."""
    found = {size: _measure(context, size) for size in context.sizes}
    figures = [
        Figure(
            "no change",
            size,
            "s",
            samples["ours"],
            samples["queries"],
            "the fingerprints' queries",
            is_limit=True,
            target=TARGET.of(size),
        )
        for size, samples in found.items()
    ]
    sizes = sorted(found)
    return figures + [
        _growth(small, large, found)
        for small, large in zip(sizes, sizes[1:], strict=False)
    ]


def _measure(context, size):
    with context.imported(size) as name:
        return place.inside(
            name,
            "no_change",
            connection=context.connection(size),
            samples=context.samples,
        )


def _growth(small, large, found):
    factor = found[large]["computers"] / found[small]["computers"]
    return Figure(
        "no change",
        large,
        "s",
        found[large]["ours"],
        found[small]["ours"],
        f"that of {small:,}",
        target=Target(at_most=factor * GROWTH),
    )
