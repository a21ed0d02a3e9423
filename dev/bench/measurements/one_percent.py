"""A run after one per cent of the computers has changed."""

from .. import place
from ..figures import Figure, Target

TARGET = Target(at_least=0.8)


def one_percent(context):
    """Measure which share of the run's seconds the jobs of changed computers take."""
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
