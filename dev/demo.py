"""``make demo``: a fleet in OCS, an Odoo that imported it, both left running."""

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
# OCS stores the local time of its server, the demo's is here.
OCS_TIME_ZONE = "UTC"
LOG = paths.LOG / "demo.log"


def run():
    """Fill the fleet, start Odoo, import; the database servers must be running."""
    fill()
    ensure_database()
    url = odoo_server.demo.start(DATABASE)
    demo_import.run(Odoo(url, DATABASE), connection("odoo_reader"))
    say(f"\nOdoo: {url}   login: admin   password: admin")


def ensure_database():
    """Make sure of the demo's database, with the addons as their files are now."""
    addons = [addon.name for addon in paths.addons()]
    if not addons:
        raise Failure("There is no addon to show.")
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
    """Return the files of the addons that an installed one consists of."""
    for addon in paths.addons():
        for path in sorted(addon.rglob("*")):
            relative = path.relative_to(addon).parts
            if path.is_file() and not {"__pycache__", "tests"} & set(relative):
                yield path


def connection(user):
    """Return what a backend must know of the demo's OCS.

    :param user: ``ocs`` (as the OCS server) or ``odoo_reader`` (reads only)
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
    """Load the fleet into the demo's OCS, unless it has computers."""
    if mariadb.execute("SELECT COUNT(*) FROM hardware", ocs_schema.DEMO) == ["0"]:
        with step("Fleet of the demo"):
            fleet("load")
    demo_account.fill(ocs_schema.DEMO)


def change():
    """Let something happen in the demo's fleet; the MariaDB server must be running."""
    fleet("change")


def must_exist():
    """Fail if there was no demo yet."""
    if not (paths.DEV / "stamps" / "demo").exists():
        raise Failure("There is no fleet yet.", "Run `make demo` first.")


def fleet(action):
    """Run ``python -m dev.fleet`` against the demo's OCS, as an OCS server would."""
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
        raise Failure(f"The fleet's `{action}` failed.", "Read what it says above.")
