"""Every test is run by pytest.

pytest-xdist hands the addons' tests out to some workers, to each of which pytest-odoo
gives a copy of the template database in which the addons are installed.
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

# Who they are: two, each test of a class by the same one, for they share what the class
# has prepared. One that dies is not replaced: its replacement would do its tests again.
WORKERS = ("--numprocesses=2", "--dist=loadscope", "--max-worker-restart=0")
# They need OCS's own server and an Odoo: `make e2e` runs them.
E2E = "e2e"
ODOO_LOG = paths.LOG / "test-odoo-server.log"
NO_TESTS = 5
NO_JOB_RUNNER = "root:0"


def addons():
    """Run the addons' tests."""
    template.ensure_addons()
    if _needs_browser():
        template.ensure_tours()
    ODOO_LOG.unlink(missing_ok=True)
    try:
        options = [*_odoo(), *WORKERS]
        return run("test-odoo", addon_folders(), options, _environment(), ODOO_LOG)
    finally:
        template.drop_copies()


def _needs_browser():
    """Return whether there may be tours among the tests to run.

    Those of another name run as well, and take their time.
    """
    names = selection.wanted()
    return not names or any("tour" in n.lower() or n in addon_folders() for n in names)


def _odoo():
    """Return the options for pytest-odoo."""
    config = odoo_server.FOLDER / "test.conf"
    screenshots = paths.LOG / "screenshots"
    options = {"screenshots": screenshots, "logfile": ODOO_LOG}
    odoo_server.write_config(config, NO_JOB_RUNNER, **options)
    database = f"--odoo-database={template.ADDONS}"
    return [f"--odoo-config={config}", database, "--odoo-log-level=info", "--odoo-http"]


def _environment():
    """Return the environment of Odoo, with PostgreSQL's programs for pytest-odoo."""
    environment = odoo_server.environment()
    programs = [str(postgres.binaries()), environment["PATH"]]
    return environment | {"PATH": os.pathsep.join(programs)}


def others():
    """Run the tests that need no Odoo."""
    options = ["-p", "no:odoo", "--import-mode=importlib"]
    databases = {ocs_schema.CHOICE: ocs_schema.PYTEST}
    return run(
        "test-pytest", other_folders(), options, python_env.environment() | databases
    )


def end_to_end():
    """Run the tests in which OCS's own server and agent fill what Odoo imports."""
    options = ["-p", "no:odoo", "--import-mode=importlib"]
    return run(E2E, [E2E], options, python_env.environment())


def run(name, folders, options, environment, *logs):
    """Run pytest on ``folders`` and return the outcome.

    :param name: of its log and its report
    :param logs: more files that are written meanwhile
    """
    if not folders:
        return Result.failure("There is no folder with such tests.")
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
        with step(f"pytest in {' '.join(folders)}"):
            status = watch.run(command, log, *logs, cwd=paths.ROOT, env=environment)
    except watch.Stalled as stalled:
        tests = ", ".join(results.under_way(_text(log))) or "none"
        raise watch.Stalled(f"{stalled} Under way: {tests}.", stalled.remedy) from None
    if status == NO_TESTS and selection.wanted():
        return Result()
    outcome = results.of_pytest(_text(report), status)
    if outcome.failed:
        outcome.problems.append(results.failures(_text(log)))
    return outcome


def _text(path):
    return path.read_text(errors="replace") if path.exists() else None


def addon_folders():
    """Return the folders of the addons that have tests."""
    return [addon.name for addon in paths.addons() if _has_tests(addon)]


def other_folders():
    """Return the folders at the top with tests in them, addons and e2e apart."""
    apart = [*paths.addons(), paths.ROOT / E2E]
    folders = [path for path in paths.ROOT.glob("[!.]*/") if path not in apart]
    return sorted(path.name for path in folders if _has_tests(path))


def _has_tests(folder):
    return any(folder.rglob("test_*.py"))


# What ``make test`` runs: each, and where its tests are.
RUNS = {addons: addon_folders, others: other_folders}
