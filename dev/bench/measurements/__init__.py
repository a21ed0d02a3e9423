"""The measurements: each returns lines of the table.

A measurement is a function that takes a ``Context`` and returns a list of ``Figure``.
It has the name of its file, with hyphens instead of underscores.
"""

from ...console import Failure
from .first_import import first_import
from .memory import memory
from .no_change import no_change
from .one_job_each import one_job_each
from .one_percent import one_percent
from .preview import preview
from .shared_values import shared_values
from .triggers import triggers

#: In an order in which each can use what the ones before have built.
ALL = (
    first_import,
    no_change,
    one_percent,
    memory,
    preview,
    one_job_each,
    shared_values,
    triggers,
)


def name(measurement):
    """Return the name of a measurement on the command line."""
    return measurement.__name__.replace("_", "-")


def chosen(names):
    """Return the measurements with these names, or all if there are none.

    :raise Failure: a name is unknown
    """
    known = {name(each): each for each in ALL}
    unknown = [each for each in names if each not in known]
    if unknown:
        raise Failure(
            f"There is no measurement {', '.join(unknown)}.",
            f"Choose from {', '.join(known)}.",
        )
    return [each for key, each in known.items() if not names or key in names]
