"""TCP ports on this machine's loopback address."""

import socket

from .console import Failure

HOST = "127.0.0.1"
ATTEMPTS = 50


def is_free(port):
    """Return whether ``port`` can be listened on."""
    with socket.socket() as probe:
        # Connections lingering after a stop must not count: servers set this too.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def choose(preferred):
    """Return the first free port from ``preferred`` on.

    :raise Failure: none of the next ``ATTEMPTS`` ports is free
    """
    for port in range(preferred, preferred + ATTEMPTS):
        if is_free(port):
            return port
    raise Failure(
        f"The ports {preferred} to {preferred + ATTEMPTS - 1} are all taken.",
        "Stop one of the programs that listen there.",
    )


def any_free():
    """Return a port that is free at the moment, wherever it is."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
