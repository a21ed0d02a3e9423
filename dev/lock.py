"""One command at a time: two building the same folder would spoil each other's work."""

import contextlib
import fcntl
import os

from . import paths
from .console import say

# Set for the programs a command starts: tests may call `python3 -m dev mariadb`
# while `make test` holds the lock.
HELD = "OCS_DEV_LOCK_HELD"


@contextlib.contextmanager
def exclusive(command):
    """Hold the project's lock; wait, and say for whom, while another command has it."""
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
        say(f"• waiting for {holder} of this project to end (Ctrl-C gives up) …")
        fcntl.flock(file, fcntl.LOCK_EX)
