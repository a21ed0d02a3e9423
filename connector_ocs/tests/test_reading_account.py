# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .live import ROWS
from .reading import ReadingCase


@tagged("post_install", "-at_install")
class TestReadingAccount(ReadingCase):
    """The privileges that Odoo names are exactly those that it uses."""

    def setUp(self):
        super().setUp()
        for table in ("deleted_equiv", "hardware"):
            self.addCleanup(self.sql, f"DELETE FROM {table}")

    def fill(self, first):
        """Insert two computers with a row in each section."""
        for number in (first, first + 1):
            for table, columns in ROWS.items():
                key = "ID" if table == "hardware" else "HARDWARE_ID"
                self.insert(table, **{key: number, **columns})

    def everything(self):
        """Import, after computers were added, changed, merged and removed."""
        self.backend.action_test_connection()
        self.fill(1)
        self.import_all()
        self.sql("UPDATE bios SET SSN = 'OTHER'")
        self.insert("deleted_equiv", DELETED=1, EQUIVALENT=3)
        self.sql("DELETE FROM hardware WHERE ID = 1")
        self.fill(3)
        self.import_all()
        self.backend.with_context(queue_job__no_delay=True).action_import_all()

    def test_named_privileges_are_enough(self):
        tables = self.named()
        self.use_new_user(*(f"SELECT ON {self.database}.{each}" for each in tables))
        notice = self.backend.action_test_connection()["params"]
        self.assertEqual(notice["type"], "success")
        self.everything()
        self.assertFalse(self.backend.last_error)
        self.assertFalse(self.backend.last_run_id.warnings)
        self.assertIn("blacklists contain", self.backend.blacklist_report)

    def test_each_of_them_is_used(self):
        self.assertEqual(sorted(self.used(self.everything)), self.named())

    def test_only_selected_sections(self):
        self.backend.section_ids = self.env["ocs.section"].search(
            [("table_name", "=", "bios")]
        )
        self.assertIn("bios", self.named())
        self.assertNotIn("networks", self.named())

    def test_documentation_names_them(self):
        self.assertEqual(self.documented(), self.named())
        self.assertNotRegex(self.documentation(), "GRANT.*TRIGGER")

    def test_before_the_first_test_of_the_connection(self):
        known = self.named()
        self.backend.version = False
        self.assertEqual(self.named(), known)
