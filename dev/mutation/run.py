"""The command ``make mutants``."""

import json
import os
from pathlib import Path

from .. import odoo_server, paths, pytest_runs, selection, template, watch
from ..console import Failure, say, step
from . import explained
from .variables import FILES, RESULT

EXPLAINED = paths.ROOT / "dev" / "mutants.toml"
REPORT = paths.DEV / "mutants.json"
LOG = paths.LOG / "mutants.log"
ODOO_LOG = paths.LOG / "mutants-odoo.log"
PLUGINS = ("no:cacheprovider", "no:xdist", "dev.pytest_plugin", "dev.mutation.plugin")
#: A mutant that waits for a lock is stopped by PostgreSQL.
POSTGRES = {"PGOPTIONS": "-c statement_timeout=60000"}
EXAMPLE = "make mutants ONLY=connector_ocs/components/ownership.py TESTS=TestOwnership"


def add_arguments(choice):
    """Add the options; their defaults are variables of the Makefile."""
    choice.add_argument(
        "--only", default=os.environ.get("ONLY", ""), help="files, or file::function"
    )
    choice.add_argument(
        "--tests",
        default=os.environ.get("TESTS", ""),
        help="tests to run, as ONLY of `make test`; default: those of the addons",
    )


def run(options):
    """Run the tests for each mutant of the files, and return the exit status.

    :raise Failure: no file is given, or the tests fail without mutants
    """
    files = [_file(name) for name in options.only.replace(",", " ").split()]
    if not files:
        raise Failure("No file to change.", EXAMPLE)
    addons = sorted({Path(file).parts[0] for file in files})
    tests = options.tests.replace(",", " ").split()
    folders = _folders(tests) if tests else addons
    return _show(_survivors(files, folders, tests))


def _file(name):
    """Return the name with the path of its file relative to the repository."""
    file, *function = name.split("::")
    path = (paths.ROOT / file).resolve()
    is_code = path.suffix == ".py" and path.is_file()
    if not is_code or not any(path.is_relative_to(each) for each in paths.addons()):
        raise Failure(f"There is no Python file {file} in an addon.", EXAMPLE)
    return "::".join([path.relative_to(paths.ROOT).as_posix(), *function])


def _survivors(files, folders, tests):
    """Run pytest and return what its plugin found."""
    template.ensure_addons()
    database = f"{template.ADDONS}-mutants"
    template.copy(database, template.ADDONS)
    REPORT.unlink(missing_ok=True)
    try:
        with step(f"Mutants of {' '.join(files)}"):
            watch.run(
                _command(database, folders),
                *(LOG, ODOO_LOG),
                cwd=paths.ROOT,
                env=_environment(files, tests),
            )
    finally:
        template.drop(database)
    if not REPORT.exists():
        raise Failure("The tests do not pass without mutants.", f"Read {LOG}.")
    return json.loads(REPORT.read_text())


def _folders(tests):
    """Return the addons that may have the tests.

    :raise Failure: none has
    """
    found = [
        folder
        for folder in pytest_runs.addon_folders()
        if selection.may_be_in(tests, [folder], paths.ROOT)
    ]
    if not found:
        raise Failure(f"TESTS={' '.join(tests)} does not match any test.", EXAMPLE)
    return found


def _command(database, folders):
    config = odoo_server.FOLDER / "mutants.conf"
    odoo_server.write_config(config, pytest_runs.NO_JOB_RUNNER, logfile=ODOO_LOG)
    return [
        *(paths.PYTHON, "-m", "pytest", f"--rootdir={paths.ROOT}"),
        *(part for plugin in PLUGINS for part in ("-p", plugin)),
        *(f"--odoo-config={config}", f"--odoo-database={database}"),
        "--odoo-log-level=critical",
        *folders,
    ]


def _environment(files, tests):
    return {
        **pytest_runs.environment(),
        **POSTGRES,
        FILES: " ".join(files),
        RESULT: str(REPORT),
        selection.VARIABLE: " ".join(tests),
    }


def _show(report):
    """Print the survivors, and return the exit status."""
    explanations = explained.read(EXPLAINED)
    left, stale = explained.unexplained(report, explanations)
    for each in left:
        say(f"{each['file']}:{each['line']} {each['function']}: {each['source']}")
        say(f"    {each['mutation']} ({each['tests'] or 'no'} tests call it)")
    for key in stale:
        say(f"{EXPLAINED.name}: no mutant of this kind survived: {', '.join(key)}")
    number = len(report["survivors"])
    known = number - len(left)
    say(f"{report['mutants']} mutants, {number} survived, {known} of them explained")
    return 1 if left else 0
