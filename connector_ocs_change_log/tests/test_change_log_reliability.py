# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import functools
from contextlib import contextmanager
from unittest import mock

import pymysql

from odoo.tests import tagged

from odoo.addons.connector_ocs.lib import client
from odoo.addons.connector_ocs.lib.quoting import quote_account
from odoo.addons.connector_ocs.tests.runs import RunMixin

from ..lib.session import WritableSession
from .change_log import ChangeLogCase


@tagged("post_install", "-at_install")
class TestReliability(RunMixin, ChangeLogCase):
    """Only a change log that was proven to work is relied on."""

    def setUp(self):
        super().setUp()
        self.install()
        self.addCleanup(self.backend.write, {"change_log_account": self.ocs_account})
        self.backend.write({"detection": "changelog", "change_log_state": False})
        for external_id in (1, 2):
            self.insert_computer(external_id, f"PC-{external_id}")
        self.import_changed()
        self.assert_detection("changelog")

    def import_changed(self, *args, **kwargs):
        run = super().import_changed(*args, **kwargs)
        failed = self.jobs().filtered(lambda job: job.state != "done")
        self.assertFalse(failed.mapped("exc_message"))
        self.assertEqual(run.state, "done", run.message)
        return run

    def assert_detection(self, expected, *warnings):
        run = self.import_changed()
        self.assertEqual(run.detection, expected, run.warnings)
        for part in warnings:
            self.assertIn(part, run.warnings)
        if not warnings:
            self.assertFalse(run.warnings)

    def unnoticed(self, name):
        """Rename a computer in a way that the log does not tell."""
        self.sql("UPDATE hardware SET NAME = %s WHERE ID = 2", name)
        self.empty_log()

    @contextmanager
    def revoked(self, privilege, table, account=None):
        account = quote_account(account or self.reader)
        self.sql(f"REVOKE {privilege} ON {table} FROM {account}")
        try:
            yield
        finally:
            self.sql(f"GRANT {privilege} ON {table} TO {account}")

    def test_what_is_not_proven(self):
        """It compares while it needs attention, and once more afterwards."""
        procedure = f"PROCEDURE {self.database}.hardware_updates_check"
        for privilege, table, part in (
            ("UPDATE", "hardware_updates", "is not allowed to mark"),
            ("DELETE", "hardware_updates", "is not allowed to mark"),
            ("EXECUTE", procedure, "is not allowed to see the triggers"),
        ):
            with self.subTest(privilege=privilege, table=table):
                with self.revoked(privilege, table):
                    self.unnoticed(f"{privilege[:6]} 1")
                    self.assert_detection("fingerprint", "not reliable", part)
                    self.assertEqual(self.binding(2).name, f"{privilege[:6]} 1")
                    self.assertEqual(self.backend.change_log_state, "danger")
                    self.unnoticed(f"{privilege[:6]} 2")
                self.assert_detection("fingerprint")
                self.assertEqual(self.binding(2).name, f"{privilege[:6]} 2")
                self.assert_detection("changelog")

    def test_log_of_nobody_in_particular(self):
        self.backend.change_log_account = False
        self.assert_detection("fingerprint", self.ocs_account)
        self.backend.change_log_account = self.ocs_account
        self.assert_detection("fingerprint")
        self.assert_detection("changelog")

    def test_log_that_was_made_anew(self):
        """It was healthy before and is now, but not in between."""
        triggers = "repair", "DROP TRIGGER odoo_hardware_update"
        for action, gap in (triggers, ("install", "DROP TABLE hardware_updates")):
            with self.subTest(gap):
                self.sql(gap)
                self.sql("UPDATE hardware SET NAME = %s WHERE ID = 2", gap)
                with self.installer() as installer:
                    statements = installer.statements(action, self.ocs_account)
                self.run_statements(statements)
                self.assert_detection("fingerprint")
                self.assertEqual(self.binding(2).name, gap)
                self.assert_detection("changelog")

    @contextmanager
    def refused_writes(self, code, times=10**6):
        """Make the server refuse to acknowledge changes, as a replica does."""
        execute, allowed = WritableSession.execute, iter(range(times))

        def refuse(session, sql, parameters=None):
            if sql.startswith(("UPDATE", "DELETE")) and next(allowed, None) is None:
                raise pymysql.OperationalError(code, "The server runs with --read-only")
            return execute(session, sql, parameters)

        with mock.patch.object(WritableSession, "execute", refuse):
            yield

    def test_replica(self):
        for code in (1036, 1290, 1792, 1836, 1874):
            with self.subTest(code), self.refused_writes(code, times=0):
                self.sql("UPDATE hardware SET NAME = %s WHERE ID = 2", f"PC-{code}")
                for _time in range(2):
                    self.assert_detection("fingerprint", "primary server", str(code))
                self.assertEqual(self.binding(2).name, f"PC-{code}")
                self.assertEqual(self.backend.change_log_state, "danger")
        self.assert_detection("fingerprint")
        self.assert_detection("changelog")

    def test_server_that_becomes_read_only(self):
        """The run ends and says so, and the next ones compare until it is over."""
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 2")
        with self.refused_writes(1290, times=4):  # those of the check
            self.assert_detection("changelog", "could not be marked", "primary server")
            self.assertEqual(self.binding(2).name, "RENAMED")
            self.assertEqual(self.backend.change_log_state, "danger")
            self.unnoticed("UNNOTICED")
            self.assert_detection("fingerprint", "not reliable")
        self.assertEqual(self.binding(2).name, "UNNOTICED")
        self.assert_detection("fingerprint")
        self.assert_detection("changelog")

    def test_sessions_that_are_read_only_by_default(self):
        """The session that writes says so, whatever the default of the server."""
        start = {"init_command": "SET SESSION TRANSACTION READ ONLY"}
        connect = functools.partial(pymysql.connect, **start)
        client.pool.clear()
        self.addCleanup(client.pool.clear)
        with mock.patch.object(pymysql, "connect", connect):
            self.assertEqual(self.check()[0], "healthy", self.check()[1])

    def test_check_changes_nothing(self):
        before = self.sql("SELECT * FROM hardware_updates")
        self.assertEqual(self.check()[0], "healthy")
        self.assertEqual(self.sql("SELECT * FROM hardware_updates"), before)

    def test_reader_with_a_role(self):
        """What a role allows counts, as soon as it is a default role."""
        role = f"role_{self.database[-12:]}"
        self.sql(f"CREATE ROLE {role}")
        self.addCleanup(self.sql, f"DROP ROLE {role}")
        self.sql(f"GRANT SELECT ON {self.database}.* TO {role}")
        self.sql(f"GRANT UPDATE, DELETE ON hardware_updates TO {role}")
        self.sql(f"GRANT INSERT, UPDATE ON hardware_updates_owner TO {role}")
        self.sql(f"GRANT EXECUTE ON PROCEDURE hardware_updates_check TO {role}")
        account = self.create_account()
        self.sql(self.grant_role(role, quote_account(account)))
        self.addCleanup(self.use_account, self.reader)
        self.use_account(account)
        self.assertEqual(self.check()[0], "healthy", self.check()[1])
