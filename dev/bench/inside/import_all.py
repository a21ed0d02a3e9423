"""Import a whole fleet, before other measurements."""

from . import backend as backends
from . import jobs
from .shell import say


def run(env, connection, chunk_size=0):
    """Import all computers, and return their number."""
    backend = backends.ensure(env, connection, True, chunk_size)
    _run, seconds = backends.start(env, backend)
    pending = jobs.pending(env, without=(jobs.CLOSE,))
    for start in range(0, len(pending), 500):
        seconds += jobs.perform(env, pending[start : start + 500])
        say(f"{min(start + 500, len(pending))} of {len(pending)} jobs, {seconds:.0f} s")
    backends.finish(env)
    vacuum(env)
    return env["ocs.computer.binding"].with_context(active_test=False).search_count([])


def vacuum(env):
    """Vacuum and analyze the database now, rather than during a measurement."""
    connection = env.cr._cnx
    env.cr.commit()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    connection.autocommit = False
