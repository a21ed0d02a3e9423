# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from unittest import mock

import pymysql

from odoo.tests import tagged

from odoo.addons.connector_ocs.lib.client import pool
from odoo.addons.connector_ocs.tests.runs import RunMixin

from .change_log import ChangeLogCase

OWNER = "hardware_updates_owner"


class OwnerCase(RunMixin, ChangeLogCase):
    """Test case with a change log that this database uses."""

    def setUp(self):
        super().setUp()
        self.install()
        self.backend.write({"detection": "changelog", "change_log_state": False})
        for external_id in (1, 2):
            self.insert_computer(external_id, f"PC-{external_id}")
        self.import_changed()
        self.assert_detection("changelog")

    def assert_detection(self, expected, *warnings, backend=None):
        self.backend = backend or self.backend
        run = self.import_changed()
        self.assertEqual((run.state, run.detection), ("done", expected), run.warnings)
        for part in warnings:
            self.assertIn(part, run.warnings)
        if not warnings:
            self.assertFalse(run.warnings)

    @contextmanager
    def other_database(self):
        """Make this database another one, whose manager made a copy."""
        parameters = self.env["ir.config_parameter"]
        uuid = parameters.get_param("database.uuid")
        parameters.set_param("database.uuid", "another")
        try:
            yield
        finally:
            parameters.set_param("database.uuid", uuid)

    def rename(self, name):
        self.sql("UPDATE hardware SET NAME = %s WHERE ID = 2", name)

    def pending(self):
        return len(self.sql("SELECT * FROM hardware_updates WHERE processed = 0"))

    def wizard(self, action, **values):
        user = self.ocs_account.partition("@")[0]
        wizard = self.env["ocs.change.log.wizard"].create(
            {
                "backend_id": self.backend.id,
                "action": action,
                "admin_user": user,
                **values,
            }
        )
        password = self.root_password if wizard.admin_user != user else user
        wizard.with_context(password=password).action_run()
        return wizard


