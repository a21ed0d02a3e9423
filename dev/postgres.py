"""A PostgreSQL cluster of our own: no TCP, no durability, no password."""

import os
import re
import signal
import subprocess
from pathlib import Path

from . import apt, paths, privileges
from .console import run, step
from .processes import Service

USER = "odoo"
OLDEST = 13
PACKAGES = ("postgresql-15", "postgresql-client-15")
EXTRACTED = paths.DEBIAN / "postgres"
LOG = paths.LOG / "postgres-setup.log"
service = Service("postgres", signal.SIGINT)

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Everything in here can be built again: speed instead of safety.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    # The compiler for long queries is not installed.
    "jit": "off",
}


def binaries():
    """Return the folder of PostgreSQL's programs: the machine's, or our extracted."""
    return newest(Path("/"), OLDEST) or newest(EXTRACTED, OLDEST)


def newest(root, oldest):
    """Return ``bin`` of the newest server under ``root``, from ``oldest`` on."""
    found = {}
    for program in root.glob("usr/lib/postgresql/*/bin/initdb"):
        version = re.fullmatch(r"\d+", program.parts[-3])
        if version and int(version[0]) >= oldest:
            found[int(version[0])] = program.parent
    return found[max(found)] if found else None


def ensure():
    """Make sure of the programs and of a cluster."""
    if not binaries():
        with step("PostgreSQL (extracted, not installed)"):
            apt.extract(EXTRACTED, *PACKAGES, programs=True)
    if not (_data() / "PG_VERSION").exists():
        with step("PostgreSQL cluster"):
            _initialise()


def _data():
    # Data of one major version cannot be read by another.
    return paths.DEV / "postgres" / binaries().parent.name


def _initialise():
    data = _data()
    run(["rm", "-rf", data])
    data.mkdir(parents=True, mode=0o700)
    account = privileges.choose("postgres", data)
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [binaries() / "initdb", "-D", data, "-U", USER, *options]
    run([*account.prefix, *command], cwd=data, log=LOG)


def start():
    """Start the server unless it runs; return whether it was started."""
    if service.pid():
        return False
    ensure()
    sockets = paths.socket_folder("postgres")
    account = privileges.choose("postgres", _data())
    account.own(sockets)
    settings = {**SETTINGS, "unix_socket_directories": sockets}
    options = [
        part for key, value in settings.items() for part in ("-c", f"{key}={value}")
    ]
    command = [binaries() / "postgres", "-D", _data(), *options]
    with step("PostgreSQL starts"):
        service.start([*account.prefix, *command], cwd=_data())
        service.wait_until(_answers, 60)
    return True


def _answers():
    probe = [binaries() / "pg_isready", "-q", "-d", "postgres"]
    return subprocess.run(probe, env=environment()).returncode == 0


def environment():
    """Return the environment that leads every client to our server, and only there."""
    others = {key: value for key, value in os.environ.items() if key[:2] != "PG"}
    host = str(paths.socket_folder("postgres"))
    return {**others, "PGHOST": host, "PGPORT": "5432", "PGUSER": USER}


def query(sql):
    """Return the first column of the rows ``sql`` gives, as text."""
    options = ["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-c", sql]
    command = [binaries() / "psql", *options]
    return run(command, env=environment(), log=LOG).splitlines()


def exists(database):
    """Return whether ``database`` exists."""
    return database in query("SELECT datname FROM pg_database")


def drop(database):
    """Drop ``database`` if it exists, with the connections to it."""
    query(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def clone(template, database):
    """Create ``database`` as a copy of ``template``, which nobody may be using."""
    copy = "STRATEGY file_copy" if _major() >= 15 else ""
    query(f'CREATE DATABASE "{database}" TEMPLATE "{template}" {copy}')


def _major():
    return int(binaries().parent.name)


def rename(database, name):
    """Give ``database`` another name."""
    query(f'ALTER DATABASE "{database}" RENAME TO "{name}"')
