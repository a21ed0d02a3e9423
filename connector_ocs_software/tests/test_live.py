# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from odoo.tests import tagged

from odoo.addons.connector_ocs.lib.sections import Section
from odoo.addons.connector_ocs.tests.live import LiveCase
from odoo.addons.connector_ocs.tests.runs import RunMixin

from .common import SoftwareMixin

SOFTWARE_TABLES = {
    "software",
    "software_name",
    "software_publisher",
    "software_version",
    "softwares",
}


class LiveSoftwareCase(SoftwareMixin, RunMixin, LiveCase):
    """Test case with computers that have software in a real OCS database."""

    def setUp(self):
        super().setUp()
        if "softwares" not in self.tables:
            for table in ("publisher", "version"):
                self.insert(f"software_{table}", **{"ID": 1, table: "Unavailable"})

        self.addCleanup(self.empty_software)

    def empty_software(self):
        for table in SOFTWARE_TABLES & self.tables:
            self.sql(f"DELETE FROM {table}")

    def insert_software(self, external_id, name, version="", publisher="", **columns):
        """Insert a row as OCS does in this schema."""
        if "softwares" in self.tables:
            table = "softwares"
            texts = {"NAME": name, "VERSION": version, "PUBLISHER": publisher}
        else:
            table = "software"
            texts = {
                "NAME_ID": self.number("NAME", name),
                "VERSION_ID": self.number("VERSION", version) if version else 1,
                "PUBLISHER_ID": self.number("PUBLISHER", publisher) if publisher else 1,
            }
        return self.insert(table, HARDWARE_ID=external_id, **texts, **columns)

    def number(self, column, text):
        table = f"software_{column.lower()}"
        rows = self.sql(f"SELECT ID FROM {table} WHERE {column} = %s", text)
        return rows[0]["ID"] if rows else self.insert(table, **{column: text})

    def adapter_rows(self, external_id):
        with self.backend.work_on("ocs.computer.binding") as work:
            adapter = work.component(usage="backend.adapter")
            return adapter.read(external_id)["software"]