@tagged("post_install", "-at_install")
class TestOwner(OwnerCase):
    """Only one backend of one database uses a change log."""

    def test_copy_acknowledges_nothing(self):
        """It compares instead, and says why."""
        self.rename("RENAMED")
        self.assertEqual(self.pending(), 1)
        with self.other_database():
            for _time in range(2):
                self.assert_detection("fingerprint", "another Odoo database")
                self.assertEqual(self.pending(), 1)
            self.assertEqual(self.binding(2).name, "RENAMED")
            self.assertEqual(self.backend.change_log_state, "foreign")
            self.assertIn("Use This Change Log Here", self.backend.change_log_report)
            self.assertIn(self.env.cr.dbname, self.backend.change_log_report)
            self.assertFalse(self.last_run().change_log_range)

    def test_copy_deletes_nothing(self):
        self.sql("UPDATE hardware_updates SET processed = 1, processed_at = '2020-1-1'")
        rows = len(self.logged())
        self.assertTrue(rows)
        with self.other_database():
            self.assert_detection("fingerprint", "another Odoo database")
            self.assertEqual(len(self.logged()), rows)

    def test_second_backend(self):
        """Changes that one acknowledges would be missing in the other one."""
        other = self.backend.copy({"password": self.backend.user})
        other._detect()
        first = self.backend
        self.rename("RENAMED")
        self.assert_detection(
            "fingerprint", f"{first.name} ({self.env.cr.dbname}", backend=other
        )
        self.assertEqual(self.pending(), 1)
        self.assert_detection("changelog", backend=first)
        self.assertEqual(self.pending(), 0)

    def test_owner_moves_before_the_acknowledgment(self):
        """The statement that acknowledges looks up the owner itself."""
        self.rename("RENAMED")
        self.sql(f"UPDATE {OWNER} SET owner = 'x'")
        with self.change_log() as log:
            changes = [change.id for change in log.pending()]
            self.assertTrue(changes)
            self.assertEqual(log.acknowledge(changes), 0)
            self.assertEqual(self.pending(), 1)
            self.sql("UPDATE hardware_updates SET processed = 1")
            self.sql("UPDATE hardware_updates SET processed_at = '2020-1-1'")
            self.assertEqual(log.purge(7), 0)

    def test_owner_moves_away_and_back(self):
        """Changes that were hidden in between are found by a comparison."""
        self.rename("RENAMED")
        with self.other_database(), self.change_log() as log:
            with self.installer() as installer:
                (move,) = installer.statements("move")
            self.sql(move)
            log.acknowledge([change.id for change in log.pending()])
        self.assertEqual(self.pending(), 0)
        with self.installer() as installer:
            (move,) = installer.statements("move")
        self.sql(move)
        self.assert_detection("fingerprint")
        self.assertEqual(self.binding(2).name, "RENAMED")
        self.assert_detection("changelog")

    def test_wizard_refuses(self):
        """Another database neither repairs nor removes the log."""
        triggers = self.sql("SHOW TRIGGERS")
        root = {"admin_user": self.administrator}
        with self.other_database():
            for action, login in (
                ("install", {}),
                ("repair", {}),
                ("repair", root),
                ("remove", root),
            ):
                with self.subTest(action):
                    wizard = self.wizard(action, drop_table=True, **login)
                    self.assertFalse(wizard.is_done)
                    self.assertIn("Use This Change Log Here", wizard.message)
                    self.assertIn("another Odoo database", wizard.preview)
                    self.assertNotIn("TRIGGER", wizard.preview)
                    self.assertEqual(self.sql("SHOW TRIGGERS"), triggers)

    def test_scripts_of_other_databases(self):
        """They stop before they change anything."""
        with self.installer() as installer:
            scripts = [installer.statements(action) for action in ("repair", "remove")]
        self.sql(f"UPDATE {OWNER} SET owner = 'x'")
        triggers = self.sql("SHOW TRIGGERS")
        for statements in scripts:
            with self.assertRaises(pymysql.IntegrityError) as caught:
                for statement in statements:
                    self.sql(statement)
            self.assertEqual(caught.exception.args[0], 1062)
            self.assertEqual(self.sql("SHOW TRIGGERS"), triggers)
            self.assertEqual(self.sql(f"SELECT owner FROM {OWNER}")[0]["owner"], "x")

    def test_move(self):
        """It is moved on purpose, and the former owner notices it."""
        window = self.backend.action_use_change_log()
        self.assertEqual(window["context"]["default_action"], "move")
        with self.other_database():
            self.assertEqual(self.backend._check_change_log(), "foreign")
            wizard = self.wizard("move", admin_user=False)
            self.assertTrue(wizard.is_done, wizard.message)
            self.assertEqual(self.backend.change_log_state, "healthy")
            self.assert_detection("fingerprint")
            self.rename("RENAMED")
            self.assert_detection("changelog")
            self.assertEqual(self.pending(), 0)
        self.rename("AGAIN")
        self.assert_detection("fingerprint", "another Odoo database")
        self.assertEqual(self.binding(2).name, "AGAIN")
        self.assertEqual(self.pending(), 1)

    def test_log_without_owner(self):
        """An older version made it; repairing records the owner."""
        for statement in (f"DROP TABLE {OWNER}", f"DELETE FROM {OWNER}"):
            with self.subTest(statement):
                self.rename(statement[:6])
                self.sql(statement)
                self.assert_detection("fingerprint", "It is not recorded", "Repair")
                self.assertEqual(self.binding(2).name, statement[:6])
                self.assertEqual(self.backend.change_log_state, "danger")
                self.assertEqual(self.pending(), 1)
                self.assertTrue(self.wizard("repair").is_done)
                self.assertEqual(self.backend.change_log_state, "healthy")
                self.assert_detection("fingerprint")
                self.assert_detection("changelog")
                self.assertEqual(self.pending(), 0)

    def test_missing_privileges(self):
        """What is missing is named, and nothing is acknowledged."""
        account = self.reader.replace("@", "`@`")
        for privilege in ("SELECT", "UPDATE"):
            with self.subTest(privilege):
                self.sql(f"REVOKE {privilege} ON {OWNER} FROM `{account}`")
                pool.clear()  # open sessions keep their privileges
                self.assertEqual(self.backend._check_change_log(), "danger")
                report = self.backend.change_log_report
                self.assertIn(f"{OWNER} TO", report)
                self.sql(f"GRANT SELECT, INSERT, UPDATE ON {OWNER} TO `{account}`")
                self.assertEqual(self.backend._check_change_log(), "healthy")

    def test_removal(self):
        self.assertTrue(self.wizard("remove").is_done)
        self.assertEqual(self.sql(f"SHOW TABLES LIKE '{OWNER}'"), ())
        with self.other_database():
            self.assertTrue(self.wizard("install").is_done)
            self.assertEqual(self.backend.change_log_state, "healthy")


@tagged("post_install", "-at_install")
class TestServers(OwnerCase):
    """A copy of the files of PostgreSQL has the same identifiers."""

    @contextmanager
    def started(self, seconds):
        """Make PostgreSQL start some seconds later."""
        started = self.backend._database_started() + seconds * 10**6
        with mock.patch.object(
            type(self.backend), "_database_started", return_value=started
        ):
            yield

    def test_restart(self):
        """All computers are compared once: a copy may have used the log meanwhile."""
        with self.started(60):
            self.assert_detection("fingerprint")
            self.rename("RENAMED")
            self.assert_detection("changelog")
            self.assertEqual(self.pending(), 0)

    def test_copy_that_was_started_later(self):
        """The original notices it, and misses nothing."""
        self.rename("RENAMED")
        with self.started(60), self.change_log() as log:
            self.assertEqual(self.check()[0], "healthy")
            log.acknowledge([change.id for change in log.pending()])
        self.assertEqual(self.pending(), 0)
        self.assert_detection("fingerprint", "a copy of this database that was started")
        self.assertEqual(self.backend.change_log_state, "foreign")
        self.assertEqual(self.binding(2).name, "RENAMED")
        self.rename("AGAIN")
        with self.change_log() as log:
            self.assertEqual(log.acknowledge([c.id for c in log.pending()]), 0)
        self.assertTrue(self.wizard("move").is_done)
        self.assert_detection("fingerprint")
        self.assert_detection("changelog")
