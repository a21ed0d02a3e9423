"""A MariaDB server as an administrator sees it: the one of ours, or one that is named.

Variables name one for the tests: ``OCS_TEST_MARIADB_HOST``, and, if they are not the
usual ones, ``OCS_TEST_MARIADB_PORT``, ``OCS_TEST_MARIADB_USER`` and
``OCS_TEST_MARIADB_PASSWORD``. ``OCS_TEST_MARIADB_CA`` is the file of the authority that
signed its certificate, if it has one.
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
    """Runs SQL on a server.

    :param client: the program ``mariadb``
    :param options: that lead it to the server
    """

    client: os.PathLike
    options: tuple
    password: str

    def execute(self, sql, database="", *, force=False):
        """Run ``sql`` and return the rows, as text separated by tabs.

        :param force: go on after errors
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

    def answers(self):
        """Return whether the server is there and lets us in."""
        try:
            return bool(self.execute("SELECT 1"))
        except Failure:
            return False


@dataclass(frozen=True)
class Named:
    """The server that the environment names for the tests."""

    host: str
    port: int
    user: str
    password: str
    tls_ca: str

    def administrator(self, client):
        """Return its administrator, who uses the program ``client``."""
        options = (f"--host={self.host}", f"--port={self.port}", f"--user={self.user}")
        return Administrator(client, (*options, "--protocol=TCP"), self.password)

    def check(self, client):
        """Fail unless it answers."""
        if not self.administrator(client).answers():
            raise Failure(
                f"The MariaDB at {self.host}:{self.port} does not let {self.user} in.",
                f"Check {PREFIX}HOST, _PORT, _USER and _PASSWORD, or unset them all.",
            )


def named():
    """Return the server that is named, or None."""
    if not (host := os.environ.get(f"{PREFIX}HOST")):
        return None
    return Named(
        host=host,
        port=int(os.environ.get(f"{PREFIX}PORT", 3306)),
        user=os.environ.get(f"{PREFIX}USER", "root"),
        password=os.environ.get(f"{PREFIX}PASSWORD", ""),
        tls_ca=os.environ.get(f"{PREFIX}CA", ""),
    )
