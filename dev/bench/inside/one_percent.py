"""Runs after one per cent of the computers has changed."""

from .. import changes
from . import backend as backends
from . import jobs
from .shell import say


def run(env, connection, writer, samples):
    """Change and import one per cent of the computers, others for each sample.

    :param writer: connection of an account with write access to OCS
    :return: list of dict: seconds of "jobs", of "all", and number "n" of computers
    """
    backend = backends.ensure(env, connection)
    ids = backends.computers(backend)
    found = []
    with changes.Changes(writer) as ocs:
        for number in range(samples):
            changed = ids[number::100]
            ocs.apply(changed)
            found.append(_whole_run(env, backend, len(changed)))
            say("{n} changed: {jobs:.2f} of {all:.2f} s".format(**found[-1]))
    return found


def _whole_run(env, backend, expected):
    _run, seconds = backends.start(env, backend)
    lot = jobs.pending(env, without=(jobs.CLOSE,))
    computers = sum(len(job.computers) for job in lot)
    if computers != expected:
        raise ValueError(f"{computers} changed instead of {expected}")
    own = jobs.perform(env, lot)
    return {"jobs": own, "all": seconds + own + backends.finish(env), "n": computers}
