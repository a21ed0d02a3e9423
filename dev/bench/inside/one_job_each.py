"""Jobs of one computer each, alternating with empty ones, on a job runner."""

import time

from .. import changes
from . import backend as backends
from . import jobs
from .shell import say

CHANNEL = "root.ocs"
POLL = 0.01  # seconds
TIMEOUT = 1800  # seconds
WARM_UP = 20  # jobs
#: Numbers of unfinished jobs: all of them, and those that are not postponed.
_UNFINISHED = """
    SELECT count(*),
        count(*) FILTER (WHERE eta IS NULL OR eta <= now() AT TIME ZONE 'utc')
    FROM queue_job WHERE id > %s AND state NOT IN ('done', 'failed', 'cancelled')
"""
_RUN_NOW = "UPDATE queue_job SET eta = NULL WHERE id > %s AND state = 'pending'"
_STATES = "SELECT state, count(*) FROM queue_job WHERE id > %s GROUP BY state"


def run(env, connection, writer, samples, lot):
    """Enqueue lots of jobs, and wait until a job runner has performed them.

    :param writer: connection of an account with write access to OCS
    :param lot: jobs in a sample; ``one_job_each_prepare`` imports as many for each
    :return: dict {kind: list of (jobs, seconds)}
    """
    backend = backends.ensure(env, connection)
    known, new = split(env, backend, samples, lot)
    found = {"empty": [], "changed": [], "new": []}
    with changes.Changes(writer) as ocs:
        _empty(env, WARM_UP)
        _import(env, backend, new[:WARM_UP])
        new = new[WARM_UP:]
        for number in range(samples):
            part = slice(number * lot, (number + 1) * lot)

            def changed(part=part):
                ocs.apply(known[part])
                found["changed"].append(_import(env, backend, known[part]))

            def unknown(part=part):
                found["new"].append(_import(env, backend, new[part]))

            def empty():
                found["empty"].append(_empty(env, lot))

            actions = [empty, changed, unknown]
            for action in actions if number % 2 else reversed(actions):
                action()
            say(", ".join(f"{k} {v[-1][0] / v[-1][1]:.0f}/s" for k, v in found.items()))
    return found


def split(env, backend, samples, lot):
    """Return the IDs of computers to change, and of computers to import."""
    ids = backends.computers(backend)
    return ids[: samples * lot], ids[samples * lot : 2 * samples * lot + WARM_UP]


def _empty(env, number):
    model = env["ocs.bench.computer"]
    before = _newest(env)
    for _each in range(number):
        model.with_delay(channel=CHANNEL).do_nothing()
    return _wait(env, before)


def _import(env, backend, ids):
    model = env["ocs.computer.binding"]
    before = _newest(env)
    for each in ids:
        model._enqueue_import(backend, each)
    return _wait(env, before)


def _newest(env):
    env.cr.execute("SELECT coalesce(max(id), 0) FROM queue_job")
    return env.cr.fetchone()[0]


def _wait(env, before):
    """Commit, so that the jobs start, and wait for them.

    :return: number of jobs, and the seconds they took
    """
    env.flush_all()
    start = time.perf_counter()
    env.cr.commit()
    unfinished = busy = 1
    while busy and time.perf_counter() < start + TIMEOUT:
        time.sleep(POLL)
        unfinished, busy = _query(env, _UNFINISHED, before)[0]
        seconds = time.perf_counter() - start
    # of two jobs with the same monitor, one is postponed, which is not measured
    while unfinished and time.perf_counter() < start + TIMEOUT:
        env.cr.execute(_RUN_NOW, (before,))
        env.cr.commit()
        time.sleep(1)
        unfinished, _busy = _query(env, _UNFINISHED, before)[0]
    states = dict(_query(env, _STATES, before))
    if set(states) != {"done"}:
        raise ValueError(
            f"Jobs are not done: {states}, {jobs.failed(env)} failed imports"
        )
    return states["done"], seconds


def _query(env, query, before):
    env.cr.execute(query, (before,))
    rows = env.cr.fetchall()
    env.cr.commit()
    return rows
