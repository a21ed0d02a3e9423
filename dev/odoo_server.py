"""Odoo: configuration, single runs, and servers in the background."""

import os
import urllib.error
import urllib.request

from . import odoo_source, paths, ports, postgres, python_env
from .console import run, step
from .processes import Service

FOLDER = paths.DEV / "odoo-home"
DATA = FOLDER / "data"

# Options for all ways to start Odoo.
COMMON = {
    "data_dir": DATA,
    "list_db": False,
    "db_maxconn": 32,
    "http_interface": ports.HOST,
    "max_cron_threads": 0,
    "without_demo": True,
    "workers": 0,
}
# With queue_job, the server starts the job runner.
WIDE_MODULES = "base,rpc,web,queue_job"
CHANNELS = "root:2,root.ocs:2"


def addons_path():
    """Return Odoo's ``addons_path``: this repository first, then Odoo's own."""
    source = odoo_source.find().folder
    own = [source / "addons"] if (source / "odoo-bin").exists() else []
    return ",".join(
        str(path) for path in [paths.ROOT, *own, source / "odoo" / "addons"]
    )


def write_config(path, channels="", **options):
    """Write a configuration file for Odoo with ``options`` and the common ones."""
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
    """Return the environment variables for Odoo."""
    return {**python_env.environment(postgres.environment()), "PYTHONUNBUFFERED": "1"}


def run_once(database, *arguments, log, sub_command=(), stdin=None):
    """Run Odoo on ``database`` with ``arguments``, and wait until it ends.

    :param sub_command: such as ``["shell"]``
    :raise Failure: Odoo failed
    """
    options = ["-d", database, "--no-http", "--stop-after-init"]
    _run(*sub_command, *arguments, *options, log=log, input=stdin)


def export_terms(database, addons, *, log):
    """Write the .pot of ``addons``, which must be installed in ``database``."""
    _run("i18n", "export", *addons, "-d", database, "-l", "pot", log=log)


def uninstall(database, addon, *, log):
    """Uninstall ``addon`` in ``database``."""
    _run("module", "uninstall", addon, "-d", database, log=log)


def neutralize(database, *, log):
    """Neutralize ``database``, a copy of one in production."""
    _run("neutralize", "-d", database, log=log)


def _run(*arguments, log, **options):
    config = FOLDER / "once.conf"
    write_config(config)
    run(
        command(*arguments, config=config),
        env=environment(),
        cwd=paths.ROOT,
        log=log,
        hint="Read the log, fix the problem and try again.",
        **options,
    )


class Server:
    """An Odoo server in the background, with the job runner.

    :param name: name of the service, its configuration and its log
    :param port: preferred port
    :param channels: channels of the job runner
    :param options: options of the configuration
    """

    def __init__(self, name, port, channels=CHANNELS, **options):
        self.service = Service(name)
        self.config = FOLDER / f"{name}.conf"
        self.channels = channels
        self.options = options
        self._port = port
        self._port_file = FOLDER / f"{name}.port"

    def start(self, database):
        """Start the server on ``database`` if it is not running; return its URL."""
        if not self.service.pid():
            self._write_config(database)
            with step("Start Odoo"):
                start = command(config=self.config)
                self.service.start(start, env=environment(), cwd=paths.ROOT)
                self.service.wait_until(self._is_ready, 120)
        return self.address()

    def _write_config(self, database):
        port = ports.choose(self._port)
        self._port_file.parent.mkdir(parents=True, exist_ok=True)
        self._port_file.write_text(str(port))
        options = {"db_name": database, "dbfilter": f"^{database}$", "http_port": port}
        options["server_wide_modules"] = WIDE_MODULES
        write_config(self.config, self.channels, **{**options, **self.options})

    def address(self):
        """Return its URL."""
        return f"http://{ports.HOST}:{self._port_file.read_text()}"

    def _is_ready(self):
        try:
            health = f"{self.address()}/web/health"
            with urllib.request.urlopen(health, timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


demo = Server("odoo", 8069, max_cron_threads=1)
# Without scheduled actions: they would interfere with the tests.
e2e = Server("odoo-e2e", 8169)
# Each measurement changes its configuration.
bench = Server("odoo-bench", 8269)


def clone_filestore(template, database):
    """Copy the filestore of ``template`` to ``database``, with hard links."""
    store = DATA / "filestore"
    drop_filestore(database)
    if (store / template).exists():
        run(["cp", "-al", store / template, store / database])


def drop_filestore(database):
    """Remove the filestore of ``database``."""
    run(["rm", "-rf", DATA / "filestore" / database])


def rename_filestore(database, name):
    """Move the filestore of ``database`` to the database ``name``."""
    drop_filestore(name)
    store = DATA / "filestore"
    if (store / database).exists():
        os.rename(store / database, store / name)
