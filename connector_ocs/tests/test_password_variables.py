# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import BaseCase, new_test_user, tagged

from ..exceptions import OcsConfigurationError
from ..lib.password_variables import ListProblem, Use, parse
from .test_secrets import SecretCase

LIST = "OCS_PASSWORD_VARIABLES"


@tagged("post_install", "-at_install")
class TestList(BaseCase):
    """List of the administrator of the server."""

    def test_entries(self):
        table = (
            ("", []),
            ("A=db", [Use("A", "db")]),
            (
                "A=reader@DB.example.com:3307?company=2&odoo=prod , B=[::1]",
                [
                    Use("A", "db.example.com", 3307, "reader", 2, "prod"),
                    Use("B", "::1"),
                ],
            ),
        )
        for text, expected in table:
            with self.subTest(text):
                self.assertEqual(parse(text), expected)

    def test_entries_that_are_not_understood(self):
        for text in (
            "A",
            "A=",
            "=db",
            "A=db:x",
            "A=db:99999",
            "A=u:password@db",
            "A=db/ocsweb",
            "A=db?company=x",
            "A=db?company=1&company=2",
            "A=db?firm=1",
            "A=db?company",
            "A=[::1",
        ):
            with self.subTest(text), self.assertRaises(ListProblem):
                parse(text)


@tagged("post_install", "-at_install")
class TestPasswordVariable(SecretCase):
    """A variable is only read for the backends that the list allows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mine.action_clear_password()
        cls.mine.write(
            {"password_variable": "OCS_A", "host": "db.example.com", "user": "reader"}
        )
        cls.company = cls.backend.company_id
        cls.entry = f"OCS_A=reader@db.example.com?company={cls.company.id}"

    def allow(self, text):
        self.environment(OCS_A="of A", OCS_B="of B", **{LIST: text})

    def assert_refused(self, reason="has not allowed"):
        with self.assertRaisesRegex(OcsConfigurationError, reason):
            self.stored()

    def test_allowed(self):
        for entry in (
            self.entry,
            f"OCS_B=other.example.com?company=0,{self.entry}",
            f"OCS_A=db.example.com:3306?company={self.company.id}",
            f"{self.entry}&odoo={self.env.cr.dbname}",
        ):
            with self.subTest(entry):
                self.allow(entry)
                self.assertEqual(self.stored(), "of A")

    def test_no_list(self):
        self.allow("")
        self.assert_refused(r"OCS_A=reader@db\.example\.com:3306\?company=")

    def test_broken_list(self):
        self.allow("nonsense")
        self.assert_refused("nonsense")

    def test_what_a_manager_can_change(self):
        """Neither another variable, nor another target for this one."""
        for values in (
            {"password_variable": "OCS_B"},
            {"password_variable": "PATH"},
            {"host": "attacker.example"},
            {"port": 3307},
            {"user": "root"},
            {"company_id": self.env["res.company"].create({"name": "Other"}).id},
            {"company_id": False},
        ):
            with self.subTest(values):
                self.allow(f"{self.entry},OCS_B=reader@db.other?company=1")
                before = {name: self.backend[name] for name in values}
                self.backend.write(values)
                self.assert_refused()
                self.backend.write(before)
                self.assertEqual(self.stored(), "of A")

    def test_other_odoo_database(self):
        self.allow(f"{self.entry}&odoo=another")
        self.assert_refused()

    def test_several_companies_have_to_be_named(self):
        self.env["res.company"].create({"name": "Other"})
        self.allow("OCS_A=reader@db.example.com")
        self.assert_refused()

    def test_variable_is_missing(self):
        self.environment(**{LIST: self.entry.replace("OCS_A", "OCS_NOT_SET")})
        self.mine.password_variable = "OCS_NOT_SET"
        self.assert_refused("OCS_NOT_SET is not set")

    def test_not_both(self):
        with self.assertRaisesRegex(ValidationError, "not both"):
            self.mine.password = "secret"

    def test_who_may_read_it(self):
        user = new_test_user(self.env, "reader", groups="connector_ocs.group_ocs_user")
        with self.assertRaises(AccessError):
            self.backend.with_user(user).read(["password_variable"])
