# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""Base classes of tests on a real MariaDB with the original schemas of OCS."""

import json
import os
import secrets
import subprocess
import sys
from functools import cache
from pathlib import Path
from unittest import SkipTest

import pymysql

from odoo.addons.component.tests.common import TransactionComponentCase

from ..lib import client

#: tables that are emptied after each test
FILLED_TABLES = frozenset(
    (
        "hardware",
        "bios",
        "accountinfo",
        "memories",
        "videos",
        "monitors",
        "networks",
        "cpus",
        "storages",
        "drives",
        "batteries",
        "archive",
    )
)
#: tables that the tests need: a third of all, since copying takes time
COPIED_TABLES = FILLED_TABLES | {
    "accountinfo_config",
    "config",
    "deleted_equiv",
    "sounds",
    "software",
    "software_name",
    "software_publisher",
    "software_version",
    "softwares",
    "blacklist_serials",
    "blacklist_macaddresses",
}
#: One row for each section: the inventory of a computer.
ROWS = {
    "hardware": {"NAME": "PC-1", "DEVICEID": "PC-1-2024-01-15-10-00-00"},
    "bios": {"SSN": "SER1"},
    "accountinfo": {"TAG": "Paris"},
    "memories": {"CAPACITY": "8192"},
    "videos": {"NAME": "Card 1"},
    "monitors": {"CAPTION": "S1"},
    "networks": {"MACADDR": "00:1B:21:AA:BB:01"},
    "cpus": {"TYPE": "Intel Core i5"},
    "storages": {"NAME": "sda"},
    "drives": {"LETTER": "C:"},
    "batteries": {"NAME": "DELL 0X1Y2"},
}
REPOSITORY = Path(__file__).resolve().parents[2]


@cache
def server():
    """Return how to connect to the MariaDB for the tests.

    This is the external server configured by the environment variables
    ``OCS_TEST_MARIADB_HOST``, ``_PORT``, ``_USER``, ``_PASSWORD`` and ``_CA`` (file of
    the certificate authority), or else that of the repository, which is started.

    :return: dict with host, port, user, password, tls_ca, client (path of the command
        line client) and databases {schema number: name}
    """
    return _find_server(os.environ)


@cache
def server_of_repository():
    """Return how to connect to the MariaDB of the repository, as ``server``.

    :raise SkipTest: it is the one for the tests
    """
    if "OCS_TEST_MARIADB_HOST" not in os.environ:
        raise SkipTest("Run `make test DATABASES=all` for a second database server.")
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("OCS_TEST_MARIADB_")
    }
    return _find_server(own)


def _find_server(environment):
    found = subprocess.run(
        [sys.executable, "-m", "dev", "mariadb", "--json"],
        cwd=REPOSITORY,
        check=True,
        env=environment,
        stdout=subprocess.PIPE,
    )
    return json.loads(found.stdout)


def certificate_authority():
    """Return the certificate of the authority of that server.

    :raise SkipTest: it is not configured
    """
    path = server()["tls_ca"]
    if not path:
        raise SkipTest(
            "Set OCS_TEST_MARIADB_CA to the file of the certificate authority."
        )
    return Path(path).read_text()


