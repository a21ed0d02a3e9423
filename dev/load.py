"""Processes that keep the machine busy: what depends on speed fails beside them."""

import contextlib
import os
import subprocess
import sys

# Ends with the process that started it, whatever became of that one.
BUSY = "import os, sys\nwhile os.getppid() == int(sys.argv[1]): sum(range(10**5))"
MOST = 16


@contextlib.contextmanager
def beside(number):
    """Keep ``number`` processes busy meanwhile, at most ``MOST``."""
    command = [sys.executable, "-c", BUSY, str(os.getpid())]
    processes = [subprocess.Popen(command) for _each in range(min(number, MOST))]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()
