"""A run without changes."""

from contextlib import ExitStack

from .. import place
from ..figures import Figure, Target

#: At most twice as long as the queries.
TARGET = Target(at_most=2)
#: Growth of the seconds, relative to the growth of the computers.
GROWTH = 1.1


def no_change(context):
    """Measure a whole run over each unchanged fleet: seconds, and their growth."""
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
    """Sample all fleets alternately, each time in a new process.

    :return: dict {size: dict as of ``inside.no_change``, with lists of seconds}
    """
    found = {}
    with ExitStack() as stack:
        names = {s: stack.enter_context(context.imported(s)) for s in context.sizes}
        for _sample in range(context.samples):
            for size, name in names.items():
                connection = context.connection(size)
                sample = place.inside(name, "no_change", connection=connection)
                known = found.setdefault(size, {"ours": [], "queries": []})
                known["computers"] = sample["computers"]
                known["ours"].append(sample["ours"])
                known["queries"].append(sample["queries"])
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
