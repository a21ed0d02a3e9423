# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.grants import READING, Grant, parse


@tagged("post_install", "-at_install")
class TestGrants(BaseCase):
    """Statements of SHOW GRANTS, as MariaDB 10.11 and MySQL 9.7 write them."""

    def test_privileges(self):
        table = (
            ("GRANT USAGE ON *.* TO `u`@`%`", {"USAGE"}, "*", "*"),
            (
                "GRANT SELECT, TRIGGER ON `ocsweb`.* TO `ocsread`",
                {"SELECT", "TRIGGER"},
                "ocsweb",
                "*",
            ),
            (
                "GRANT SELECT (`ID`, `ON`), UPDATE (`NAME`) ON `a``b`.`hardware` TO x",
                {"SELECT", "UPDATE"},
                "a`b",
                "hardware",
            ),
            (
                "GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION",
                {"ALL PRIVILEGES"},
                "*",
                "*",
            ),
        )
        for statement, privileges, database, name in table:
            with self.subTest(statement):
                expected = Grant(frozenset(privileges), database, name)
                self.assertEqual(parse(statement), expected)

    def test_no_privileges_on_tables(self):
        for statement in (
            "GRANT `ocsread` TO `u`@`%`",
            "GRANT `on`@`%`,`ocsread`@`%` TO `u`@`%` WITH ADMIN OPTION",
            "SET DEFAULT ROLE `ocsread` FOR `u`@`%`",
            "GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION",
            "GRANT EXECUTE ON PROCEDURE `ocsweb`.`clean` TO `u`@`%`",
            "REVOKE SELECT ON `mysql`.* FROM `u`@`%`",
        ):
            with self.subTest(statement):
                self.assertIsNone(parse(statement))

    def test_databases(self):
        for pattern, database, expected in (
            ("*", "ocsweb", True),
            ("ocsweb", "ocsweb", True),
            ("ocs\\_web", "ocs_web", True),
            ("ocs\\_web", "ocsXweb", False),
            ("ocs_web", "ocsXweb", True),
            ("ocs%", "ocsweb", True),
            ("%\\%", "100%", True),
            ("ocsweb", "ocsweb2", False),
            ("o.sweb", "ocsweb", False),
        ):
            with self.subTest(pattern=pattern, database=database):
                grant = Grant(READING, pattern, "*")
                self.assertEqual(grant.covers(database), expected)

    def test_what_is_allowed(self):
        for names, expected in (
            (("SELECT", "TRIGGER"), True),
            (("ALL PRIVILEGES",), True),
            (("SELECT",), False),
        ):
            with self.subTest(names):
                grant = Grant(frozenset(names), "*", "*")
                self.assertEqual(grant.allows("TRIGGER"), expected)
