# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from unittest import mock

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from ..lib.schema import NEWEST_TESTED
from .common import OcsCase, ocs_computer

SUMMER, WINTER = datetime(2026, 7, 1, 12), datetime(2026, 1, 1, 12)


@tagged("post_install", "-at_install")
class TestSetup(OcsCase):
    """A new backend shows the next step, as a consequence of what has been done."""

    def setUp(self):
        super().setUp()
        self.backend.version = False

    def step(self):
        self.env.invalidate_all()
        return self.backend.setup_step

    def test_steps(self):
        self.assertEqual(self.step(), "connect")
        self.backend.action_test_connection()
        self.assertEqual(self.step(), "review")
        run = self.start_run()
        self.assertEqual(self.step(), "review")
        run._close()
        self.assertEqual(self.step(), "schedule")
        self.backend.action_import_automatically()
        self.assertTrue(self.backend.import_automatically)
        self.assertFalse(self.step())

    def test_automatic_import_may_be_declined(self):
        self.backend.action_test_connection()
        self.start_run()._close()
        self.backend.action_decline_schedule()
        self.assertFalse(self.step())
        self.assertFalse(self.backend.import_automatically)

    def test_cancelled_run_is_no_import(self):
        self.backend.action_test_connection()
        self.start_run()._close("cancelled")
        self.assertEqual(self.step(), "review")

    def test_old_runs_are_deleted(self):
        self.backend.action_test_connection()
        self.import_computer(1, ocs_computer())
        self.assertFalse(self.backend.run_ids)
        self.assertEqual(self.step(), "schedule")

    def test_copy_starts_again(self):
        self.backend.action_test_connection()
        self.backend.action_decline_schedule()
        copy = self.backend.copy({"version": False})
        self.assertEqual(copy.setup_step, "connect")
        copy.action_test_connection()
        self.assertEqual(copy.setup_step, "review")

    def test_archived_backend_needs_no_setup(self):
        self.backend.active = False
        self.assertFalse(self.step())

    def test_only_managers_proceed(self):
        user = new_test_user(self.env, "reads", groups="connector_ocs.group_ocs_user")
        backend = self.backend.with_user(user)
        self.assertEqual(backend.setup_step, "connect")
        for action in ("import_automatically", "decline_schedule"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(backend, f"action_{action}")()


@tagged("post_install", "-at_install")
class TestSetupForm(OcsCase):
    """A form that is being filled in already says what matters."""

    def test_sql_is_filled_in(self):
        form = Form(self.env["ocs.backend"])
        self.assertIn("`odoo_reader`@`<Odoo host>`", form.reader_sql)
        self.assertIn("`ocsweb`.hardware", form.reader_sql)
        form.user, form.database = "o`r'; DROP", "o`cs"
        self.assertIn("`o``r'; DROP`@`<Odoo host>`", form.reader_sql)
        self.assertIn("GRANT SELECT ON `o``cs`.hardware TO `o``r", form.reader_sql)
        form.database = ""
        self.assertFalse(form.reader_sql)

    def test_sql_covers_sections_that_may_be_selected_later(self):
        form = Form(self.env["ocs.backend"])
        form.section_ids.clear()
        for section in self.env["ocs.section"].search([]):
            self.assertIn(f".{section.table_name} TO", form.reader_sql)

    def test_sql_is_gone_once_connected(self):
        self.assertTrue(self.backend.version)
        self.assertFalse(self.backend.reader_sql)

    def test_same_database_is_named_at_once(self):
        form = Form(self.env["ocs.backend"])
        form.host = self.backend.host.upper()
        self.assertIn(self.backend.name, form.same_database_report)
        form.database = "another"
        self.assertFalse(form.same_database_report)
        form.database = self.backend.database
        self.assertTrue(form.same_database_report)
        form.port = 3307
        self.assertFalse(form.same_database_report)

    def test_same_server_is_named_once_connected(self):
        self.backend.action_test_connection()
        other = self.backend.copy({"host": "alias.invalid"})
        self.assertFalse(other.same_database_report)
        message = other.action_test_connection()["params"]["message"]
        self.assertIn(f"also imported by {self.backend.name}", message)
        self.assertTrue(other.same_database_report)

    def test_server_may_change_before_the_first_run(self):
        self.backend.action_test_connection()
        self.server = {**self.server, "server": "another"}
        self.backend.action_test_connection()
        self.assertEqual(self.backend.server_identity["servers"], ["another"])

    def test_server_is_left_to_runs_later(self):
        self.backend.action_test_connection()
        self.start_run()._close()
        self.server = {**self.server, "server": "another"}
        self.backend.action_test_connection()
        self.assertEqual(self.backend.server_identity["servers"], ["a-uuid"])


@tagged("post_install", "-at_install")
class TestSurveyReport(OcsCase):
    """What was found in OCS is shown in words."""

    def setUp(self):
        super().setUp()
        self.survey = {
            "computers": 195,
            "monitors": 1240,
            "names": 4,
            "unseen": 7,
            "no_bios": 3,
            "utc_offset": 7200,
            "tags": {"number": 2, "top": [["Paris", 12], ["<b>NA", 3]]},
            "serials": {"missing": 8, "placeholders": 9, "shared": [5, 2, ["A1", "B"]]},
        }
        self.set_clock(SUMMER)
        self.backend.tz = "Europe/Paris"

    def set_clock(self, now):
        patcher = mock.patch.object(fields.Datetime, "now", return_value=now)
        patcher.start()
        self.addCleanup(patcher.stop)

    def report(self):
        self.backend.action_test_connection()
        return self.backend.survey_report

    def test_numbers(self):
        for part in (
            f"2.12.4 (schema {NEWEST_TESTED})",
            "<td>Computers</td><td>195</td>",
            "<td>Monitors</td><td>1,240</td>",
            ">without serial number</span></td><td>8</td>",
            ">with a placeholder as serial number</span></td><td>9</td>",
            ">with a shared serial number</span></td><td>5, such as A1, B<",
            ">with a shared name</span></td><td>4</td>",
            ">without BIOS data</span></td><td>3</td>",
            ">without inventory for 90 days</span></td><td>7</td>",
        ):
            self.assertIn(part, self.report())

    def test_tags_and_their_computers(self):
        self.backend.action_test_connection()
        self.assertIn("Paris<br>&lt;b&gt;NA</td>", self.backend.survey_tags)
        self.assertIn("12<br>3</td>", self.backend.survey_tags)
        self.assertNotIn("more", self.backend.survey_tags)
        self.survey["tags"]["number"] = 60
        self.backend.action_test_connection()
        self.assertIn("and 58 more", self.backend.survey_tags)

    def test_no_tags(self):
        self.survey["tags"] = {"number": 0, "top": []}
        self.backend.action_test_connection()
        self.assertFalse(self.backend.survey_tags)

    def test_time_zone(self):
        self.assertIn("UTC+02:00, as set below", self.report())
        self.set_clock(WINTER)
        self.assertIn("Europe/Paris is UTC+01:00", self.report())
        self.backend.tz = "UTC"
        self.assertIn("UTC+02:00, but UTC is UTC.", self.backend.survey_report)
        self.survey["utc_offset"] = -12602  # read just after the full second
        self.backend.tz = "America/St_Johns"
        self.assertIn("UTC-03:30, as set below", self.report())

    def test_not_readable(self):
        self.survey = dict.fromkeys(self.survey)
        self.assertEqual(self.report().count("Not readable"), 9)
        self.assertIn("Not readable", self.backend.survey_tags)

    def test_what_is_not_imported_is_not_surveyed(self):
        for name in ("monitors", "tags", "serials", "no_bios"):
            del self.survey[name]
        report = self.report()
        for word in ("Monitors</td>", "serial", "BIOS", "Not readable"):
            self.assertNotIn(word, report)
        self.assertFalse(self.backend.survey_tags)

    def test_sections_that_are_not_selected(self):
        every = self.env["ocs.section"].search([])
        self.backend.section_ids = every
        self.assertNotIn("not selected", self.report())
        monitors = every.filtered(lambda each: each.table_name == "monitors")
        self.backend.section_ids -= monitors
        line = f"<td>Sections not selected</td><td>{monitors.name}</td>"
        self.assertIn(line, self.backend.survey_report)

    def test_before_the_first_test(self):
        self.assertFalse(self.backend.survey_report)
        self.assertFalse(self.backend.survey_tags)
