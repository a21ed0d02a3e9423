# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import secrets
from unittest import mock

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..components import survey_adapter
from .live import LiveCase
from .test_adapter_errors import ConnectionCase


class SurveyMixin:
    """A few computers with all that a survey counts."""

    def survey(self):
        with self.backend.work_on("ocs.computer.binding") as work:
            return work.component(usage="backend.adapter").survey()

    def fill(self):
        names = ("PC-1", "pc-1", "PC-3", "PC-4", "PC-5", "PC-6")
        serials = ("SER4711", "ser4711 ", "To Be Filled By O.E.M.", "", "UNIQUE7")
        tags = ("Paris", "Paris", "Paris", "Lyon", "NA")
        for number, name in enumerate(names, start=1):
            self.insert_computer(number, name)
        self.sql("UPDATE hardware SET LASTDATE = NOW() - INTERVAL 89 DAY")
        self.sql("UPDATE hardware SET LASTDATE = NOW() - INTERVAL 91 DAY WHERE ID = 5")
        for number, (serial, tag) in enumerate(zip(serials, tags, strict=True), 1):
            self.insert("bios", HARDWARE_ID=number, SSN=serial)
            self.insert("accountinfo", HARDWARE_ID=number, TAG=tag)
            self.insert("monitors", HARDWARE_ID=number, CAPTION=f"S{number}")
        self.insert_computer(9, "PC-1", DEVICEID="_SYSTEMGROUP_")

    def assert_found(self, found):
        self.assertEqual(
            {name: found[name] for name in found if name != "utc_offset"},
            {
                "computers": 6,
                "monitors": 5,
                "names": 2,
                "unseen": 1,
                "no_bios": 1,
                "tags": {"number": 3, "top": [["Paris", 3], ["Lyon", 1], ["NA", 1]]},
                "serials": {
                    "missing": 1,
                    "placeholders": 1,
                    "shared": [2, 1, ["SER4711"]],
                },
            },
        )


@tagged("post_install", "-at_install")
class TestSurvey(SurveyMixin, LiveCase):
    """A survey counts what is in OCS."""

    allow_inherited_tests_method = True

    def test_survey(self):
        self.fill()
        self.assert_found(self.survey())

    def test_pages_and_limits(self):
        self.fill()
        with mock.patch.multiple(survey_adapter, PAGE=2, MAX_TAGS=1, MAX_SHARED=1):
            found = self.survey()
        self.assertEqual(found["tags"], {"number": 3, "top": [["Paris", 3]]})
        self.assertEqual(found["serials"]["placeholders"], 1)
        self.assertEqual(found["serials"]["missing"], 1)

    def test_nothing_there(self):
        found = self.survey()
        found.pop("utc_offset")
        self.assertEqual(found.pop("tags"), {"number": 0, "top": []})
        serials = {"missing": 0, "placeholders": 0, "shared": [0, 0, []]}
        self.assertEqual(found.pop("serials"), serials)
        self.assertEqual(set(found.values()), {0})

    def test_only_what_is_imported_is_read(self):
        self.fill()
        self.backend.section_ids = False
        names = {"computers", "names", "unseen", "utc_offset"}
        self.assertEqual(set(self.survey()), names)

    def test_clock_of_the_database(self):
        (row,) = self.sql("SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW()) AS N")
        self.assertEqual(self.survey()["utc_offset"], row["N"])

    def test_shown_after_the_test(self):
        self.fill()
        self.backend.action_test_connection()
        self.assertIn("<td>Computers</td><td>6</td>", self.backend.survey_report)
        self.assertIn("Paris<br>Lyon<br>NA", self.backend.survey_tags)


@tagged("post_install", "-at_install")
class TestSurvey27(TestSurvey):
    schema, version = "7028", "2.7"


@tagged("post_install", "-at_install")
class TestSurvey28(TestSurvey):
    schema, version = "7039", "2.8"


@tagged("post_install", "-at_install")
class TestSurvey29(TestSurvey):
    schema, version = "7049", "2.8"


@tagged("post_install", "-at_install")
class TestSurvey291(TestSurvey):
    schema, version = "7050", "2.9.1"


