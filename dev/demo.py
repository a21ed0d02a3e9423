"""``make demo``: start Odoo with a fleet that is imported from OCS."""

import os
import subprocess

from . import (
    demo_account,
    demo_import,
    mariadb,
    ocs_schema,
    odoo_server,
    paths,
    ports,
    postgres,
    template,
)
from .console import Failure, say, step
from .rpc import Odoo

DATABASE = "demo"
# OCS stores the local time of its server; the server of the demo uses this zone.
OCS_TIME_ZONE = "UTC"
LOG = paths.LOG / "demo.log"


def run():
    """Load the fleet, start Odoo and import; the database servers must be running."""
    fill()
    ensure_database()
    url = odoo_server.demo.start(DATABASE)
    demo_import.run(Odoo(url, DATABASE), connection("odoo_reader"))
    say(f"\nOdoo: {url}   login: admin   password: admin")


def ensure_database():
    """Create the database of the demo, or update its addons if their files changed."""
    addons = [addon.name for addon in paths.addons()]
    if not addons:
        raise Failure("There are no addons to install.")
    stamp = paths.Stamp("demo", paths.digest(*addon_files()))
    exists = postgres.exists(DATABASE)
    if exists and stamp.fresh():
        return
    stamp.clear()
    odoo_server.demo.service.stop()
    with step(f"{'Update' if exists else 'Install'} {' '.join(addons)}"):
        if not exists:
            template.copy(DATABASE)
        names = ",".join(addons)
        odoo_server.run_once(DATABASE, "-i", names, "-u", names, log=LOG)
    stamp.write()


def addon_files():
    """Yield the files of the addons, without their tests."""
    for addon in paths.addons():
        for path in sorted(addon.rglob("*")):
            relative = path.relative_to(addon).parts
            if path.is_file() and not {"__pycache__", "tests"} & set(relative):
                yield path


def connection(user):
    """Return the connection settings of a backend for the OCS of the demo.

    :param user: ``ocs`` (the user of the OCS server) or ``odoo_reader`` (read-only)
    """
    return {
        "host": ports.HOST,
        "port": mariadb.port(),
        "user": user,
        "password": mariadb.password(user),
        "database": ocs_schema.DEMO,
        "tz": OCS_TIME_ZONE,
    }


def fill():
    """Load the fleet into the OCS of the demo, unless it has computers."""
    if mariadb.execute("SELECT COUNT(*) FROM hardware", ocs_schema.DEMO) == ["0"]:
        with step("Load the demo fleet"):
            fleet("load")
    demo_account.fill(ocs_schema.DEMO)


def change():
    """Simulate a day in the demo fleet; the MariaDB server must be running."""
    fleet("change")


def check_exists():
    """Raise a ``Failure`` if the demo was not set up yet."""
    if not (paths.DEV / "stamps" / "demo").exists():
        raise Failure("There is no demo fleet yet.", "Run `make demo` first.")


def fleet(action):
    """Run ``python -m dev.fleet`` on the OCS of the demo, as the user of its server."""
    user = "ocs"
    command = [paths.PYTHON, "-m", "dev.fleet", action, "--user", user]
    where = ["--host", ports.HOST, "--port", mariadb.port()]
    access = [
        "--password-file",
        mariadb.PASSWORDS / user,
        "--database",
        ocs_schema.DEMO,
    ]
    done = subprocess.run(
        map(str, [*command, *where, *access]),
        cwd=paths.ROOT,
        env={**os.environ, "TZ": OCS_TIME_ZONE},
    )
    if done.returncode:
        raise Failure(f"`dev.fleet {action}` failed.", "Read the messages above.")
