"""Run all tests with pytest.

pytest-xdist distributes the tests of the addons to workers. pytest-odoo gives each of
them a copy of the template database in which the addons are installed.
"""

import os

from . import (
    ocs_schema,
    odoo_server,
    paths,
    postgres,
    python_env,
    results,
    selection,
    template,
    watch,
)
from .console import step
from .results import Result

# The tests of a class run in the same worker, because they share its setup. A crashed
# worker is not replaced: the new one would repeat its tests.
WORKERS = ("--numprocesses=2", "--dist=loadscope", "--max-worker-restart=0")
# These tests need servers of OCS and Odoo: `make e2e` runs them.
E2E = "e2e"
ODOO_LOG = paths.LOG / "test-odoo-server.log"
NO_TESTS = 5
NO_JOB_RUNNER = "root:0"


def addons():
    """Run the addons' tests."""
    template.ensure_addons()
    folders = addon_folders()
    if needs_browser(folders):
        template.ensure_tours()
    return on_copies(template.ADDONS, folders)


def on_copies(database, folders, name="test-odoo"):
    """Run the tests in ``folders`` on copies of ``database`` and return the result."""
    ODOO_LOG.unlink(missing_ok=True)
    try:
        options = [*_odoo(database), *WORKERS]
        return run(name, folders, options, environment(), ODOO_LOG)
    finally:
        template.drop_copies(database)


def needs_browser(folders):
    """Return whether the selected tests in ``folders`` may include tours.

    Tours with unusual names still run, but build the assets themselves.
    """
    names = selection.wanted()
    return not names or any("tour" in n.lower() or n in folders for n in names)


def _odoo(database):
    """Return the options of pytest-odoo."""
    config = odoo_server.FOLDER / "test.conf"
    screenshots = paths.LOG / "screenshots"
    options = {"screenshots": screenshots, "logfile": ODOO_LOG}
    odoo_server.write_config(config, NO_JOB_RUNNER, **options)
    return [
        f"--odoo-config={config}",
        f"--odoo-database={database}",
        "--odoo-log-level=info",
        "--odoo-http",
    ]


def environment():
    """Return the environment variables of Odoo, with PostgreSQL's programs in PATH."""
    environment = odoo_server.environment()
    programs = [str(postgres.binaries()), environment["PATH"]]
    return environment | {"PATH": os.pathsep.join(programs)}


def others():
    """Run the tests that do not need Odoo."""
    options = ["-p", "no:odoo", "--import-mode=importlib"]
    databases = {ocs_schema.PREFIX_VARIABLE: ocs_schema.PYTEST}
    return run(
        "test-pytest", other_folders(), options, python_env.environment() | databases
    )


def end_to_end():
    """Run the tests with OCS's own server and agent."""
    options = ["-p", "no:odoo", "--import-mode=importlib"]
    return run(E2E, [E2E], options, python_env.environment())


def run(name, folders, options, environment, *logs):
    """Run pytest on ``folders`` and return the result.

    :param name: file name of its log and report
    :param logs: more files whose growth is a sign of progress
    """
    if not folders:
        return Result.failure("There are no folders with tests.")
    log, report = paths.LOG / f"{name}.log", paths.LOG / f"{name}.xml"
    report.unlink(missing_ok=True)
    command = [paths.PYTHON, "-m", "pytest", "-v", f"--rootdir={paths.ROOT}"]
    command += [
        "-p",
        "no:cacheprovider",
        "-p",
        "dev.pytest_plugin",
        f"--junitxml={report}",
        *options,
        *folders,
    ]
    try:
        with step(f"Run pytest on {' '.join(folders)}"):
            status = watch.run(command, log, *logs, cwd=paths.ROOT, env=environment)
    except watch.Stalled as stalled:
        tests = ", ".join(results.running_tests(_text(log))) or "none"
        raise watch.Stalled(
            f"{stalled} Tests that were running: {tests}.", stalled.hint
        ) from None
    if status == NO_TESTS and selection.wanted():
        return Result()
    outcome = results.from_pytest(_text(report), status)
    if outcome.failed:
        outcome.problems.append(results.failures(_text(log)))
    return outcome


def _text(path):
    return path.read_text(errors="replace") if path.exists() else None


def addon_folders():
    """Return the folders of the addons that have tests."""
    return [addon.name for addon in paths.addons() if _has_tests(addon)]


def other_folders():
    """Return the other top-level folders with tests, except e2e."""
    excluded = [*paths.addons(), paths.ROOT / E2E]
    folders = [path for path in paths.ROOT.glob("[!.]*/") if path not in excluded]
    return sorted(path.name for path in folders if _has_tests(path))


def _has_tests(folder):
    return any(folder.rglob("test_*.py"))


# What ``make test`` runs, with the folders of the tests.
RUNS = {addons: addon_folders, others: other_folders}
