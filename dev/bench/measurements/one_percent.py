"""A run after one computer in a hundred has changed."""

from .. import place
from ..figures import Figure, Target

TARGET = Target(at_least=0.8)


def one_percent(context):
    """1 % changed: the seconds in the jobs of the changed, of all seconds."""
    size = context.typical
    with context.imported(size) as name:
        found = place.inside(
            name,
            "one_percent",
            connection=context.connection(size),
            writer=context.connection(size, "ocs"),
            samples=context.samples,
        )
    return [
        Figure(
            "one per cent",
            size,
            "s",
            [sample["jobs"] for sample in found],
            [sample["all"] for sample in found],
            "the whole run",
            is_limit=True,
            target=TARGET.of(size),
            notes={"changed": [sample["n"] for sample in found]},
        )
    ]
