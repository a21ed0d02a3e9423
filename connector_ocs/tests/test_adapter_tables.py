# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from odoo.tests import tagged

from .test_adapter_errors import TABLES, ConnectionCase


@tagged("post_install", "-at_install")
class TestTables(ConnectionCase):
    """Databases that do not match their schema version."""

    @contextmanager
    def _without_table(self, table):
        self.sql(f"RENAME TABLE {table} TO away")
        try:
            yield
        finally:
            self.sql(f"RENAME TABLE away TO {table}")

    @contextmanager
    def _without_column(self, table, column):
        self.sql(f"ALTER TABLE {table} RENAME COLUMN {column} TO AWAY")
        try:
            yield
        finally:
            self.sql(f"ALTER TABLE {table} RENAME COLUMN AWAY TO {column}")

    def _set_version(self, number):
        change = "UPDATE config SET TVALUE = %s WHERE NAME = 'GUI_VERSION'"
        self.sql(change, number)
        self.addCleanup(self.sql, change, self.schema)

    def test_missing_table(self):
        for table in (*TABLES, "networks"):
            with self.subTest(table=table), self._without_table(table):
                self.assert_error(
                    f"is missing in {self.database}", table, "open the OCS console"
                )

    def test_missing_column_of_hardware(self):
        with self._without_column("hardware", "OSNAME"):
            self.assert_error(
                f"is missing in {self.database}", "OSNAME", "open the OCS console"
            )

    def test_missing_column_of_a_section_is_named(self):
        for table, column in (("bios", "SSN"), ("videos", "NAME")):
            with self.subTest(table=table), self._without_column(table, column):
                notice = self.notice()
                self.assertEqual(notice["type"], "warning")
                for part in (table, column, "open the OCS console"):
                    self.assertIn(part.lower(), notice["message"].lower())
        self.assertEqual(self.notice()["type"], "success")

    def test_missing_optional_table(self):
        self.insert_computer(1, "PC-1")
        for table in ("cpus", "storages", "drives", "batteries"):
            with self.subTest(table=table), self._without_table(table):
                notice = self.notice()
                self.assertEqual(notice["type"], "warning")
                self.assertIn(f"The table {table} is skipped", notice["message"])
                self.import_all()
                self.assertTrue(self.binding(1))
        self.assertEqual(self.notice()["type"], "success")

    def test_newer_schema_works_with_a_warning(self):
        self._set_version("7999")
        notice = self.notice()
        self.assertEqual(notice["type"], "warning")
        self.assertTrue(notice["sticky"])
        self.assertIn("newer than the newest one tested (7081)", notice["message"])
        self.assertEqual(self.backend.version, "2.9.1")
        self.insert_computer(1, "PC-1")
        self.import_all()
        self.assertEqual(self.binding(1).name, "PC-1")

    def test_invalid_schema_number(self):
        for number in ("", "unknown", None, "²", "٣", "9" * 20, "-1", "7081.5"):
            with self.subTest(number=number):
                self._set_version(number)
                self.assert_error(
                    "The OCS version of the database", "Open the OCS console"
                )

    def test_missing_schema_number(self):
        self.sql("DELETE FROM config WHERE NAME = 'GUI_VERSION'")
        self.addCleanup(
            self.sql,
            "INSERT INTO config (NAME, TVALUE) VALUES ('GUI_VERSION', %s)",
            self.schema,
        )
        self.assert_error("The OCS version of the database", "Open the OCS console")

    def test_version_is_updated_after_an_upgrade_of_ocs(self):
        self.backend.version = "2.7"
        self.insert_computer(1, "PC-1", ARCHIVE=1)
        self.import_all()
        self.assertEqual(self.backend.version, "2.9.1")
        self.assertEqual(self.issue(1).reason, "archived")

    def test_groups_are_not_counted(self):
        for external_id in (1, 2, 3):
            self.insert_computer(external_id)
        self.insert_computer(4, ARCHIVE=1)
        self.insert_computer(5, DEVICEID="_SYSTEMGROUP_")
        self.insert_computer(6, DEVICEID="_DOWNLOADGROUP_")
        self.assertIn("4 computers", self.notice()["message"])
