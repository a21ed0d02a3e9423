"""Fleets of any size in OCS's real schema, which are built once and reused."""

import os
import subprocess
from pathlib import Path

from .. import mariadb, ocs_schema, paths, ports
from ..console import Failure, step

#: Sources on which the computers of a fleet depend.
SOURCES = paths.ROOT / "dev" / "fleet"
TIME_ZONE = "UTC"
USER = "ocs"
ANALYZE = "ANALYZE TABLE {tables}"
TABLES = "SHOW TABLES"
COUNT = "SELECT COUNT(*) FROM hardware"


class Fleet:
    """An OCS database with ``size`` computers, including odd ones and groups."""

    def __init__(self, size):
        self.size = size
        self.database = f"ocs_bench_{size}"

    def key(self):
        """Return a digest of everything on which the database depends."""
        files = sorted(path for path in SOURCES.rglob("*") if _is_source(path))
        return paths.digest(
            self.size, ocs_schema.NEWEST, mariadb.password("root"), *files
        )

    def ensure(self, fresh=False):
        """Build the database if necessary; the MariaDB server must be running.

        :param fresh: rebuild it in any case
        """
        stamp = paths.Stamp(self.database, self.key())
        if stamp.fresh() and not fresh and self._exists():
            return
        stamp.clear()
        with step(f"Fleet of {self.size:,} computers"):
            ocs_schema.fetch()
            ocs_schema.build(self.database, ocs_schema.NEWEST)
            mariadb.execute("".join(ocs_schema.account_statements(self.database)))
            self._load()
            tables = ", ".join(mariadb.execute(TABLES, self.database))
            mariadb.execute(ANALYZE.format(tables=tables), self.database)
        stamp.write()

    def _exists(self):
        return self.database in mariadb.execute("SHOW DATABASES")

    def _load(self):
        command = [paths.PYTHON, "-m", "dev.fleet", "load", "--user", USER]
        server = ["--host", ports.HOST, "--port", mariadb.port()]
        fleet = ["--database", self.database, "--size", self.size]
        password = ["--password-file", mariadb.PASSWORDS / USER]
        done = subprocess.run(
            [*map(str, [*command, *server, *fleet, *password])],
            cwd=paths.ROOT,
            env={**os.environ, "TZ": TIME_ZONE},
            stdout=subprocess.DEVNULL,
        )
        if done.returncode:
            raise Failure("The fleet could not be loaded.", "Read the messages above.")

    def connection(self, user="odoo_reader"):
        """Return the connection, as values of ``ocs.backend``."""
        return {
            "host": ports.HOST,
            "port": mariadb.port(),
            "user": user,
            "password": mariadb.password(user),
            "database": self.database,
        }

    def count(self):
        """Return the number of rows of ``hardware``."""
        return int(mariadb.execute(COUNT, self.database)[0])


def _is_source(path: Path):
    return path.is_file() and "__pycache__" not in path.parts
