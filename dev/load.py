"""Processes that keep the machine busy, to find tests that depend on its speed."""

import contextlib
import os
import subprocess
import sys

# Ends when the process that started it has ended.
BUSY = "import os, sys\nwhile os.getppid() == int(sys.argv[1]): sum(range(10**5))"
LIMIT = 16


@contextlib.contextmanager
def generate(number):
    """Run ``number`` busy processes, at most ``LIMIT``, during the block."""
    command = [sys.executable, "-c", BUSY, str(os.getpid())]
    processes = [subprocess.Popen(command) for _each in range(min(number, LIMIT))]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()
