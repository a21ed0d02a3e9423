"""Our own PostgreSQL cluster, without TCP, durability and passwords."""

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
    # The data can be rebuilt: speed matters more than durability.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    # LLVM is not installed.
    "jit": "off",
}


def binaries():
    """Return the folder of PostgreSQL's programs, installed or extracted."""
    return newest(Path("/"), OLDEST) or newest(EXTRACTED, OLDEST)


def newest(root, oldest):
    """Return the ``bin`` folder of the newest server in ``root``, or None.

    :param oldest: the minimum major version
    """
    found = {}
    for program in root.glob("usr/lib/postgresql/*/bin/initdb"):
        version = re.fullmatch(r"\d+", program.parts[-3])
        if version and int(version[0]) >= oldest:
            found[int(version[0])] = program.parent
    return found[max(found)] if found else None


def ensure():
    """Set up the programs and a cluster."""
    if not binaries():
        with step("Extract PostgreSQL"):
            apt.extract(EXTRACTED, *PACKAGES, programs=True)
    if not (_data() / "PG_VERSION").exists():
        with step("Create the PostgreSQL cluster"):
            _initialise()


def _data():
    # Another major version cannot read the data.
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
    """Start the server if it is not running; return whether it was started."""
    if service.pid():
        return False
    ensure()
    sockets = paths.socket_folder("postgres")
    account = privileges.choose("postgres", _data())
    account.chown(sockets)
    settings = {**SETTINGS, "unix_socket_directories": sockets}
    options = [
        part for key, value in settings.items() for part in ("-c", f"{key}={value}")
    ]
    command = [binaries() / "postgres", "-D", _data(), *options]
    with step("Start PostgreSQL"):
        service.start([*account.prefix, *command], cwd=_data())
        service.wait_until(_is_ready, 60)
    return True


def _is_ready():
    probe = [binaries() / "pg_isready", "-q", "-d", "postgres"]
    return subprocess.run(probe, env=environment()).returncode == 0


def environment():
    """Return environment variables with which clients connect only to our server."""
    others = {key: value for key, value in os.environ.items() if key[:2] != "PG"}
    host = str(paths.socket_folder("postgres"))
    return {**others, "PGHOST": host, "PGPORT": "5432", "PGUSER": USER}


def query(sql, database="postgres"):
    """Run ``sql`` in ``database`` and return the first column of the rows, as text."""
    options = ["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql]
    command = [binaries() / "psql", *options]
    return run(command, env=environment(), log=LOG).splitlines()


def exists(database):
    """Return whether ``database`` exists."""
    return database in query("SELECT datname FROM pg_database")


def drop(database):
    """Drop ``database`` if it exists, and close connections to it."""
    query(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def create(database):
    """Create ``database``, empty."""
    query(f'CREATE DATABASE "{database}" ENCODING UTF8 TEMPLATE template0')


def clone(template, database):
    """Create ``database`` as a copy of ``template``, which must not be in use."""
    copy = "STRATEGY file_copy" if _major() >= 15 else ""
    query(f'CREATE DATABASE "{database}" TEMPLATE "{template}" {copy}')


def dump(database, copy):
    """Create ``copy`` from a dump of ``database``, which may be in use."""
    drop(copy)
    create(copy)
    script = paths.DEV / "postgres" / f"{copy}.sql"
    options = ["--no-owner", "-d", database, "-f", script]
    run([binaries() / "pg_dump", *options], env=environment(), log=LOG)
    options = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", copy, "-f", script]
    run([binaries() / "psql", *options], env=environment(), log=LOG)
    script.unlink()


def _major():
    return int(binaries().parent.name)


def rename(database, name):
    """Rename ``database``."""
    query(f'ALTER DATABASE "{database}" RENAME TO "{name}"')
