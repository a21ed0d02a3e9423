"""Odoo: its configuration, one-off runs, and the demo's server in the background."""

import os
import urllib.error
import urllib.request

from . import odoo_source, paths, ports, postgres
from .console import run, step
from .processes import Service

FOLDER = paths.DEV / "odoo-home"
DATA = FOLDER / "data"
CONFIG = FOLDER / "demo.conf"
PORT = 8069
PORT_FILE = FOLDER / "demo.port"
service = Service("odoo")

# Shared by every way to start Odoo.
COMMON = {
    "data_dir": DATA,
    "list_db": False,
    "db_maxconn": 32,
    "http_interface": ports.HOST,
    "max_cron_threads": 0,
    "without_demo": True,
    "workers": 0,
}
DEMO = {
    "max_cron_threads": 1,
    "server_wide_modules": "base,rpc,web,queue_job",
}
CHANNELS = "root:2,root.ocs:2"


def addons_path():
    """Return Odoo's ``addons_path``: this repository first, then Odoo's own."""
    source = odoo_source.find().folder
    own = [source / "addons"] if (source / "odoo-bin").exists() else []
    return ",".join(
        str(path) for path in [paths.ROOT, *own, source / "odoo" / "addons"]
    )


def write_config(path, channels="", **options):
    """Write a configuration file for Odoo with ``options`` and those shared by all."""
    options = {"addons_path": addons_path(), **COMMON, **options}
    lines = ["[options]", *(f"{key} = {value}" for key, value in options.items())]
    if channels:
        lines += ["", "[queue_job]", f"channels = {channels}"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n")


def command(*arguments, config):
    """Return the command that runs Odoo with ``arguments``."""
    return [paths.PYTHON, "-m", "odoo", *arguments, "-c", config]


def environment():
    """Return the environment Odoo runs in."""
    return {**postgres.environment(), "PYTHONUNBUFFERED": "1"}


def run_once(database, *arguments, log, sub_command=(), stdin=None):
    """Run Odoo on ``database`` until it has done what ``arguments`` ask for.

    :param sub_command: such as ``["shell"]``
    :raise Failure: it ended with an error
    """
    options = ["-d", database, "--no-http", "--stop-after-init"]
    _run(*sub_command, *arguments, *options, log=log, input=stdin)


def export_terms(database, addons, *, log):
    """Write the .pot of each of ``addons``, which are installed in ``database``."""
    _run("i18n", "export", *addons, "-d", database, "-l", "pot", log=log)


def _run(*arguments, log, **options):
    config = FOLDER / "once.conf"
    write_config(config)
    run(
        command(*arguments, config=config),
        env=environment(),
        cwd=paths.ROOT,
        log=log,
        remedy="Read the log, remove the cause and start again.",
        **options,
    )


def start(database):
    """Start the demo's server on ``database`` unless it runs; return its address."""
    if not service.pid():
        port = ports.choose(PORT)
        PORT_FILE.write_text(str(port))
        options = {"db_name": database, "dbfilter": f"^{database}$", "http_port": port}
        write_config(CONFIG, CHANNELS, **DEMO, **options)
        with step("Odoo starts"):
            todo = command(config=CONFIG)
            service.start(todo, env=environment(), cwd=paths.ROOT)
            service.wait_until(_answers, 120)
    return address()


def address():
    """Return the address of the demo's server."""
    return f"http://{ports.HOST}:{PORT_FILE.read_text()}"


def _answers():
    try:
        with urllib.request.urlopen(f"{address()}/web/health", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def clone_filestore(template, database):
    """Give ``database`` the files of ``template``, as hard links: nobody edits them."""
    store = DATA / "filestore"
    drop_filestore(database)
    if (store / template).exists():
        run(["cp", "-al", store / template, store / database])


def drop_filestore(database):
    """Remove the files of ``database``."""
    run(["rm", "-rf", DATA / "filestore" / database])


def rename_filestore(database, name):
    """Let the files of ``database`` belong to the database ``name``."""
    drop_filestore(name)
    store = DATA / "filestore"
    if (store / database).exists():
        os.rename(store / database, store / name)
