"""Programs in the background, identified by process ID files."""

import os
import signal
import subprocess
import time
from pathlib import Path

from . import lock, paths
from .console import Failure

POLL = 0.05


def is_ours(pid):
    """Return whether process ``pid`` is running and belongs to our ``.dev/`` folder.

    Process IDs are reused: an old file may contain that of another program. Therefore,
    the command line must contain our folder.
    """
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return os.fsencode(paths.DEV) + b"/" in command


class Service:
    """A program in the background, identified by its process ID file."""

    def __init__(self, name, stop_signal=signal.SIGTERM):
        self.name = name
        self.stop_signal = stop_signal
        self.pid_file = paths.DEV / f"{name}.pid"
        self.log = paths.LOG / f"{name}.log"

    def pid(self):
        """Return the process ID if our program is running, else None."""
        try:
            pid = int(self.pid_file.read_text())
        except (OSError, ValueError):
            return None
        return pid if is_ours(pid) else None

    def start(self, command, **options):
        """Start ``command``, which must contain a path in ``.dev/``; log its output."""
        environment = dict(options.pop("env", None) or os.environ)
        environment.pop(lock.HELD, None)
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [os.fspath(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env=environment,
                **options,
            )
        self.pid_file.write_text(str(process.pid))
        self._process = process

    def wait_until(self, ready, seconds):
        """Wait until ``ready()`` is true.

        :raise Failure: the program ended, or was not ready after ``seconds``
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if self._process.poll() is not None:
                raise self._failure("ended unexpectedly")
            if time.monotonic() > deadline:
                self.stop()
                raise self._failure(f"was not ready after {seconds} s")
            time.sleep(POLL)

    def _failure(self, what):
        hint = f"Read {self.log}, fix the problem and try again."
        return Failure(f"{self.name} {what}.", hint)

    def stop(self, seconds=30):
        """Stop the program, if need be with SIGKILL; return whether it was running.

        :param seconds: time to wait for the program before it is killed
        """
        pid = self.pid()
        if pid:
            self._terminate(pid, seconds)
        self.pid_file.unlink(missing_ok=True)
        return bool(pid)

    def _terminate(self, pid, seconds):
        try:
            os.kill(pid, self.stop_signal)
            if not self._wait_for_end(pid, seconds):
                os.kill(pid, signal.SIGKILL)
                self._wait_for_end(pid, seconds)
        except PermissionError as error:
            raise Failure(
                f"{self.name} (process {pid}) was started by another user.",
                "Run this as that user.",
            ) from error
        except ProcessLookupError:
            pass

    def _wait_for_end(self, pid, seconds):
        deadline = time.monotonic() + seconds
        while is_ours(pid):
            if time.monotonic() > deadline:
                return False
            time.sleep(POLL)
        return True
