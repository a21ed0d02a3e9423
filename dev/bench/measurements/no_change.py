"""A run that finds nothing to import."""

from contextlib import ExitStack

from .. import place
from ..figures import Figure, Target

#: Twice as long as the queries, and no more than that.
TARGET = Target(at_most=2)
#: How much more than the computers the seconds may grow.
GROWTH = 1.1


def no_change(context):
    """A whole run over each fleet with nothing changed: seconds, and how they grow."""
    found = _measure(context)
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


def _measure(context):
    """Samples of all fleets in turns, those of a fleet in a new process each time.

    :return: dict {size: dict as ``inside.no_change`` gives}
    """
    found = {}
    with ExitStack() as stack:
        names = {s: stack.enter_context(context.imported(s)) for s in context.sizes}
        for _sample in range(context.samples):
            for size, name in names.items():
                connection = context.connection(size)
                taken = place.inside(name, "no_change", connection=connection)
                known = found.setdefault(size, {"ours": [], "queries": []})
                known["computers"] = taken["computers"]
                known["ours"].append(taken["ours"])
                known["queries"].append(taken["queries"])
    return found


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
