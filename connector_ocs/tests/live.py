# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).
"""A real MariaDB with the real schemas of OCS, for the tests that need one."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pymysql

from odoo.addons.component.tests.common import TransactionComponentCase

from ..lib import client

REPOSITORY = Path(__file__).resolve().parents[2]
#: Tables that the tests fill; emptied before each of them.
TABLES = (
    "hardware",
    "bios",
    "accountinfo",
    "memories",
    "videos",
    "monitors",
    "networks",
    "storages",
    "drives",
    "cpus",
    "archive",
    "software",
    "softwares",
)


@cache
def server():
    """Where the private MariaDB of the repository listens; starts it.

    :return: dict with host, port, user, password, tls_ca and databases
        {schema number: name}
    """
    found = subprocess.run(
        [sys.executable, "-m", "dev", "mariadb", "--json"],
        cwd=REPOSITORY,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(found.stdout)


class LiveCase(TransactionComponentCase):
    """A backend on a real OCS database, empty at the start of each test."""

    #: config.GUI_VERSION of the database
    schema = "7069"
    #: version of the backend that reads it
    version = "2.9.1"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        where = server()
        cls.database = where["databases"][cls.schema]
        cls.ocs = pymysql.connect(
            host=where["host"],
            port=where["port"],
            user=where["user"],
            password=where["password"],
            database=cls.database,
            charset="utf8mb4",
            autocommit=True,
            cursorclass=pymysql.cursors.DictCursor,
            init_command="SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'",
        )
        cls.addClassCleanup(cls.ocs.close)
        cls.addClassCleanup(client.pool.clear)
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
            }
        )

    def setUp(self):
        super().setUp()
        self._empty()
        self.addCleanup(self._empty)

    def _empty(self):
        there = {next(iter(row.values())) for row in self.sql("SHOW TABLES")}
        for table in there.intersection(TABLES):
            self.sql(f"DELETE FROM {table}")

    def sql(self, statement, *parameters):
        """Run a statement in OCS.

        :return: list of dict
        """
        with self.ocs.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    def insert(self, table, **columns):
        """Insert a row in OCS.

        :return: its id, for tables that count
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
        """Insert a row in hardware, as an agent's first inventory does."""
        values = {
            "ID": external_id,
            "DEVICEID": f"{name}-2024-01-15-10-00-{external_id:02d}",
            "NAME": name,
            "LASTDATE": "2026-01-15 10:00:00",
            **columns,
        }
        self.insert("hardware", **values)

    def import_all(self):
        """What the button does, with its jobs run at once."""
        backend = self.backend.with_context(queue_job__no_delay=True)
        backend.action_import_changed()

    def binding(self, external_id):
        """Binding of a computer, empty when there is none."""
        return self.env["ocs.computer.binding"].search(
            [("backend_id", "=", self.backend.id), ("external_id", "=", external_id)]
        )

    def issue(self, external_id):
        """Why a computer was not imported, empty when it was."""
        return self.env["ocs.import.issue"]._find(self.backend, [external_id])
