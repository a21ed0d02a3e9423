"""Run programs without a time limit, as long as they make progress."""

import os
import signal
import subprocess
import threading
import time

from .console import Failure

TIMEOUT = 600  # seconds without any output
POLL = 0.1
GRACE = 10
# Set when the user interrupts the command.
_terminated = threading.Event()


class Stalled(Failure):
    """A program made no progress for too long, and was terminated."""


def terminate_all():
    """Terminate all running programs, since they do not receive Ctrl-C themselves."""
    _terminated.set()


def run(command, log, *others, timeout=TIMEOUT, **options):
    """Run ``command``, write its output to ``log``, and return its exit status.

    :param others: more files whose growth is a sign of progress
    :param options: as for ``subprocess.Popen``
    :raise Stalled: none of the files changed for ``timeout`` seconds
    """
    command = [os.fspath(part) for part in command]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )
    try:
        _wait(process, (log, *others), timeout)
    finally:
        _end(process)
    return process.returncode


def _wait(process, files, timeout):
    sizes, since = None, time.monotonic()
    while process.poll() is None and not _terminated.is_set():
        now = [file.stat().st_size for file in files if file.exists()]
        if now != sizes:
            sizes, since = now, time.monotonic()
        elif time.monotonic() - since > timeout:
            raise Stalled(
                f"Terminated after {timeout} s without progress.",
                f"Read {' and '.join(map(str, files))}.",
            )
        time.sleep(POLL)


def _end(process):
    """Terminate a running program and its children, if need be with SIGKILL."""
    for signal_, seconds in ((signal.SIGTERM, GRACE), (signal.SIGKILL, None)):
        if process.poll() is not None:
            return
        os.killpg(process.pid, signal_)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
