# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import base64
from unittest import mock

from lxml import etree
from pymysql import OperationalError

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.connector_ocs.lib.client import pool
from odoo.addons.connector_ocs.tests.live import ROWS

from ..lib.change_log_installer import ChangeLogInstaller
from .change_log import ChangeLogCase


@tagged("post_install", "-at_install")
class TestWizard(ChangeLogCase):
    """Wizard that installs, repairs and removes the change log."""

    def wizard(self, action="install", **values):
        window = getattr(self.backend, f"action_{action}_change_log")()
        model = self.env["ocs.change.log.wizard"].with_context(**window["context"])
        return model.create(values)

    def run_as(self, account, action="install", **values):
        """Run the wizard with the user name and the password of an account."""
        user = account.partition("@")[0]
        wizard = self.wizard(action, admin_user=user, **values)
        password = self.root_password if user == self.administrator else user
        self.assert_reopened(wizard, self.click_run(wizard, password))
        return wizard

    def click_run(self, wizard, password):
        """Run the wizard as its button does, and return the action."""
        wizard.admin_password = password
        return wizard.with_context(password=password).action_run()

    def assert_reopened(self, wizard, window):
        self.assertEqual(window["res_model"], wizard._name)
        self.assertEqual(window["res_id"], wizard.id)

    def tables_with(self, text):
        """Return the tables of Odoo that contain a text anywhere."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        return [table for (table,) in self.env.cr.fetchall() if self.holds(table, text)]

    def holds(self, table, text):
        self.env.cr.execute(
            SQL(
                "SELECT 1 FROM %s AS found WHERE found::text LIKE %s LIMIT 1",
                SQL.identifier(table),
                f"%{text}%",
            )
        )
        return bool(self.env.cr.fetchone())

    def test_password_reaches_no_table(self):
        """Neither by the fields of the wizard, nor if the SQL fails."""
        secret = "secret-of-the-administrator"
        wizard = self.wizard(admin_user=self.administrator, admin_password=secret)
        window = self.click_run(wizard, secret)
        self.assertFalse(wizard.is_done)
        self.assertNotIn(secret, repr(window))
        self.assertIn("ocs_change_log_wizard", self.tables_with("install"))
        self.assertEqual(self.tables_with(secret), [])
        wizard.invalidate_recordset()
        self.assertFalse(wizard.read(["admin_password"])[0]["admin_password"])

    def test_password_does_not_travel_on(self):
        """Nothing that the wizard calls sees it in the context."""
        contexts = []

        def run(installer, *_args, **_options):
            contexts.append(installer._log.env.context)
            return ""

        wizard = self.wizard(admin_user=self.administrator)
        with mock.patch.object(ChangeLogInstaller, "run", run):
            self.click_run(wizard, self.root_password)
        self.assertTrue(contexts)
        self.assertNotIn(self.root_password, map(str, contexts[0].values()))

    def test_button_passes_the_password(self):
        view = self.env.ref("connector_ocs_change_log.ocs_change_log_wizard_view_form")
        (button,) = etree.fromstring(view.arch).xpath("//button[@name='action_run']")
        self.assertEqual(button.get("context"), "{'password': admin_password}")

    def test_as_the_ocs_server(self):
        wizard = self.run_as(self.ocs_account)
        self.assertTrue(wizard.is_done, wizard.message)
        self.assertEqual(self.check()[0], "healthy")
        self.assertEqual(self.backend.change_log_state, "healthy")
        self.inventory(7)
        self.assertEqual(len(self.logged()), len(ROWS))

    def test_as_an_administrator(self):
        self.use_account(self.create_reader())
        self.addCleanup(self.use_account, self.reader)
        wizard = self.run_as(self.administrator)
        self.assertTrue(wizard.is_done, wizard.message)
        self.assertEqual(self.check(), ("healthy", wizard.message))

    def test_as_an_account_of_any_host(self):
        account = self.create_account(f"ALL ON {self.database}.*", host="%")
        wizard = self.run_as(account)
        self.assertTrue(wizard.is_done, wizard.message)
        self.assertEqual(self.definers(), {account})

    def test_repair_and_remove(self):
        self.install()
        self.sql("DROP TRIGGER odoo_bios_delete")
        self.run_as(self.ocs_account, "repair")
        self.assertEqual(self.backend.change_log_state, "healthy")
        self.run_as(self.ocs_account, "remove")
        self.assertEqual(self.backend.change_log_state, "absent")
        self.assertEqual(self.logged(), [])
        self.run_as(self.ocs_account, "remove", drop_table=True)
        self.assertEqual(self.sql("SHOW TABLES LIKE 'hardware_updates'"), ())

    def test_definer_is_refused(self):
        """An account without SUPER cannot make another account the definer."""
        other = self.create_account(f"ALL ON {self.database}.*")
        curious = self.create_account(f"ALL ON {self.database}.*", "SELECT ON mysql.*")
        for account in (self.ocs_account, curious):
            with self.subTest(account):
                wizard = self.run_as(account, definer=other)
                self.assertTrue(wizard.is_done)
                self.assertIn(f"Do not drop {account}", wizard.message)
                self.assertIn(other, wizard.message)
                self.assertEqual(self.definers(), {account})

    def test_definer_that_would_break_ocs(self):
        poor = self.create_account(f"SELECT, INSERT ON {self.database}.*")
        for definer in ("nobody_at_all@localhost", poor):
            with self.subTest(definer):
                wizard = self.run_as(self.administrator, definer=definer)
                self.assertIn(f"Do not drop {self.account}", wizard.message)
                self.assertEqual(self.definers(), {self.account})

    def test_no_definer(self):
        self.backend.change_log_account = False
        wizard = self.run_as(self.ocs_account)
        self.backend.change_log_account = self.ocs_account
        self.assertIn(f"with the privileges of {self.ocs_account}", wizard.message)
        self.assertEqual(self.definers(), {self.ocs_account})

    def definers(self):
        return {row["Definer"] for row in self.sql("SHOW TRIGGERS")}

    def test_next_run_compares_all(self):
        with mock.patch.object(
            type(self.backend), "_force_comparison", autospec=True
        ) as hook:
            self.run_as(self.ocs_account)
        hook.assert_any_call(self.backend)

    def test_tables_in_use(self):
        """Neither the wizard nor OCS waits for the other."""
        ocs = self.connect(autocommit=False)
        with ocs.cursor() as cursor:
            cursor.execute("SELECT * FROM bios")
        wizard = self.run_as(self.ocs_account)
        self.assertFalse(wizard.is_done)
        self.assertIn("Try again", wizard.message)
        ocs.rollback()
        self.run_as(self.ocs_account)
        self.assertEqual(self.backend.change_log_state, "healthy")

    def test_wrong_password(self):
        wizard = self.wizard(admin_user=self.administrator)
        self.click_run(wizard, "wrong")
        self.assertFalse(wizard.is_done)
        self.assertIn("rejected the user", wizard.message)
        self.assertEqual(self.trigger_names(), set())

    def test_missing_privileges(self):
        wizard = self.wizard()
        wizard.action_run()
        self.assertFalse(wizard.is_done)
        self.assertIn("the account of a database administrator", wizard.message)
        self.assertIn(self.backend.user, wizard.message)

    def test_unexpected_error(self):
        wizard = self.wizard(admin_user=self.administrator)
        broken = mock.patch.object(ChangeLogInstaller, "run", side_effect=KeyError(1))
        with broken, mute_logger("odoo.addons.connector_ocs_change_log.wizards"):
            with self.assertLogs(
                "odoo.addons.connector_ocs_change_log.wizards.ocs_change_log_wizard",
                "ERROR",
            ):
                self.click_run(wizard, self.root_password)
        self.assertFalse(wizard.is_done)
        self.assertIn("unexpected error", wizard.message)

    def test_binary_log(self):
        wizard = self.wizard()
        with mock.patch.object(ChangeLogInstaller, "run", self.refused(1419)):
            wizard.action_run()
        self.assertIn("log_bin_trust_function_creators = 1", wizard.message)

    def refused(self, code):
        """Return a replacement of ``run`` whose statement the server refuses."""

        def run(installer, *_args, **_options):
            with installer._log._convert_errors():
                raise OperationalError(code, "refused")

        return run

    def test_administrator_connection_is_not_kept(self):
        self.run_as(self.ocs_account)
        users = {f"{settings.user}@{self.client_host}" for settings in pool._idle}
        self.assertIn(self.reader, users)
        self.assertNotIn(self.ocs_account, users)

    def test_preview(self):
        with Form(self.wizard()) as form:
            account = self.ocs_account.partition("@")[0]
            self.assertIn(f"CREATE DEFINER=`{account}`", form.preview)
            self.assertIn("GRANT EXECUTE ON PROCEDURE", form.preview)
            form.definer = "ocs@localhost"
            self.assertIn("CREATE DEFINER=`ocs`@`localhost`", form.preview)
            form.action = "remove"
            for word in ("DEFINER", "CREATE TRIGGER"):
                self.assertNotIn(word, form.preview)
            self.assertIn("DROP TRIGGER IF EXISTS `odoo_bios_insert`", form.preview)
            self.assertNotIn("hardware_updates$$", form.preview)
            form.drop_table = True
            self.assertIn("DROP TABLE IF EXISTS hardware_updates$$", form.preview)

    def test_preview_without_ocs(self):
        self.backend.port = 1
        self.addCleanup(self.backend.write, {"port": self.backend.port})
        self.assertIn("did not respond", self.wizard().preview)

    def test_download(self):
        wizard = self.wizard("repair")
        url = wizard.action_download()["url"]
        self.assertIn("/connector_ocs_repair.sql", url)
        self.assertEqual(base64.b64decode(wizard.sql_file).decode(), wizard.preview)

    def test_access_rights(self):
        user = new_test_user(self.env, "reader", groups="connector_ocs.group_ocs_user")
        company = self.env["res.company"].create({"name": "Other"})
        stranger = self.manager("stranger", company)
        values = {"backend_id": self.backend.id, "action": "remove"}
        for someone in (user, stranger):
            model = self.env["ocs.change.log.wizard"].with_user(someone)
            with self.subTest(someone.login), self.assertRaises(AccessError):
                model.create(values).action_run()

    def manager(self, login, company):
        """Create a manager of OCS in a company."""
        return new_test_user(
            self.env,
            login,
            groups="connector_ocs.group_ocs_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
