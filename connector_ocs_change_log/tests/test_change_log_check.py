# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.connector_ocs.lib.client import OcsClient

from ..lib import change_log_procedure as procedure
from .change_log import ChangeLogCase


class CheckCase(ChangeLogCase):
    """Test case with a change log that is healthy before each test."""

    def setUp(self):
        super().setUp()
        self.install()
        self.addCleanup(self.use_account, self.reader)
        self.addCleanup(self.backend.write, {"change_log_account": self.ocs_account})

    def assert_found(self, expected, *parts):
        state, text = self.check()
        self.assertEqual(state, expected, text)
        for part in parts:
            self.assertIn(part, text)


@tagged("post_install", "-at_install")
class TestCheck(CheckCase):
    """Findings of the check."""

    def test_healthy(self):
        self.assert_found(
            "healthy", "33 triggers watch 11 tables of OCS", self.ocs_account
        )

    def test_not_installed(self):
        for trigger in self.trigger_names():
            self.sql(f"DROP TRIGGER {trigger}")
        self.assert_found("absent", "No trigger writes to the table hardware_updates")
        self.sql("DROP TABLE hardware_updates")
        self.assert_found("absent", "Click “Install…”")

    def test_not_installed_without_trigger_privilege(self):
        self._drop_change_log()
        self.use_account(self.create_account(f"SELECT ON {self.database}.*"))
        self.assert_found("absent", "Click “Install…”")

    def test_missing_triggers(self):
        self.sql("DROP TRIGGER odoo_bios_delete")
        self.sql("DROP TRIGGER odoo_bios_insert")
        self.assert_found(
            "broken", "odoo_bios_delete, odoo_bios_insert. Click “Repair…”"
        )

    def test_outdated_trigger(self):
        self.sql("DROP TRIGGER odoo_bios_delete")
        self.sql(
            "CREATE TRIGGER odoo_bios_delete AFTER DELETE ON bios FOR EACH ROW SET @a=1"
        )
        self.assert_found("broken", "outdated", "odoo_bios_delete. Click “Repair…”")

    def test_foreign_trigger(self):
        self.sql(
            f"CREATE DEFINER={self.ocs_account.replace('@', '@`')}`"
            " TRIGGER theirs AFTER DELETE ON archive FOR EACH ROW"
            " DELETE FROM Hardware_Updates WHERE hardware_id = OLD.HARDWARE_ID"
        )
        self.assert_found("danger", "The trigger theirs on the table archive")

    def test_altered_table(self):
        for change, state, *parts in (
            ("DROP COLUMN processed_at", "broken", "wrong type", "processed_at"),
            ("MODIFY hardware_id TINYINT", "broken", "wrong type", "hardware_id"),
            ("DROP KEY odoo_processed", "danger", "no index on (processed, id)"),
            ("DROP KEY odoo_hardware_id", "danger", "no index on (hardware_id)"),
            ("ENGINE = MyISAM", "danger", "not InnoDB but MyISAM"),
        ):
            with self.subTest(change):
                self.sql(f"ALTER TABLE hardware_updates {change}")
                self.assert_found(state, *parts, "Click “Repair…”")
                self._drop_change_log()
                self.install()

    def test_missing_table(self):
        self.sql("DROP TABLE hardware_updates")
        self.assert_found("broken", "The table hardware_updates no longer exists")

    def test_worst_finding_comes_first(self):
        self.sql("ALTER TABLE hardware_updates DROP KEY odoo_processed")
        self.sql("DROP TRIGGER odoo_bios_delete")
        state, text = self.check()
        self.assertEqual(state, "broken")
        first, second = text.splitlines()
        self.assertIn("these triggers do not exist: odoo_bios_delete", first)
        self.assertIn("no index", second)

    def test_unknown_account_of_the_ocs_server(self):
        self.backend.change_log_account = False
        self.assert_found("danger", self.ocs_account, "Do not drop that account")

    def test_definer_is_another_account(self):
        self.backend.change_log_account = "ocs@localhost"
        self.assert_found("danger", f"Do not drop {self.ocs_account}", "ocs@localhost")

    def test_missing_privilege_to_write(self):
        for privilege in ("UPDATE", "DELETE"):
            with self.subTest(privilege):
                account = self.create_account(
                    f"SELECT ON {self.database}.*",
                    f"{privilege} ON {self.database}.hardware_updates",
                    f"EXECUTE ON PROCEDURE {self.database}.{procedure.PROCEDURE}",
                )
                self.use_account(account)
                self.assert_found(
                    "danger", "is not allowed to mark", account.partition("@")[0]
                )

    def test_named_privileges_make_it_healthy(self):
        """Each sentence names the missing GRANT."""
        self.use_account(self.create_account(f"SELECT ON {self.database}.*"))
        self.assert_found(
            "danger", "is not allowed to see the triggers", "is not allowed to mark"
        )
        for line in self.check()[1].splitlines():
            for grant in line.partition("server: ")[2].split("; "):
                self.sql(grant or "DO 0")
        self.assert_found("healthy")

    def test_binary_log(self):
        self.sql("DROP TRIGGER odoo_bios_delete")
        self.assertNotIn("binary log", self.check()[1])
        for log, trust, expected in ((1, 0, True), (1, 1, False), (0, 0, False)):
            with self.subTest(log=log, trust=trust), self.variables(log, trust):
                found = "log_bin_trust_function_creators" in self.check()[1]
                self.assertEqual(found, expected)

    def test_binary_log_does_not_matter_once_installed(self):
        with self.variables(1, 0):
            self.assert_found("healthy")

    def variables(self, log, trust):
        """Simulate a server with other variables."""
        query = OcsClient.query

        def answer(client, sql, parameters=()):
            if "log_bin" in sql:
                return [{"log": log, "trust": trust}]
            return query(client, sql, parameters)

        return mock.patch.object(OcsClient, "query", answer)


