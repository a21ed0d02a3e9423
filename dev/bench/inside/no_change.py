"""Runs that find nothing, in turns with the plain queries of the fingerprints."""

from . import backend as backends
from . import jobs, raw


def run(env, connection, samples):
    """Look for changes where there are none.

    :return: dict with the computers, our seconds and the queries' seconds
    """
    backend = backends.ensure(env, connection)
    ids = backends.computers(backend)
    ocs = raw.Ocs(connection, backends.sections(backend))
    _whole_run(env, backend)  # the first one of a process learns what stays known
    ocs.fingerprint(ids)
    found = {"computers": len(ids), "ours": [], "queries": []}
    for number in range(samples):
        if number % 2:
            found["queries"].append(ocs.fingerprint(ids))
        found["ours"].append(_whole_run(env, backend))
        if not number % 2:
            found["queries"].append(ocs.fingerprint(ids))
    return found


def _whole_run(env, backend):
    run, seconds = backends.start(env, backend)
    seconds += backends.finish(env)
    if run.job_count or run.state != "done":
        raise ValueError(
            f"The run is {run.state}; {run.job_count} computers were changed after all:"
            f" build the fleet again. {run.message or ''} {jobs.failed(env)} failed."
        )
    return seconds
