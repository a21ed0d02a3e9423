# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.cases.case import CasesCase

from .change_log import ChangeLogCase


@tagged("post_install", "-at_install")
class TestCasesChangeLog(CasesCase, ChangeLogCase):
    """Situations of change logs that were found in real databases."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.use_account, self.reader)
        self.backend.write({"detection": "changelog", "change_log_state": False})

    def names(self):
        return sorted(self.assets().mapped("name"))

    def test_change_log_without_triggers(self):
        """Nothing is lost, and every run says that the log is not reliable."""
        self.use_account(self.create_account(f"SELECT ON {self.database}.*"))
        parts = self.load("change_log_without_triggers")
        for expected in (["CL-1"], ["CL-1-RENAMED", "CL-2-NEW"]):
            next(parts)
            run = self.import_changed()
            self.assertEqual(self.names(), expected)
            self.assert_compared(run)
        self.assert_compared(self.import_changed())

    def assert_compared(self, run):
        self.assertEqual(run.detection, "fingerprint")
        self.assertEqual(run.state, "done")
        self.assertIn("The change log is not reliable: ", run.warnings)
        self.assertIn("is not allowed to see the triggers", run.warnings)
        self.assertIn("All computers were compared instead.", run.warnings)
        self.assertEqual(self.backend.change_log_state, "danger")

    def test_accounts_of_any_host(self):
        """Installing, repairing and granting work, and so does the log."""
        ocs = self.create_account(f"ALL ON {self.database}.*", host="%")
        reader = self.create_account(f"SELECT ON {self.database}.*", host="%")
        self.use_account(reader)
        self.backend.change_log_account = ocs
        self.addCleanup(self.backend.write, {"change_log_account": self.ocs_account})
        for action in ("install", "repair"):
            wizard = self.env["ocs.change.log.wizard"].create(
                {
                    "backend_id": self.backend.id,
                    "action": action,
                    "admin_user": self.administrator,
                }
            )
            wizard.with_context(password=self.root_password).action_run()
            self.assertTrue(wizard.is_done, wizard.message)
            self.assertEqual(self.backend.change_log_state, "healthy", wizard.message)
            self.assertEqual(self.trigger_names(), self.expected_names())
        for _part in self.load("change_log_percent_account"):
            run = self.import_changed()
        self.assertEqual(run.detection, "changelog")
        self.assertEqual(self.names(), ["CL-1-RENAMED", "CL-2-NEW"])
