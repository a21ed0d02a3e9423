# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import secrets
from pathlib import Path
from unittest import mock

import pymysql

from odoo.tests import tagged

from ..lib import client
from .live import server, server_of_repository
from .relay import Relay
from .test_fleet import FleetCase


class ServerUpgradeCase(FleetCase):
    """Test case whose database server is upgraded while Odoo runs.

    The fleet was imported from the server of the repository. The server for the tests
    takes its place at the same address, with the same rows: they are dumped and loaded.
    """

    size = 70

    @classmethod
    def setUpClass(cls):
        cls.before, cls.after = server_of_repository(), server()
        cls.user = f"upgrade_{secrets.token_hex(4)}"
        super().setUpClass()

    @classmethod
    def fleet(cls, action, *options):
        """Fill the database, and have Odoo read a copy on the former server."""
        filled = super().fleet(action, *options)
        cls.administrators = cls._connect(cls.before), cls._connect(cls.after)
        cls._copy_to_former_server()
        for administrator in cls.administrators:
            cls._create_account(administrator)
        cls.relay = Relay(cls._address(cls.before))
        cls.addClassCleanup(cls.relay.stop)
        authorities = [Path(each["tls_ca"]).read_text() for each in cls._servers()]
        cls.backend.write(
            {
                "port": cls.relay.port,
                "user": cls.user,
                "password": cls.user,
                "tls": "verify",
                "tls_ca": "\n".join(authorities),
            }
        )
        cls.prepare_former_server()
        return filled

    @classmethod
    def prepare_former_server(cls):
        """Do what is necessary before the first import."""

    @classmethod
    def _servers(cls):
        return cls.before, cls.after

    @classmethod
    def _address(cls, where):
        return where["host"], where["port"]

    @classmethod
    def _connect(cls, where):
        connection = pymysql.connect(
            host=where["host"],
            port=where["port"],
            user=where["user"],
            password=where["password"],
            charset="utf8mb4",
            autocommit=True,
            ssl={"ca": where["tls_ca"]},
            init_command="SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'",
        )
        cls.addClassCleanup(connection.close)
        return connection

    @classmethod
    def _copy_to_former_server(cls):
        former, present = (each.cursor() for each in cls.administrators)
        former.execute(f"CREATE DATABASE {cls.database} COLLATE utf8_bin")
        cls.addClassCleanup(former.execute, f"DROP DATABASE {cls.database}")
        template = cls.before["databases"][cls.schema]
        for table in sorted(cls.tables):
            name = f"{cls.database}.{table}"
            former.execute(f"CREATE TABLE {name} LIKE {template}.{table}")
            present.execute(f"SELECT * FROM {name}")
            rows = present.fetchall()
            if rows:
                marks = ", ".join(["%s"] * len(rows[0]))
                former.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)

    @classmethod
    def _create_account(cls, administrator):
        cursor = administrator.cursor()
        cursor.execute(f"CREATE USER {cls.user}@'%' IDENTIFIED BY '{cls.user}'")
        cls.addClassCleanup(cursor.execute, f"DROP USER {cls.user}@'%'")
        cursor.execute(f"GRANT ALL ON {cls.database}.* TO {cls.user}@'%'")

    def upgrade(self):
        """Have the other server take over, which closes all connections.

        An upgrade takes longer than connections are reused without a check.
        """
        self.startPatcher(mock.patch.object(client, "IDLE_CHECK", 0))
        self.relay.exchange(self._address(self.after))
        self.addCleanup(self.relay.exchange, self._address(self.before))
        self.addCleanup(client.pool.clear)

    def import_changed(self):
        """Import what has changed and return the run."""
        self.import_fleet()
        return self.backend.last_run_id


@tagged("post_install", "-at_install")
class TestServerUpgrade(ServerUpgradeCase):
    """The server has another version, and Odoo goes on."""

    def test_nothing_is_imported_again(self):
        first = self.backend.last_run_id
        self.assertGreater(first.job_count, self.size / 2)
        before = self.versions()
        self.upgrade()
        run = self.import_changed()
        self.assertNotEqual(run, first)
        self.assertEqual((run.state, run.changed_count, run.job_count), ("done", 0, 0))
        self.assertEqual(self.versions(), before)

    def test_what_changes_afterwards_is_imported(self):
        self.upgrade()
        external_id = min(self.bindings())
        self.sql("UPDATE hardware SET OSNAME = 'New' WHERE ID = %s", external_id)
        run = self.import_changed()
        self.assertEqual((run.changed_count, run.job_count), (1, 1))
        self.assertEqual(self.bindings()[external_id].os_name, "New")

    def test_forced_import(self):
        self.upgrade()
        before = {row for row in self.versions() if row[0] != "ocs_import_issue"}
        self.import_fleet(force=True)
        after = {row for row in self.versions() if row[0] != "ocs_import_issue"}
        self.assertEqual(after, before)
