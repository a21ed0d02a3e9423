"""``make test``: the linters, Odoo's tests of the addons, and pytest."""

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

from . import apt, lint, ocs_schema, odoo_server, paths, ports, results, template
from .console import Failure, say, step
from .results import Result

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
ODOO_LOG = paths.LOG / "test-odoo.log"
DATABASE = "test"
PATIENCE = 1800
# They need OCS's own server and an Odoo: `make e2e` runs them.
E2E = "e2e"


def run_all():
    """Run every check and return the outcome; the database servers must be running.

    They run at the same time: Odoo's tests take longest, and end with the tours, which
    then have the machine to themselves.
    """
    ensure_browser()
    ocs_schema.refresh()
    total = Result()
    with ThreadPoolExecutor() as pool:
        for outcome in pool.map(attempt, (lint.run, run_pytest, run_odoo)):
            show(outcome)
            total += outcome
    return total


def attempt(check):
    """Return the outcome of ``check``; one that breaks down has failed."""
    try:
        return check()
    except Failure as failure:
        return Result.failure(f"✗ {failure}\n  → {failure.remedy}")
    except subprocess.TimeoutExpired:
        return Result.failure(f"✗ ended by force after {PATIENCE} s: read {paths.LOG}")


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


def run_odoo():
    """Install the addons in a copy of the template, run their tests, drop the copy."""
    addons = [addon.name for addon in paths.addons()]
    if not addons:
        return Result.failure("There is no addon to test.")
    template.copy(DATABASE)
    try:
        with step(f"Odoo tests of {' '.join(addons)}"):
            status = _run_odoo(addons)
    finally:
        template.drop(DATABASE)
    return results.of_odoo(ODOO_LOG.read_text(errors="replace"), status)


def _run_odoo(addons):
    config = odoo_server.FOLDER / "test.conf"
    options = {"http_port": ports.any_free(), "screenshots": paths.LOG / "screenshots"}
    odoo_server.write_config(config, **options)
    tags = ",".join(f"/{addon}" for addon in addons)
    arguments = ["-d", DATABASE, "-i", ",".join(addons), "--test-tags", tags]
    command = odoo_server.command(*arguments, "--stop-after-init", config=config)
    with ODOO_LOG.open("w") as log:
        return subprocess.run(
            command,
            cwd=paths.ROOT,
            env=odoo_server.environment(),
            stdout=log,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
        ).returncode


def run_pytest():
    """Run the tests that need no Odoo."""
    folders = pytest_folders()
    if not folders:
        return Result.failure("There is no folder with tests for pytest.")
    return pytest("test-pytest", *folders)


def pytest(name, *folders):
    """Run pytest on ``folders`` and return the outcome.

    :param name: of its log and its report
    """
    report = paths.LOG / f"{name}.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib"]
    options.append(f"--junitxml={report}")
    with step(f"pytest in {' '.join(folders)}"):
        done = subprocess.run(
            [paths.PYTHON, "-m", "pytest", *options, *folders],
            cwd=paths.ROOT,
            env={**os.environ, ocs_schema.CHOICE: ocs_schema.PYTEST},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
        )
    (paths.LOG / f"{name}.log").write_text(done.stdout)
    outcome = results.of_pytest(_text(report), done.returncode)
    if outcome.failed:
        outcome.problems.append(done.stdout)
    return outcome


def pytest_folders():
    """Return the folders at the top with tests in them, addons and e2e apart."""
    others = [*paths.addons(), paths.ROOT / E2E]
    folders = [path for path in paths.ROOT.glob("[!.]*/") if path not in others]
    return sorted(path.name for path in folders if any(path.rglob("test_*.py")))


def _text(path):
    return path.read_text() if path.exists() else None
