"""``make test``: run the linters, the tests of the addons and those of this package."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

from . import apt, lint, load, ocs_for_tests, paths, pytest_runs, selection, watch
from .console import Failure, say
from .results import Result

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
# This environment variable makes the tests run in full.
FULL = "OCS_FULL"


def add_arguments(choice):
    """Add the options of the tests; their defaults are variables of the Makefile."""
    choice.add_argument(
        "--only",
        default=os.environ.get("ONLY", ""),
        help="an addon, file, class or method of tests, or 'tours'",
    )
    choice.add_argument(
        "--databases",
        default=os.environ.get("DATABASES", ""),
        help="run the tests of the SQL on these database servers: 'all', or names",
    )
    choice.add_argument(
        "--alone",
        default=os.environ.get("ALONE", ""),
        help="test these addons without the others: 'all', or names",
    )
    choice.add_argument(
        "--repeat", type=int, default=_number("REPEAT", 1), help="number of runs"
    )
    choice.add_argument(
        "--load",
        type=int,
        default=_number("LOAD", 0),
        help="number of processes that keep the machine busy",
    )
    choice.add_argument(
        "--full",
        action="store_true",
        default=bool(os.environ.get("FULL")),
        help="run everything in full, as continuous integration does",
    )


def _number(variable, otherwise):
    return int(os.environ.get(variable) or otherwise)


def run_all(options):
    """Run the tests selected by ``options`` and return the result.

    The database servers must be running.
    """
    names = options.only.replace(",", " ").split()
    os.environ[selection.VARIABLE] = " ".join(names)
    checks = _checks(names)
    prepare(options)
    total = Result()
    with load.generate(options.load):
        for _time in range(options.repeat):
            total += run_checks(checks)
    if not total:
        raise _nothing(names)
    return total


def prepare(options):
    """Prepare the browser, OCS and the environment of the tests."""
    if options.full:
        os.environ[FULL] = "1"
    ensure_browser()
    ocs_for_tests.refresh()


def _checks(names):
    """Return the checks to run; with ``names``, only those that may contain them."""
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
        f"ONLY={' '.join(names)} does not match any test.",
        "Use an addon, a test file, a class, a method, Class.method, or `tours`.",
    )


def run_checks(checks):
    """Run ``checks`` in parallel and return the total result."""
    total = Result()
    with ThreadPoolExecutor() as pool:
        try:
            for outcome in filter(None, pool.map(attempt, checks)):
                show(outcome)
                total += outcome
        except KeyboardInterrupt:
            watch.terminate_all()
            raise
    return total


def attempt(check):
    """Run ``check`` and return its result; a ``Failure`` counts as failed."""
    try:
        return check()
    except Failure as failure:
        return Result.failure(f"✗ {failure}\n  → {failure.hint}")


def show(outcome):
    """Print the result of a check, with its problems and skipped tests."""
    for problem in outcome.problems:
        say(problem)
    for skipped in outcome.skipped:
        say(f"  skipped: {skipped}")
    say(f"  {outcome}")


def ensure_browser():
    """Install a browser and a font for the tours, if necessary."""
    if any(map(shutil.which, BROWSERS)):
        return
    packages = ["chromium", "fonts-liberation"]
    # The browser depends on a D-Bus session bus; by default, apt would choose one that
    # installs system services.
    if not apt.is_installed("dbus-user-session"):
        packages.append("dbus-x11")
    apt.install(*packages)
