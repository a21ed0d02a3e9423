"""A preview of the first import of a fleet, and then the import itself."""

from . import backend as backends
from . import jobs
from .memory import peak, reset_peak

EXAMINE = "examine"


def run(env, connection, chunk_size=0):
    """Preview the import of a new fleet, and then import it.

    :return: dict of the number of computers, the seconds until the first ones are
        listed, the seconds of the preview and of the import, and the peak memory (MB)
        of the preview
    """
    backend = backends.ensure(env, connection, True, chunk_size)
    reset_peak()
    preview = env["ocs.import.preview"]._start(backend)
    first = seconds = jobs.perform(env, jobs.pending(env, EXAMINE))
    while pending := jobs.pending(env, EXAMINE):
        seconds += jobs.perform(env, pending)
    memory = peak()
    env.invalidate_all()
    found = {
        "computers": preview.seen_count,
        "listed": len(preview.line_ids),
        "state": preview.state,
        "first": first,
        "preview": seconds,
        "memory": memory,
    }
    _run, scan = backends.start(env, backend)
    return found | {"import": scan + jobs.perform_all(env)}
