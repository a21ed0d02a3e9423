"""The first import of a fleet."""

from .. import place
from ..figures import Figure, Target, per_second

#: Computers in a chunk, at most.
CHUNK_SIZE = 200
#: Peers and limits: label, name of the samples, whether it is a limit, target.
REFERENCES = (
    ("batches of 50 over HTTP", "batches", False, Target(at_least=5)),
    ("the same, monitors only", "batches, flat", False, Target(at_least=5)),
    ("one by one over HTTP", "one by one", False, None),
    ("batches of 500 by the ORM", "orm", True, Target(at_least=0.4)),
    ("inserting by SQL", "inserts", True, None),
    ("reading by SQL", "sql", True, None),
)


def first_import(context):
    """Measure the first import of each fleet (computers/s), including its scan."""
    return [figure for size in context.sizes for figure in _of_size(context, size)]


def _of_size(context, size):
    connection = context.connection(size)
    with place.database() as name:
        with place.server(name) as url:
            found = place.inside(
                name,
                "first_import",
                connection=connection,
                url=url,
                samples=context.samples,
                # even a small fleet has a chunk for each sample
                chunk_size=context.chunk_size
                or min(CHUNK_SIZE, size // context.samples),
            )
        context.save_imported(size, name)
    rates = {
        key: per_second(*zip(*samples, strict=True))
        for key, samples in found["samples"].items()
    }
    return [
        Figure(
            "first import",
            size,
            "computers/s",
            rates["ours"],
            rates[key],
            reference,
            is_limit=is_limit,
            target=target,
            notes=found["notes"],
        )
        for reference, key, is_limit, target in REFERENCES
    ]
