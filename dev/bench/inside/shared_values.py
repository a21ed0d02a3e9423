"""The first import of a fleet on a job runner."""

import time

from . import backend as backends
from .shell import say

POLL = 0.05  # seconds
TIMEOUT = 900  # seconds
_RETRIED = "SELECT count(*) FROM queue_job WHERE retry > 1"


def run(env, connection, chunk_size):
    """Import all computers.

    :return: dict with the "seconds", and the number of jobs that were "retried"
    """
    backend = backends.ensure(env, connection, True, chunk_size)
    start = time.perf_counter()
    backend._start_run("button")
    env.cr.commit()
    while backend._open_run():
        if time.perf_counter() > start + TIMEOUT:
            raise ValueError("The import has not finished.")
        time.sleep(POLL)
        env.cr.commit()
        env.invalidate_all()
    seconds = time.perf_counter() - start
    env.cr.execute(_RETRIED)
    (retried,) = env.cr.fetchone()
    count = backend.last_run_id.done_count
    say(f"{count} computers, {seconds:.1f} s, {retried} retried")
    return {"seconds": seconds, "retried": retried}