@tagged("post_install", "-at_install")
class TestSurvey211(TestSurvey):
    schema = "7069"


@tagged("post_install", "-at_install")
class TestSurveyArchived(SurveyMixin, LiveCase):
    """Computers that are archived in OCS are not imported, so they do not count."""

    def test_archived(self):
        self.fill()
        self.insert_computer(7, "PC-1", ARCHIVE=1)
        self.insert("bios", HARDWARE_ID=7, SSN="SER4711")
        self.insert_computer(8, "PC-8", ARCHIVE=1, LASTDATE="2001-01-01 00:00:00")
        self.insert("bios", HARDWARE_ID=8, SSN="Default string")
        self.insert("accountinfo", HARDWARE_ID=7, TAG="Paris")
        self.insert("monitors", HARDWARE_ID=7)
        self.assert_found(self.survey())


@tagged("post_install", "-at_install")
class TestSurveyPrivileges(SurveyMixin, ConnectionCase):
    """What the user may not read is left out."""

    def test_missing_privileges(self):
        self.fill()
        every = {"computers", "monitors", "names", "unseen", "no_bios", "utc_offset"}
        every |= {"tags", "serials"}
        for tables, missing in (
            (("hardware", "bios", "monitors"), {"tags"}),
            (("hardware", "accountinfo", "monitors"), {"serials", "no_bios"}),
            (("hardware", "accountinfo", "bios"), {"monitors"}),
            (("config",), every - {"utc_offset"}),
        ):
            with self.subTest(tables):
                self.use_new_user(
                    *(f"SELECT ON {self.database}.{table}" for table in tables)
                )
                found = self.survey()
                self.assertEqual(set(found), every)
                unknown = {name for name, value in found.items() if value is None}
                self.assertEqual(unknown, missing)


@tagged("post_install", "-at_install")
class TestReaderSql(ConnectionCase):
    """The SQL that the form shows creates a user who can import."""

    def create_reader(self, user):
        """Run the SQL of a new form as an administrator does, and use the account."""
        form = Form(self.env["ocs.backend"])
        form.database, form.user = self.database, user
        password = secrets.token_hex(12)
        text = form.reader_sql.replace("<password>", password)
        quoted = user.replace("`", "``")
        account = f"`{quoted}`@`{self.client_host}`"
        for statement in text.replace("<Odoo host>", self.client_host).splitlines():
            if statement.startswith("CREATE"):
                self.addCleanup(self.sql, f"DROP USER {account}")
            self.sql(statement)
        self.backend.write({"user": user, "password": password, "version": False})

    def test_user_can_import(self):
        self.insert_computer(1, "PC-1")
        self.create_reader(f"reader_{secrets.token_hex(4)}")
        self.backend.section_ids = self.env["ocs.section"].search([])
        notice = self.notice()
        self.assertEqual(notice["type"], "success", notice["message"])
        self.assertIn("has read-only access", notice["message"])
        self.assertNotIn("Not readable", self.backend.survey_report)
        self.import_all()
        self.assertTrue(self.binding(1))

    def test_hostile_names(self):
        self.create_reader(f"reader_{secrets.token_hex(2)}`'\"; --\\")
        self.assertIn("has read-only access", self.notice()["message"])

    def test_nothing_else_can_be_read(self):
        self.create_reader(f"reader_{secrets.token_hex(4)}")
        self.sql("CREATE TABLE operators (ID INT)")
        self.addCleanup(self.sql, "DROP TABLE operators")
        with self.backend.work_on("ocs.backend") as work:
            adapter = work.component(usage="backend.adapter")
            self.assertTrue(adapter.grants())
            with self.assertRaisesRegex(Exception, "operators"):
                adapter._query("SELECT * FROM operators")

    def test_refused_host(self):
        """The message for a refused host has the same statements."""
        with self.backend.work_on("ocs.backend") as work:
            adapter = work.component(usage="backend.adapter")
            message = adapter._describe_error("host_denied", UserError(""))
            for statement in adapter.account_statements():
                self.assertIn(statement, message)
