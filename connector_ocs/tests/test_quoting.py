# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.quoting import quote_account


@tagged("post_install", "-at_install")
class TestQuoting(BaseCase):
    """Accounts in SQL."""

    def test_quoting_of_accounts(self):
        for account, sql in (
            ("ocs@localhost", "`ocs`@`localhost`"),
            (" ocs@% ", "`ocs`@`%`"),
            ("ocs", "`ocs`@`%`"),
            ("a@b@127.0.0.1", "`a@b`@`127.0.0.1`"),
            ("x`; DROP TABLE hardware; -- @h", "`x``; DROP TABLE hardware; -- `@`h`"),
        ):
            with self.subTest(account):
                self.assertEqual(quote_account(account), sql)
