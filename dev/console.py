"""Console output: steps with their duration, and failures with a hint.

Progress is printed to stderr; stdout contains only results.
"""

import contextlib
import os
import subprocess
import sys
import time

TAIL = 12


class Failure(Exception):
    """An expected failure.

    ``message`` says what is wrong; ``hint`` says in one sentence what to do about it.
    """

    def __init__(self, message, hint=""):
        super().__init__(message)
        self.hint = hint


def say(text):
    """Print a line of progress."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title):
    """Print a title, run the block, and print how many seconds it took."""
    started = time.monotonic()
    say(f"• {title} …")
    yield
    say(f"  {title}: {time.monotonic() - started:.1f} s")


def run(command, *, hint="", log=None, **options):
    """Run ``command`` and return its stdout and stderr as one text.

    :param hint: what to do if it fails
    :param log: file to which the output is appended; failures mention it
    :param options: as for ``subprocess.run``
    :raise Failure: the program is missing or returns a non-zero exit status
    """
    command = [os.fspath(part) for part in command]
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **options,
        )
    except FileNotFoundError as error:
        raise Failure(
            f"The program {error.filename} is not installed.", hint
        ) from error
    if log:
        with log.open("a") as file:
            file.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    if done.returncode:
        raise Failure(_explain(command, done, log), hint)
    return done.stdout


def _explain(command, done, log):
    tail = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-TAIL:])
    where = f"\n  The complete output is in {log}" if log else ""
    what = f"{os.path.basename(command[0])} returned exit status {done.returncode}"
    return f"{what}:\n{tail}{where}"
