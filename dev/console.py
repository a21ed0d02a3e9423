"""What a person sees: steps with their time, and failures that say what to do.

Progress goes to stderr; stdout carries results only.
"""

import contextlib
import os
import subprocess
import sys
import time

TAIL = 12


class Failure(Exception):
    """An expected failure.

    ``message`` says what is wrong, ``remedy`` says in one sentence what to do about it.
    """

    def __init__(self, message, remedy=""):
        super().__init__(message)
        self.remedy = remedy


def say(text):
    """Print a line of progress."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def step(title):
    """Announce a piece of work and, when it is done, the seconds it took."""
    started = time.monotonic()
    say(f"• {title} …")
    yield
    say(f"  {title}: {time.monotonic() - started:.1f} s")


def run(command, *, remedy="", log=None, **options):
    """Run ``command`` quietly and return its stdout and stderr as one text.

    :param remedy: what to do if it fails
    :param log: file to append the output to, named in the failure
    :param options: as for ``subprocess.run``
    :raise Failure: the command is missing or ends with a status other than 0
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
        raise Failure(f"The program {error.filename} is missing.", remedy) from error
    if log:
        with log.open("a") as file:
            file.write(f"$ {' '.join(command)}\n{done.stdout}\n")
    if done.returncode:
        raise Failure(_explain(command, done, log), remedy)
    return done.stdout


def _explain(command, done, log):
    tail = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-TAIL:])
    where = f"\n  The whole output is in {log}" if log else ""
    what = f"{os.path.basename(command[0])} ended with status {done.returncode}"
    return f"{what}:\n{tail}{where}"
