"""The lock of the project: only one command at a time may change ``.dev/``."""

import contextlib
import fcntl
import os

from . import paths
from .console import say

# Set for the child processes of a command: tests may call `python3 -m dev mariadb`
# while `make test` holds the lock.
HELD = "OCS_DEV_LOCK_HELD"


@contextlib.contextmanager
def exclusive(command):
    """Hold the lock of the project; if another command holds it, report it and wait."""
    if os.environ.get(HELD) == str(paths.DEV):
        yield
        return
    with (paths.DEV / "lock").open("a+") as file:
        _acquire(file)
        file.truncate(0)
        file.write(f"`{command}` (process {os.getpid()})")
        file.flush()
        os.environ[HELD] = str(paths.DEV)
        try:
            yield
        finally:
            del os.environ[HELD]


def _acquire(file):
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read() or "another command"
        say(f"• Waiting for {holder} of this project (Ctrl-C cancels) …")
        fcntl.flock(file, fcntl.LOCK_EX)