class LiveMixin:
    """Mixin with a backend on a real OCS database, which is empty before each test.

    Each class has its own copy of the database, so that it may break it, and parallel
    test runs do not interfere.
    """

    #: config.GUI_VERSION of the database
    schema = "7081"
    #: OCS version of the backend
    version = "2.9.1"

    @classmethod
    def setUpClass(cls):
        if not (REPOSITORY / "dev").is_dir():
            raise SkipTest("Live tests need the repository. Run `make test` there.")
        super().setUpClass()
        where = server()
        cls.database = f"ocs_test_{secrets.token_hex(4)}_{cls.__name__.lower()}"
        cls.ocs = pymysql.connect(
            host=where["host"],
            port=where["port"],
            user=where["user"],
            password=where["password"],
            charset="utf8mb4",
            autocommit=True,
            cursorclass=pymysql.cursors.DictCursor,
            init_command="SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'",
        )
        cls.addClassCleanup(cls.ocs.close)
        cls.addClassCleanup(client.pool.clear)
        cls._read_accounts()
        cls._copy_database(where["databases"][cls.schema])
        cls.backend = cls.env["ocs.backend"].create(
            {
                "name": "OCS of the live tests",
                "host": where["host"],
                "port": where["port"],
                "database": cls.database,
                "user": where["user"],
                "password": where["password"],
                "tz": "UTC",
                "version": cls.version,
                "schema_number": int(cls.schema),
                **cls._tls(),
            }
        )

    @classmethod
    def _tls(cls):
        """Return how the backend is encrypted.

        MySQL does not know the hash of a new account's password until it gets the
        password, which Odoo only sends to a verified server.
        """
        if "MariaDB" in cls.ocs.get_server_info():
            return {}
        return {"tls": "verify", "tls_ca": certificate_authority()}

    @classmethod
    def _read_accounts(cls):
        (row,) = cls.sql("SELECT USER() AS user, CURRENT_USER() AS account")
        #: account of the backend, and host from which the tests connect
        cls.account = row["account"]
        cls.client_host = row["user"].rpartition("@")[2]

    @classmethod
    def _copy_database(cls, template):
        cls.sql(f"CREATE DATABASE {cls.database} CHARACTER SET utf8 COLLATE utf8_bin")
        cls.addClassCleanup(cls.sql, f"DROP DATABASE {cls.database}")
        there = cls.sql(f"SHOW TABLES IN {template}")
        cls.tables = COPIED_TABLES & {next(iter(row.values())) for row in there}
        for table in cls.tables:
            cls.sql(f"CREATE TABLE {cls.database}.{table} LIKE {template}.{table}")
        cls.sql(f"INSERT INTO {cls.database}.config SELECT * FROM {template}.config")
        cls.sql(f"USE {cls.database}")

    def setUp(self):
        super().setUp()
        self.addCleanup(self._empty)

    def _empty(self):
        for table in FILLED_TABLES.intersection(self.tables):
            self.sql(f"DELETE FROM {table}")

    @classmethod
    def sql(cls, statement, *parameters):
        """Run a statement in OCS.

        :return: list of dict
        """
        with cls.ocs.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall()

    @classmethod
    def grant_role(cls, role, account):
        """Grant a role to a quoted account.

        :return: the statement that makes it a default role
        """
        cls.sql(f"GRANT {role} TO {account}")
        (row,) = cls.sql("SELECT VERSION() AS version")
        preposition = "FOR" if "MariaDB" in row["version"] else "TO"
        return f"SET DEFAULT ROLE {role} {preposition} {account}"

    def insert(self, table, **columns):
        """Insert a row in OCS.

        :return: its ID, for tables with AUTO_INCREMENT
        """
        names = ", ".join(columns)
        marks = ", ".join(["%s"] * len(columns))
        with self.ocs.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",
                tuple(columns.values()),
            )
            return cursor.lastrowid

    def insert_computer(self, external_id, name="PC", **columns):
        """Insert a row in hardware, as the first inventory of an agent does."""
        values = {
            "ID": external_id,
            "DEVICEID": f"{name}-2024-01-15-10-00-{external_id:02d}",
            "NAME": name,
            "LASTDATE": "2026-01-15 10:00:00",
            **columns,
        }
        self.insert("hardware", **values)

    def import_all(self):
        """Import changed computers as the button does, and run the jobs immediately."""
        backend = self.backend.with_context(queue_job__no_delay=True)
        backend.action_import_changed()

    def binding(self, external_id):
        """Return the binding of a computer, or an empty recordset."""
        return self.env["ocs.computer.binding"].search(
            [("backend_id", "=", self.backend.id), ("external_id", "=", external_id)]
        )

    def issue(self, external_id):
        """Return the import issue of a computer, or an empty recordset."""
        return self.env["ocs.import.issue"]._find(self.backend, external_id)


class LiveCase(LiveMixin, TransactionComponentCase):
    """Test case on a real OCS database, without a browser."""
