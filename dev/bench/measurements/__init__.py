"""The measurements: each gives lines of the table.

One is a function that is given a ``Context`` and returns a list of ``Figure``; its
name is that of its file, with a hyphen for each underscore.
"""

from ...console import Failure
from .first_import import first_import
from .memory import memory
from .no_change import no_change
from .one_job_each import one_job_each
from .one_percent import one_percent
from .triggers import triggers

#: In an order in which each finds what the ones before built.
ALL = (first_import, no_change, one_percent, memory, one_job_each, triggers)


def name(measurement):
    """Return the name by which a person chooses a measurement."""
    return measurement.__name__.replace("_", "-")


def chosen(names):
    """Return the measurements of these names, all without any.

    :raise Failure: there is none of that name
    """
    known = {name(each): each for each in ALL}
    unknown = [each for each in names if each not in known]
    if unknown:
        raise Failure(
            f"There is no measurement {', '.join(unknown)}.",
            f"Choose from {', '.join(known)}.",
        )
    return [each for key, each in known.items() if not names or key in names]
