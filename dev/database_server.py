"""Other database servers for the tests: MariaDB and MySQL of several versions.

They listen on the loopback address, and their data are created anew for each run.
"""

import secrets
import shutil

from . import paths, ports, privileges, tls
from .console import run, step
from .database_package import Package
from .mariadb_client import LOG, PREFIX, ExternalServer
from .processes import Service

PORT = 3310
OPTIONS = (
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--skip-log-bin",
    "--lock-wait-timeout=60",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-flush-method=nosync",
    "--innodb-buffer-pool-size=256M",
)
ACCOUNT = """\
ALTER USER root@localhost IDENTIFIED BY '{password}';
CREATE USER IF NOT EXISTS root@127.0.0.1;
ALTER USER root@127.0.0.1 IDENTIFIED BY '{password}';
GRANT ALL ON *.* TO root@127.0.0.1 WITH GRANT OPTION;
"""


class DatabaseServer:
    """A server of one version, such as ``mariadb-11.8``."""

    kind = ""
    program = ""
    share = ""
    options = ()

    def __init__(self, series):
        self.name = f"{self.kind}-{series}"
        self.package = Package(f"{self.kind}-server-core", series)
        self.folder = paths.DEV / "databases" / self.name
        self.service = Service(self.name)
        self._password = ""
        self._port = 0

    def start(self):
        """Create the data and start the server; the package must be extracted."""
        self.service.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._data.mkdir(mode=0o700, parents=True)
        tls.create(self.folder / "tls")
        self._password = secrets.token_urlsafe(18)
        start = self.folder / "start.sql"
        start.write_text(ACCOUNT.format(password=self._password))
        account = privileges.choose("mysql", self.folder)
        account.chown(paths.socket_folder(self.name))
        with step(f"Start {self.name}"):
            self._create_data(account.prefix)
            self._port = ports.choose(PORT)
            self.service.start([*account.prefix, *self._start()], cwd=self._data)
            self.service.wait_until(self._is_reachable, 120)

    def stop(self):
        """Stop the server and remove its data."""
        self.service.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def environment(self):
        """Return the environment variables that make the tests use this server."""
        access = {"HOST": ports.HOST, "PORT": str(self._port), "USER": "root"}
        access |= {"PASSWORD": self._password, "CA": str(self._tls / "ca.pem")}
        return {f"{PREFIX}{name}": value for name, value in access.items()}

    @property
    def _data(self):
        return self.folder / "data"

    @property
    def _tls(self):
        return self.folder / "tls"

    def _command(self, *options):
        return [
            *self.package.command(self.program),
            "--no-defaults",
            f"--basedir={self.package.root / 'usr'}",
            f"--lc-messages-dir={self.package.root / self.share}",
            f"--datadir={self._data}",
            *self.options,
            *options,
        ]

    def _start(self):
        return self._command(
            *OPTIONS,
            f"--port={self._port}",
            f"--socket={paths.socket_folder(self.name) / 'server.sock'}",
            f"--pid-file={self._data / 'server.pid'}",
            f"--init-file={self.folder / 'start.sql'}",
            f"--ssl-ca={self._tls / 'ca.pem'}",
            f"--ssl-cert={self._tls / 'server-cert.pem'}",
            f"--ssl-key={self._tls / 'server-key.pem'}",
        )

    def _is_reachable(self):
        from . import mariadb  # which starts a server of its own

        server = ExternalServer(ports.HOST, self._port, "root", self._password, "")
        return server.administrator(mariadb.client()).is_reachable()

    def _create_data(self, prefix):
        raise NotImplementedError


class MariaDB(DatabaseServer):
    """MariaDB, whose installer only runs with the libraries of the machine."""

    kind = "mariadb"
    program = "mariadbd"
    files = (
        "mariadb_system_tables.sql",
        "mariadb_performance_tables.sql",
        "mariadb_system_tables_data.sql",
    )

    @property
    def share(self):
        (file,) = self.package.root.glob(f"usr/share/*/{self.files[0]}")
        return file.parent.relative_to(self.package.root)

    def _create_data(self, prefix):
        folder = self.package.root / self.share
        script = "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n"
        script += "".join((folder / name).read_text() for name in self.files)
        run([*prefix, *self._command("--bootstrap")], input=script, log=LOG)


class MySQL(DatabaseServer):
    """MySQL."""

    kind = "mysql"
    program = "mysqld"
    share = "usr/share/mysql"
    options = ("--mysqlx=OFF", "--secure-file-priv=")

    @property
    def plugins(self):
        return self.package.root / "usr/lib/mysql/plugin"

    def _command(self, *options):
        return super()._command(f"--plugin-dir={self.plugins}", *options)

    def _create_data(self, prefix):
        run([*prefix, *self._command("--initialize-insecure")], log=LOG)


SERVERS = {
    server.name: server
    for server in (MariaDB("10.11"), MariaDB("11.8"), MySQL("8.4"), MySQL("9.7"))
}
