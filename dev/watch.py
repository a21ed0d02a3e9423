"""Programs that may take as long as they like, as long as something happens."""

import os
import signal
import subprocess
import threading
import time

from .console import Failure

PATIENCE = 600  # seconds without any output
POLL = 0.1
GRACE = 10
# Set when nobody waits for the programs any more.
_given_up = threading.Event()


class Stalled(Failure):
    """A program did nothing for too long, and was ended."""


def give_up():
    """End all programs that run: somebody pressed Ctrl-C, which does not reach them."""
    _given_up.set()


def run(command, log, *others, patience=PATIENCE, **options):
    """Run ``command``, write what it says to the file ``log``; return its status.

    :param others: more files that grow while it is at work
    :param options: as for ``subprocess.Popen``
    :raise Stalled: none of the files grew for ``patience`` seconds
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
        _wait(process, (log, *others), patience)
    finally:
        _end(process)
    return process.returncode


def _wait(process, files, patience):
    sizes, since = None, time.monotonic()
    while process.poll() is None and not _given_up.is_set():
        now = [file.stat().st_size for file in files if file.exists()]
        if now != sizes:
            sizes, since = now, time.monotonic()
        elif time.monotonic() - since > patience:
            raise Stalled(
                f"Nothing happened for {patience} s: ended by force.",
                f"Read {' and '.join(map(str, files))}.",
            )
        time.sleep(POLL)


def _end(process):
    """End what is left of the program, by force if it does not end by itself."""
    for signal_, seconds in ((signal.SIGTERM, GRACE), (signal.SIGKILL, None)):
        if process.poll() is not None:
            return
        os.killpg(process.pid, signal_)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            pass
