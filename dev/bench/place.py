"""The Odoo of the benchmarks: its databases, processes and servers."""

import json
import os
import subprocess
from contextlib import contextmanager

from .. import demo, odoo_server, paths, postgres, template
from ..console import Failure, step

ADDONS = paths.ROOT / "dev" / "bench" / "addons"
#: The measured addon, its glue module for HR that most companies have, and the models
#: that it is compared with.
INSTALLED = ("connector_ocs", "connector_ocs_hr", "ocs_bench")
BASE = "bench_base"
WORK = "bench_work"
LOG = paths.LOG / "bench-odoo.log"
CONFIG = odoo_server.FOLDER / "bench.conf"
#: Server-wide modules without a job runner.
NO_RUNNER = "base,rpc,web"
SCRIPT = """
from dev.bench.inside import {module} as measurement
from dev.bench.inside import shell
shell.run(env, measurement, {parameters!r}, {result!r}, {progress})
"""
HINT = "Read the log, fix the problem and try again."


def addons_path():
    """Return Odoo's ``addons_path``, including the addon of the benchmarks."""
    return f"{ADDONS},{odoo_server.addons_path()}"


def key():
    """Return a digest of everything on which a database with the addons depends."""
    names = {*INSTALLED}
    files = [path for path in demo.addon_files() if names & {*path.parts}]
    files += [path for path in sorted(ADDONS.rglob("*")) if path.suffix != ".pyc"]
    base = paths.Stamp("template_base", "").file.read_text()
    return paths.digest(base, *(path for path in files if path.is_file()))


def ensure():
    """Build a database with the addons and without data, if necessary."""
    stamp = paths.Stamp(BASE, key())
    if stamp.fresh() and postgres.exists(BASE):
        return
    stamp.clear()
    with step(f"Odoo with {' '.join(INSTALLED)}"):
        template.copy(BASE)
        _odoo("-d", BASE, "-i", ",".join(INSTALLED), "--stop-after-init", "--no-http")
    stamp.write()


@contextmanager
def database(source=BASE, name=WORK):
    """Yield the name of a copy of the database ``source``; drop it at the end."""
    copy(source, name)
    try:
        yield name
    finally:
        template.drop(name)


def copy(source, name):
    """Make ``name`` a copy of the database ``source``."""
    postgres.drop(name)
    postgres.clone(source, name)
    odoo_server.clone_filestore(source, name)


def rename(name, new_name):
    """Rename a database, and drop another one with the new name."""
    postgres.drop(new_name)
    postgres.rename(name, new_name)
    odoo_server.rename_filestore(name, new_name)


def inside(database, module, **parameters):
    """Run ``dev.bench.inside.<module>.run(env, **parameters)`` in a new process.

    :return: its return value, which has to be serializable as JSON
    """
    result = paths.DEV / "bench" / "result.json"
    result.parent.mkdir(exist_ok=True)
    result.unlink(missing_ok=True)
    progress = os.dup(2)
    script = SCRIPT.format(
        module=module, parameters=parameters, result=str(result), progress=progress
    )
    try:
        _odoo(
            "shell",
            *["-d", database, "--no-http"],
            input=script,
            pass_fds=[progress],
        )
    finally:
        os.close(progress)
    return json.loads(result.read_text())


def _odoo(*arguments, **options):
    odoo_server.write_config(CONFIG, addons_path=addons_path())
    with LOG.open("a") as log:
        done = subprocess.run(
            list(map(str, odoo_server.command(*arguments, config=CONFIG))),
            env=odoo_server.environment(),
            cwd=paths.ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )
    if done.returncode:
        raise Failure(f"Odoo ended with status {done.returncode}: {LOG}", HINT)


@contextmanager
def server(database, channels="", workers=0):
    """Run an Odoo server on ``database``, and yield its address.

    :param channels: of the job runner, as in Odoo's configuration; '' for no runner
    :param workers: processes that serve HTTP; 0 for threads of one process
    """
    options = {"addons_path": addons_path(), "workers": workers}
    if not channels:
        options["server_wide_modules"] = NO_RUNNER
    running = odoo_server.bench
    running.channels, running.options = channels, options
    running.service.stop()
    try:
        yield running.start(database)
    finally:
        running.service.stop()
