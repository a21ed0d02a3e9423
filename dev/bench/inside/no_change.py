"""Runs without changes, alternating with the plain queries of the fingerprints."""

from . import backend as backends
from . import jobs, raw

#: Repetitions of each side in a sample, after the caches of the process are filled.
REPETITIONS = 3


def run(env, connection):
    """Scan an unchanged fleet.

    :return: dict with the number of computers, and the mean seconds of ours and queries
    """
    backend = backends.ensure(env, connection)
    ids = backends.computers(backend)
    ocs = raw.Ocs(connection, backends.sections(backend))
    _whole_run(env, backend)
    ocs.fingerprint(ids)
    ours = queries = 0
    for _repetition in range(REPETITIONS):
        ours += _whole_run(env, backend)
        queries += ocs.fingerprint(ids)
    return {
        "computers": len(ids),
        "ours": ours / REPETITIONS,
        "queries": queries / REPETITIONS,
    }


def _whole_run(env, backend):
    run, seconds = backends.start(env, backend)
    seconds += backends.finish(env)
    if run.job_count or run.state != "done":
        raise ValueError(
            f"The run is {run.state}, with {run.job_count} unexpected jobs: rebuild the"
            f" fleet. {run.message or ''} {jobs.failed(env)} jobs failed."
        )
    return seconds
