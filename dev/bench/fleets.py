"""Fleets of any size in OCS's real schema, kept from one bench to the next."""

import os
import subprocess
from pathlib import Path

from .. import mariadb, ocs_schema, paths, ports
from ..console import Failure, step

#: What a fleet's computers depend on.
SOURCES = paths.ROOT / "dev" / "fleet"
TIME_ZONE = "UTC"
USER = "ocs"
ANALYZE = "ANALYZE TABLE {tables}"
TABLES = "SHOW TABLES"
COUNT = "SELECT COUNT(*) FROM hardware"


class Fleet:
    """A database of OCS with ``size`` computers of all kinds, groups included."""

    def __init__(self, size):
        self.size = size
        self.database = f"ocs_bench_{size}"

    def key(self):
        """Return what the database depends on, as a short text."""
        files = sorted(path for path in SOURCES.rglob("*") if _is_source(path))
        return paths.digest(
            self.size, ocs_schema.NEWEST, mariadb.password("root"), *files
        )

    def ensure(self, fresh=False):
        """Build it unless it is there; the MariaDB server must be running.

        :param fresh: build it in any case
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
        where = ["--host", ports.HOST, "--port", mariadb.port()]
        what = ["--database", self.database, "--size", self.size]
        secret = ["--password-file", mariadb.PASSWORDS / USER]
        done = subprocess.run(
            [*map(str, [*command, *where, *what, *secret])],
            cwd=paths.ROOT,
            env={**os.environ, "TZ": TIME_ZONE},
            stdout=subprocess.DEVNULL,
        )
        if done.returncode:
            raise Failure("The fleet was not loaded.", "Read what it says above.")

    def connection(self, user="odoo_reader"):
        """Return how to connect, with the names of a backend's fields."""
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
