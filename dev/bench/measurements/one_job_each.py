"""One job for each computer, as for the changes of a day."""

from .. import place
from ..figures import Figure, Target, per_second

TARGET = Target(at_least=0.7)
KINDS = {"changed": TARGET, "new": None}


def one_job_each(context):
    """Compare jobs/s of changed and of new computers with those of empty jobs."""
    size = context.typical
    figures = []
    for channels in context.channels:
        found = _measure(context, size, channels)
        rates = {
            kind: per_second(*zip(*samples, strict=True))
            for kind, samples in found.items()
        }
        figures += [
            Figure(
                f"one job each, {kind}, root:{channels}",
                size,
                "jobs/s",
                rates[kind],
                rates["empty"],
                "empty jobs",
                target=target,
            )
            for kind, target in KINDS.items()
        ]
    return figures


def _measure(context, size, channels):
    connection = context.connection(size)
    # half of the computers are changed, the others are new; groups are not imported
    lot = min(context.lot, size // (2 * context.samples + 2))
    amount = {"samples": context.samples, "lot": lot}
    with place.database() as name:
        place.inside(name, "one_job_each_prepare", connection=connection, **amount)
        runner = f"root:{channels},root.ocs:{channels}"
        with place.server(name, runner, context.workers):
            return place.inside(
                name,
                "one_job_each",
                connection=connection,
                writer=context.connection(size, "ocs"),
                **amount,
            )