@tagged("post_install", "-at_install")
class TestBackend(ChangeLogCase):
    """The change log on the form of the backend."""

    def test_check_button(self):
        notice = self.backend.action_check_change_log()["params"]
        self.assertEqual(notice["title"], "Change log: Not installed")
        self.assertEqual(notice["type"], "warning")
        self.install()
        notice = self.backend.action_check_change_log()["params"]
        self.assertEqual(notice["title"], "Change log: Healthy")
        self.assertEqual(notice["type"], "success")
        self.assertEqual(notice["message"], self.backend.change_log_report)
        self.assertEqual(self.backend.change_log_state, "healthy")
        self.assertTrue(self.backend.change_log_checked)

    def test_state_is_updated(self):
        self.install()
        self.assertEqual(self.backend._check_change_log(), "healthy")
        self.sql("DROP TRIGGER odoo_bios_delete")
        self.assertEqual(self.backend._check_change_log(), "broken")
        self.assertEqual(self.backend.change_log_state, "broken")
        self.assertIn("odoo_bios_delete", self.backend.change_log_report)

    def test_copy_is_not_checked(self):
        self.backend._check_change_log()
        copy = self.backend.copy()
        self.assertFalse(copy.change_log_state or copy.change_log_report)
        self.assertFalse(copy.change_log_checked)

    def test_unknown_version(self):
        self.backend.version = False
        with self.assertRaisesRegex(UserError, "Click “Test connection”"):
            self.backend.action_check_change_log()

    def test_invalid_durations(self):
        for name in ("change_log_retention", "reconcile_hours"):
            for value in (0, -1):
                with self.subTest(name=name, value=value):
                    with self.assertRaises(ValidationError):
                        self.backend[name] = value
                        self.backend.flush_recordset()

    def test_buttons_open_the_wizard(self):
        for action in ("install", "repair", "remove"):
            window = getattr(self.backend, f"action_{action}_change_log")()
            self.assertEqual(window["res_model"], "ocs.change.log.wizard")
            self.assertEqual(window["context"]["default_action"], action)
            self.assertEqual(window["context"]["default_backend_id"], self.backend.id)

    def test_fingerprints_are_the_default(self):
        self.assertEqual(self.backend.detection, "fingerprint")
