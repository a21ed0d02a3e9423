"""Import the computers that ``one_job_each`` changes."""

from . import backend as backends
from . import jobs
from .one_job_each import split


def run(env, connection, samples, lot):
    """Import the computers to change, and return the number of failed jobs."""
    backend = backends.ensure(env, connection)
    known, _new = split(env, backend, samples, lot)
    model = env["ocs.computer.binding"]
    if backends.has_chunks(backend):
        for start in range(0, len(known), 200):
            model._enqueue_chunk(backend, known[start : start + 200])
    else:
        for each in known:
            model._enqueue_import(backend, each)
    env.cr.commit()
    jobs.perform_all(env)
    return jobs.failed(env)