class GenerationMixin:
    """Tests for every schema of OCS."""

    allow_inherited_tests_method = True

    @property
    def table(self):
        return "softwares" if "softwares" in self.tables else "software"

    def insert_two(self):
        for number in (1, 2):
            self.insert_computer(number, f"PC-{number}")
            date = "2026-01-15 10:00:00"
            self.insert_software(
                number, "Firefox", "125.0", "Mozilla", INSTALLDATE=date
            )
            self.insert_software(number, "bash")

    def test_read(self):
        self.insert_two()
        wanted = ("NAME", "PUBLISHER", "VERSION", "INSTALLDATE")
        found = [
            tuple(row[column] for column in wanted) for row in self.adapter_rows(1)
        ]
        self.assertEqual(
            found,
            [
                ("Firefox", "Mozilla", "125.0", datetime(2026, 1, 15, 10)),
                ("bash", "", "", ""),
            ],
        )

    def test_import(self):
        self.insert_two()
        self.assertEqual(self.import_changed().job_count, 2)
        self.assertEqual(
            self.software(self.binding(1).odoo_id),
            [("Firefox", "Mozilla", "125.0"), ("bash", "", "")],
        )
        self.assertEqual(self.title("Firefox").computer_count, 2)
        self.assertEqual(self.import_changed().job_count, 0)

    def test_inventory_that_changes_nothing(self):
        """OCS deletes and inserts all rows, with other IDs and in another order."""
        self.insert_two()
        self.import_changed()
        self.sql(f"DELETE FROM {self.table}")
        for number in (1, 2):
            self.insert_software(number, "bash")
            self.insert_software(number, "Firefox", "125.0", "Mozilla")
        self.assertEqual(self.import_changed().job_count, 0)

    def test_changes(self):
        self.insert_two()
        self.import_changed()
        self.insert_software(2, "bash", "5.2")
        run = self.import_changed()
        self.assertEqual((run.job_count, run.sections), (1, {"software": 1}))
        self.assertIn("Software", run.changed_sections)
        self.assertEqual(self.binding(2).odoo_id.ocs_software_count, 3)
        self.assertEqual(self.binding(1).odoo_id.ocs_software_count, 2)

    def test_digest_that_ocs_cannot_compute(self):
        self.insert_two()
        self.import_changed()
        row_digest = Section.row_digest.fget

        def broken(section):
            digest = row_digest(section)
            return f"NO_SUCH_{digest}" if section.table == "software" else digest

        with mock.patch.object(Section, "row_digest", property(broken)):
            run = self.import_changed()
            self.assertEqual(run.job_count, 0)
            self.assertIn(
                "OCS cannot compute the digest of the table software", run.warnings
            )

    def test_digest_of_very_many_rows(self):
        """The digest covers all rows, including the last one."""
        self.insert_computer(1)
        for _round in range(2000):
            last = self.insert_software(1, "bash")
        self.import_changed()
        self.assertEqual(self.binding(1).odoo_id.ocs_software_count, 1)
        self.sql(f"DELETE FROM {self.table} WHERE ID = {last}")
        self.assertEqual(self.import_changed().job_count, 1)

    def test_missing_texts_and_zero_dates(self):
        self.insert_computer(1)
        self.insert_software(1, "Zero", INSTALLDATE="0000-00-00 00:00:00")
        row = self.insert_software(1, "Nameless")
        if self.table == "softwares":
            texts = "NAME = NULL, PUBLISHER = NULL, VERSION = NULL"
        else:
            texts = "NAME_ID = 99, PUBLISHER_ID = 99, VERSION_ID = 0"
        self.sql(f"UPDATE {self.table} SET {texts} WHERE ID = {row}")
        self.import_changed()
        self.assertEqual(self.software(self.binding(1).odoo_id), [("Zero", "", "")])

    def test_rows_without_computer(self):
        self.insert_software(99, "bash")
        self.import_changed()
        self.assertIn("software", self.issue(99).message)

    def need_change_log(self):
        if "ocs.change.log.wizard" not in self.env:
            self.skipTest("The change log is not installed.")

    def test_triggers_do_not_watch_it(self):
        self.need_change_log()
        with self.backend.work_on("ocs.backend") as work:
            watched = work.component(usage="change.log").sections()
        tables = {table for table, _columns, _key in watched}
        self.assertIn("bios", tables)
        self.assertFalse(tables & SOFTWARE_TABLES)

    @contextmanager
    def renamed(self, change, back):
        self.sql(change)
        try:
            yield
        finally:
            self.sql(back)

    def test_missing_column(self):
        """The section is skipped with a warning, and its imported data stays."""
        self.insert_two()
        self.import_changed()
        column = "VERSION" if self.table == "softwares" else "VERSION_ID"
        with self.renamed(
            f"ALTER TABLE {self.table} RENAME COLUMN {column} TO AWAY",
            f"ALTER TABLE {self.table} RENAME COLUMN AWAY TO {column}",
        ):
            run = self.import_changed(force=True)
            self.assertIn(f"OCS lacks {column} in the table software", run.warnings)
            self.assertEqual(self.binding(1).odoo_id.ocs_software_count, 2)
        self.assertEqual(self.import_changed().job_count, 0)


@tagged("post_install", "-at_install")
class TestSchema7028(GenerationMixin, LiveSoftwareCase):
    """OCS 2.7, with texts in each row."""

    schema, version = "7028", "2.7"


@tagged("post_install", "-at_install")
class TestSchema7039(GenerationMixin, LiveSoftwareCase):
    """OCS 2.8.1, with texts in separate tables."""

    schema, version = "7039", "2.8"


@tagged("post_install", "-at_install")
class TestSchema7081(GenerationMixin, LiveSoftwareCase):
    """Newest supported schema, with the parts of versions (since 7073)."""

    def test_texts_that_cannot_be_read(self):
        """A missing privilege on one of the tables stops the run with a message."""
        with self.renamed(
            "RENAME TABLE software_publisher TO away",
            "RENAME TABLE away TO software_publisher",
        ):
            run = self.import_changed()
            self.assertEqual(run.state, "failed")
            self.assertIn("software_publisher", run.message)
            self.backend.section_ids -= self.section
            self.assertEqual(self.import_changed().state, "done")

    def test_change_log_is_acknowledged(self):
        """A change is acknowledged only when the software is imported as well."""
        self.need_change_log()
        self.insert_computer(1, "PC-1")
        self.import_changed()
        self.assertEqual(self.acknowledged(), {1})
        self.insert_software(1, "bash")
        self.assertEqual(self.acknowledged(), set())
        self.assertEqual(self.import_changed().sections, {"software": 1})
        self.assertEqual(self.acknowledged(), {1})

    def acknowledged(self):
        """Return whether the changes of the first computer are processed: {1} if so."""
        from odoo.addons.connector_ocs_change_log.lib.change_log_acknowledger import (
            ChangeAcknowledger,
        )

        with self.backend.work_on("ocs.computer.binding") as work:
            acknowledger = ChangeAcknowledger(work)
            acknowledger._log = mock.MagicMock()
            return acknowledger._processed({1})
