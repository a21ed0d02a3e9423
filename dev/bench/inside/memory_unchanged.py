"""The most memory of a look that finds nothing."""

from . import backend as backends
from . import memory


def run(env, connection):
    """Look at a fleet in which nothing changed; the MB as ``memory.run``."""
    backend = backends.ensure(env, connection)
    memory.forget_peak()
    backends.start(env, backend)
    return {"unchanged": memory.peak()}
