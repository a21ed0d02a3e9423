"""The peak memory of a scan without changes."""

from . import backend as backends
from . import memory


def run(env, connection):
    """Scan an unchanged fleet, and return the peak (MB) as ``memory.run``."""
    backend = backends.ensure(env, connection)
    memory.reset_peak()
    backends.start(env, backend)
    return {"unchanged": memory.peak()}
