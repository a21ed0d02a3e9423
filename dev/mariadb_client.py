"""The administrator of a MariaDB server: our own, or an external one.

These environment variables configure an external server for the tests:
``OCS_TEST_MARIADB_HOST``, ``OCS_TEST_MARIADB_PORT`` (3306 by default),
``OCS_TEST_MARIADB_USER`` (root by default), ``OCS_TEST_MARIADB_PASSWORD``, and
``OCS_TEST_MARIADB_CA``, the file of its certificate authority, if it has one.
"""

import os
import subprocess
from dataclasses import dataclass

from . import paths
from .console import Failure, run

PREFIX = "OCS_TEST_MARIADB_"
LOG = paths.LOG / "mariadb-setup.log"


@dataclass(frozen=True)
class Administrator:
    """An account with all privileges on a server.

    :param client: path of the program ``mariadb``
    :param options: options of that program for the connection
    """

    client: os.PathLike
    options: tuple
    password: str

    def execute(self, sql, database="", *, force=False):
        """Run ``sql`` and return the rows, as text separated by tabs.

        :param force: continue after errors
        """
        options = ["-N", "--default-character-set=utf8mb4", *(["-f"] if force else [])]
        command = [self.client, "--no-defaults", *self.options, *options, database]
        environment = {**os.environ, "MYSQL_PWD": self.password}
        if not force:
            return run(command, input=sql, env=environment, log=LOG).splitlines()
        done = subprocess.run(
            command, input=sql, env=environment, capture_output=True, text=True
        )
        return done.stdout.splitlines()

    def is_reachable(self):
        """Return whether the server accepts the connection."""
        try:
            return bool(self.execute("SELECT 1"))
        except Failure:
            return False


@dataclass(frozen=True)
class ExternalServer:
    """An external server for the tests, configured by environment variables."""

    host: str
    port: int
    user: str
    password: str
    tls_ca: str

    def administrator(self, client):
        """Return its administrator.

        :param client: path of the program ``mariadb``
        """
        options = (f"--host={self.host}", f"--port={self.port}", f"--user={self.user}")
        return Administrator(client, (*options, "--protocol=TCP"), self.password)

    def check(self, client):
        """Raise a ``Failure`` unless the server accepts the connection."""
        if not self.administrator(client).is_reachable():
            raise Failure(
                f"{self.user} cannot connect to MariaDB on {self.host}:{self.port}.",
                f"Check {PREFIX}HOST, _PORT, _USER and _PASSWORD, or unset them all.",
            )


def external_server():
    """Return the configured external server, or None."""
    if not (host := os.environ.get(f"{PREFIX}HOST")):
        return None
    return ExternalServer(
        host=host,
        port=int(os.environ.get(f"{PREFIX}PORT", 3306)),
        user=os.environ.get(f"{PREFIX}USER", "root"),
        password=os.environ.get(f"{PREFIX}PASSWORD", ""),
        tls_ca=os.environ.get(f"{PREFIX}CA", ""),
    )
