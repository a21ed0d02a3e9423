"""TCP ports on the loopback address."""

import socket

from .console import Failure

HOST = "127.0.0.1"
ATTEMPTS = 50


def is_free(port):
    """Return whether a server can listen on ``port``."""
    with socket.socket() as probe:
        # Ignore connections in TIME_WAIT, as servers do.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def choose(preferred):
    """Return ``preferred``, or the next free port.

    :raise Failure: none of ``ATTEMPTS`` ports is free
    """
    for port in range(preferred, preferred + ATTEMPTS):
        if is_free(port):
            return port
    raise Failure(
        f"All ports from {preferred} to {preferred + ATTEMPTS - 1} are in use.",
        "Stop one of the programs that use them.",
    )
