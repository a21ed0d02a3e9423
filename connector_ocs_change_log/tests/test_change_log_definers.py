# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.lib.quoting import quote_account

from .test_change_log_breaking import BreakingCase


@tagged("post_install", "-at_install")
class TestDefiners(BreakingCase):
    """Privileges of the account that the triggers run with."""

    def setUp(self):
        super().setUp()
        self.definer = self.create_account(
            f"SELECT, INSERT, TRIGGER, EXECUTE ON {self.database}.*"
        )
        self.reinstall(self.definer)

    def reinstall(self, definer):
        self._drop_change_log()
        self.install(definer)

    def revoke(self, privilege):
        account = quote_account(self.definer)
        self.sql(f"REVOKE {privilege} ON {self.database}.* FROM {account}")

    def test_sufficient_privileges(self):
        self.assert_ocs_works()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_missing_privilege_to_write(self):
        for right in ("INSERT", "SELECT"):
            with self.subTest(right):
                self.revoke(right)
                self.assert_ocs_works()
                self.assertEqual(self.logged(), [])
                state, text = self.check()
                self.assertEqual(state, "broken")
                self.assertIn(
                    f"lacks the {right} privilege. Run on the database server", text
                )
                grant = text.partition("lacks the")[2]
                self.sql(grant.partition("server: ")[2].partition(";")[0])
                self.assertNotIn("lacks the", self.check()[1])

    def test_locked_account(self):
        self.sql(f"ALTER USER {quote_account(self.definer)} ACCOUNT LOCK")
        self.assert_ocs_works()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])

    def test_dropped_account(self):
        self.sql(f"DROP USER {quote_account(self.definer)}")
        self.assert_ocs_fails(1449)
        self.assert_broken_and_repaired("error 1449", self.definer)

    def test_missing_trigger_privilege(self):
        self.revoke("TRIGGER")
        self.assert_ocs_fails(1142)
        self.assert_broken_and_repaired("error 1142", self.definer, "GRANT TRIGGER ON")

    def test_privilege_from_a_role_does_not_count(self):
        if not self.is_mariadb():
            self.skipTest("On MySQL, it counts.")
        self.give_role(self.definer, f"ALL ON {self.database}.*")
        self.revoke("TRIGGER")
        self.assert_ocs_fails(1142)
        self.assertEqual(self.check()[0], "broken")

    def test_account_with_a_host_pattern(self):
        self.definer = self.create_account(
            f"SELECT, INSERT, TRIGGER, EXECUTE ON {self.database}.*", host="127.0.%"
        )
        self.reinstall(self.definer.replace("127.0.%", "127.0.0.9"))
        self.assert_ocs_works()
        self.assertEqual(self.logged(), [(7, "memories", "INSERT")])
        state, text = self.check()
        self.assertEqual(state, "danger", text)

    def test_privilege_on_single_tables(self):
        self.revoke("TRIGGER")
        account = quote_account(self.definer)
        for table, _columns, _key in self.sections:
            self.sql(f"GRANT TRIGGER ON {self.database}.{table} TO {account}")
        self.assert_ocs_works()
        self.assertEqual(self.check()[0], "danger")

    def assert_broken_and_repaired(self, *parts):
        """Assert that the check reports it first, and that OCS works after a repair."""
        state, text = self.check()
        self.assertEqual(state, "broken")
        for part in parts:
            self.assertIn(part, text.splitlines()[0])
        self.backend.write({"user": self.administrator, "password": self.root_password})
        with self.installer() as installer:
            self.assertEqual(
                installer.run("repair", self.ocs_account), self.ocs_account
            )
            installer.grant(self.reader)
        self.use_account(self.reader)
        self.assert_ocs_works()
        self.assertEqual(self.check()[0], "healthy")
