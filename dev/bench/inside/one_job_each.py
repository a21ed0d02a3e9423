"""Jobs of one computer each, in turns with empty ones, on a running job runner."""

import time

from .. import changes
from . import backend as backends
from . import jobs
from .shell import say

CHANNEL = "root.ocs"
POLL = 0.01  # seconds
PATIENCE = 1800  # seconds
WARM_UP = 20  # jobs
#: Jobs that are not done: all of them, and those that wait for nothing.
_LEFT = """
    SELECT count(*),
        count(*) FILTER (WHERE eta IS NULL OR eta <= now() AT TIME ZONE 'utc')
    FROM queue_job WHERE id > %s AND state NOT IN ('done', 'failed', 'cancelled')
"""
_HURRY = "UPDATE queue_job SET eta = NULL WHERE id > %s AND state = 'pending'"
_STATES = "SELECT state, count(*) FROM queue_job WHERE id > %s GROUP BY state"


def run(env, connection, writer, samples, lot):
    """Delay lots of jobs; a job runner performs them.

    :param writer: connection of an account that may write to OCS
    :param lot: jobs in a lot; ``prepare`` imported as many for each sample
    :return: dict {kind: list of pairs of jobs and seconds}
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

            todo = [empty, changed, unknown]
            for action in todo if number % 2 else reversed(todo):
                action()
            say(", ".join(f"{k} {v[-1][0] / v[-1][1]:.0f}/s" for k, v in found.items()))
    return found


def split(env, backend, samples, lot):
    """Ids of computers to be changed and of computers that are not imported."""
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
    """Commit, which starts the jobs, and wait for them.

    :return: how many were done, and the seconds it took
    """
    env.flush_all()
    start = time.perf_counter()
    env.cr.commit()
    left = busy = 1
    while busy and time.perf_counter() < start + PATIENCE:
        time.sleep(POLL)
        left, busy = _query(env, _LEFT, before)[0]
        seconds = time.perf_counter() - start
    # two jobs that were at the same monitor: one comes again later, which is no work
    while left and time.perf_counter() < start + PATIENCE:
        env.cr.execute(_HURRY, (before,))
        env.cr.commit()
        time.sleep(1)
        left, _busy = _query(env, _LEFT, before)[0]
    states = dict(_query(env, _STATES, before))
    if set(states) != {"done"}:
        raise ValueError(f"Jobs were not done: {states}, {jobs.failed(env)} of ours")
    return states["done"], seconds


def _query(env, query, before):
    env.cr.execute(query, (before,))
    rows = env.cr.fetchall()
    env.cr.commit()
    return rows
