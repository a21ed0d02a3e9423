"""``make test``: the linters, the addons' tests and those of this package, at once."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

from . import apt, lint, load, ocs_for_tests, paths, pytest_runs, selection, watch
from .console import Failure, say
from .results import Result

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
# Told to the tests: everything is run, in its full number.
FULL = "OCS_FULL"


def add_arguments(choice):
    """Add the options of the tests; the Makefile gives them as variables."""
    choice.add_argument(
        "--only",
        default=os.environ.get("ONLY", ""),
        help="an addon, a file, a class, a method of tests, or 'tours'",
    )
    choice.add_argument(
        "--repeat", type=int, default=_number("REPEAT", 1), help="times to run them"
    )
    choice.add_argument(
        "--load",
        type=int,
        default=_number("LOAD", 0),
        help="processes that keep the machine busy meanwhile",
    )
    choice.add_argument(
        "--full",
        action="store_true",
        default=bool(os.environ.get("FULL")),
        help="everything in its full number, as continuous integration does",
    )


def _number(variable, otherwise):
    return int(os.environ.get(variable) or otherwise)


def run_all(options):
    """Run what ``options`` ask for and return the outcome.

    The database servers must be running.
    """
    names = options.only.replace(",", " ").split()
    os.environ[selection.VARIABLE] = " ".join(names)
    if options.full:
        os.environ[FULL] = "1"
    checks = _checks(names)
    ensure_browser()
    ocs_for_tests.refresh()
    total = Result()
    with load.beside(options.load):
        for _time in range(options.repeat):
            total += run_checks(checks)
    if not total:
        raise _nothing(names)
    return total


def _checks(names):
    """Return what to run; with ``names``, only where such tests may be."""
    if not names:
        return [lint.run, *pytest_runs.RUNS]
    checks = [
        run
        for run, folders in pytest_runs.RUNS.items()
        if selection.may_be_in(names, folders(), paths.ROOT)
    ]
    if not checks:
        raise _nothing(names)
    return checks


def _nothing(names):
    return Failure(
        f"ONLY={' '.join(names)} matches no test.",
        "Name an addon, a test file, a class, a method, Class.method, or `tours`.",
    )


def run_checks(checks):
    """Run ``checks`` at the same time and return their outcome."""
    total = Result()
    with ThreadPoolExecutor() as pool:
        try:
            for outcome in filter(None, pool.map(attempt, checks)):
                show(outcome)
                total += outcome
        except KeyboardInterrupt:
            watch.give_up()
            raise
    return total


def attempt(check):
    """Return the outcome of ``check``; one that breaks down has failed."""
    try:
        return check()
    except Failure as failure:
        return Result.failure(f"✗ {failure}\n  → {failure.remedy}")


def show(outcome):
    """Print what a check has to say besides its numbers."""
    for problem in outcome.problems:
        say(problem)
    for skipped in outcome.skipped:
        say(f"  skipped: {skipped}")
    say(f"  {outcome}")


def ensure_browser():
    """Make sure of a browser, and of a font for it, for the tours."""
    if any(map(shutil.which, BROWSERS)):
        return
    packages = ["chromium", "fonts-liberation"]
    # The browser wants some message bus; left to itself, apt takes one that comes
    # with system services.
    if not apt.is_installed("dbus-user-session"):
        packages.append("dbus-x11")
    apt.install(*packages)
