"""Import a whole fleet, for the measurements that begin with that."""

from . import backend as backends
from . import jobs
from .shell import say


def run(env, connection, chunk_size=0):
    """Import everything; return how many computers there are then."""
    backend = backends.ensure(env, connection, True, chunk_size)
    _run, seconds = backends.start(env, backend)
    left = jobs.waiting(env, without=(jobs.CLOSE,))
    for start in range(0, len(left), 500):
        seconds += jobs.perform(env, left[start : start + 500])
        say(f"{min(start + 500, len(left))} of {len(left)} jobs, {seconds:.0f} s")
    backends.finish(env)
    settle(env)
    return env["ocs.computer.binding"].with_context(active_test=False).search_count([])


def settle(env):
    """Let PostgreSQL do now what it would do at some time: clean up, and count."""
    connection = env.cr._cnx
    env.cr.commit()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.autocommit = False
