"""Runs that find nothing, in turns with the plain queries of the fingerprints."""

from . import backend as backends
from . import jobs, raw

#: How often each side does it, in turns, once what a process learns is known.
TIMES = 3


def run(env, connection):
    """Look for changes where there are none.

    :return: dict with the computers, our seconds and the queries' seconds, for once
    """
    backend = backends.ensure(env, connection)
    ids = backends.computers(backend)
    ocs = raw.Ocs(connection, backends.sections(backend))
    _whole_run(env, backend)
    ocs.fingerprint(ids)
    ours = queries = 0
    for _time in range(TIMES):
        ours += _whole_run(env, backend)
        queries += ocs.fingerprint(ids)
    return {"computers": len(ids), "ours": ours / TIMES, "queries": queries / TIMES}


def _whole_run(env, backend):
    run, seconds = backends.start(env, backend)
    seconds += backends.finish(env)
    if run.job_count or run.state != "done":
        raise ValueError(
            f"The run is {run.state}; {run.job_count} computers were changed after all:"
            f" build the fleet again. {run.message or ''} {jobs.failed(env)} failed."
        )
    return seconds
