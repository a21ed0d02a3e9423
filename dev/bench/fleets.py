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


#: Statements that insert the computers of a :class:`PairedFleet`.
PAIRS = """
SET sql_mode = 'NO_ENGINE_SUBSTITUTION';
INSERT INTO hardware (ID, DEVICEID, NAME, UUID, LASTDATE, MEMORY, PROCESSORN)
    SELECT seq, CONCAT('PC-', seq, '-2026-01-15-10-00-00'), CONCAT('PC-', seq),
        CONCAT('4C4C4544-0042-4510-8052-', LPAD(HEX(seq * 7919), 12, '0')),
        '2026-01-15 10:00:00', 8192, 1
    FROM seq_1_to_{size};
INSERT INTO accountinfo (HARDWARE_ID, TAG) SELECT ID, 'Paris' FROM hardware;
INSERT INTO bios (HARDWARE_ID, SMANUFACTURER, SMODEL, SSN)
    SELECT ID, 'Dell Inc.', 'OptiPlex', CONCAT('5CG', LPAD(ID % {modulus}, 5, '0'), 'X')
    FROM hardware;
INSERT INTO networks (HARDWARE_ID, DESCRIPTION, MACADDR)
    SELECT ID, 'eth0', CONCAT(
        '00:1B:21:00:', LPAD(HEX(ID DIV 256), 2, '0'), ':', LPAD(HEX(ID % 256), 2, '0')
    ) FROM hardware;
INSERT INTO monitors (HARDWARE_ID, MANUFACTURER, CAPTION, DESCRIPTION, SERIAL)
    SELECT ID, 'Dell Inc.', 'DELL P2419H', '1/2020',
        CONCAT('CN0', LPAD(ID % {modulus}, 5, '0'), 'Y')
    FROM hardware;
"""


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


class PairedFleet(Fleet):
    """An OCS database in which two computers each report the same values.

    :param size: number of computers
    :param is_shared: whether number i and number i + size / 2 have a serial number and
        a monitor in common; otherwise each has its own
    """

    def __init__(self, size, is_shared):
        super().__init__(size)
        self.is_shared = is_shared
        self.database = f"ocs_bench_paired_{size}_{int(is_shared)}"

    def key(self):
        return paths.digest(super().key(), PAIRS)

    def _load(self):
        modulus = self.size // 2 if self.is_shared else self.size
        statements = PAIRS.format(size=self.size, modulus=modulus)
        mariadb.execute(statements, self.database)


def _is_source(path: Path):
    return path.is_file() and "__pycache__" not in path.parts
