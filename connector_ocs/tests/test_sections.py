# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from unittest import mock

from odoo.tests import tagged

from ..lib.client import OcsClient
from ..lib.sections import Section
from .common import ocs_monitor
from .live import LiveCase
from .runs import RunCase, RunMixin


def import_all_but(backend, *tables):
    """Let a backend import all sections of a new one, except some."""
    domain = [("table_name", "not in", tables), ("is_default", "=", True)]
    backend.section_ids = backend.env["ocs.section"].search(domain)


@tagged("post_install", "-at_install")
class TestChoice(RunCase):
    """A disabled section keeps its values until it is enabled again."""

    full = {
        "accountinfo": {"TAG": "Paris"},
        "memories": [{"CAPACITY": 8192}],
        "videos": [{"NAME": "Intel UHD 620"}],
        "monitors": [ocs_monitor("CN0ABC123"), ocs_monitor("")],
        "networks": [{"MACADDR": "00:1B:21:AA:BB:01"}],
    }
    empty = {
        "bios": {"SSN": "", "SMODEL": "", "BDATE": ""},
        "accountinfo": {"TAG": ""},
        "memories": [],
        "videos": [],
        "monitors": [],
        "networks": [],
    }
    section_fields = (
        *("serial_no", "ocs_serial", "model", "bios_date", "ocs_tag"),
        *("memory_modules", "graphics", "mac_addresses", "monitor_ids"),
    )

    def setUp(self):
        super().setUp()
        self.ocs[1] = self.machine(1, **self.full)
        self.import_changed()
        self.computer = self.binding(1)
        self.values = self.section_values()
        self.assertTrue(all(self.values.values()))

    def section_values(self):
        self.env.invalidate_all()
        return {name: self.computer[name] for name in self.section_fields}

    def test_disabled_sections_are_not_erased(self):
        """Even if their rows are deleted in OCS and other sections are imported."""
        import_all_but(self.backend, *self.empty)
        self.ocs[1] = self.machine(1, **self.empty)
        self.ocs[1]["hardware"]["NAME"] = "RENAMED"
        self.assertEqual(self.import_changed().changed_count, 1)
        self.assertEqual(self.computer.name, "RENAMED")
        self.assertEqual(self.section_values(), self.values)
        self.computer.action_import_now()
        self.assertEqual(self.section_values(), self.values)

    def test_disabling_is_no_change(self):
        import_all_but(self.backend, *self.empty)
        self.assertEqual(self.import_changed().job_count, 0)
        self.ocs[1] = self.machine(1, **self.empty)
        self.assertEqual(self.import_changed().job_count, 0)

    def test_enabled_again_without_changes(self):
        import_all_but(self.backend, *self.empty)
        self.ocs[1]["hardware"]["NAME"] = "RENAMED"
        self.import_changed()
        import_all_but(self.backend)
        self.assertEqual(self.import_changed().job_count, 0)

    def test_enabled_again_with_changes(self):
        import_all_but(self.backend, *self.empty)
        self.ocs[1] = self.machine(1, **self.empty)
        self.import_changed()
        import_all_but(self.backend)
        run = self.import_changed()
        self.assertEqual(run.job_count, 1)
        self.assertEqual(set(run.sections), set(self.empty))
        self.assertFalse(any(self.section_values().values()))

    def test_enabled_for_the_first_time(self):
        import_all_but(self.backend, "accountinfo")
        self.ocs[2] = self.machine(2)
        self.import_changed()
        self.assertFalse(self.binding(2).ocs_tag)
        import_all_but(self.backend)
        self.import_changed()
        self.assertEqual(self.binding(2).ocs_tag, "Paris")

    def test_disabled_monitors_stay_attached(self):
        """Even those that another computer reports."""
        import_all_but(self.backend, "monitors")
        self.ocs[1]["monitors"] = []
        self.ocs[2] = self.machine(2, monitors=[ocs_monitor("CN0ABC123")])
        self.import_changed(force=True)
        self.assertEqual(len(self.computer.monitor_ids), 2)
        self.assertFalse(self.binding(2).monitor_ids)


class SectionCase(RunMixin, LiveCase):
    """Computers with rows in every section of a real OCS database."""

    def setUp(self):
        super().setUp()
        for number in (1, 2):
            self.insert_computer(number, f"PC-{number}")
            self.insert("bios", HARDWARE_ID=number, SSN=f"5CG000{number}", SMODEL="X")
            self.insert("accountinfo", HARDWARE_ID=number, TAG="Paris")
            self.insert("memories", HARDWARE_ID=number, CAPACITY=8192)
            self.insert("videos", HARDWARE_ID=number, NAME="Intel UHD 620")
            self.insert("monitors", HARDWARE_ID=number, SERIAL=f"CN0ABC12{number}")
            self.insert("networks", HARDWARE_ID=number, MACADDR="00:1B:21:AA:BB:01")
        self.import_changed()
        self.computer = self.binding(1)
        self.assertEqual(self.computer.memory_modules, "1x8192MB")

    @contextmanager
    def without_column(self, table, column):
        self.sql(f"ALTER TABLE {table} RENAME COLUMN {column} TO AWAY")
        try:
            yield
        finally:
            self.sql(f"ALTER TABLE {table} RENAME COLUMN AWAY TO {column}")

    @contextmanager
    def statements(self):
        """Yield a list of the SQL statements that OCS receives."""
        query, found = OcsClient.query, []

        def spy(client, sql, parameters=()):
            found.append(sql)
            return query(client, sql, parameters)

        with mock.patch.object(OcsClient, "query", spy):
            yield found

    def tables_read(self, statements):
        words = " ".join(statements).replace(",", " ").split()
        following = zip(words, words[1:], strict=False)
        return {second for first, second in following if first == "FROM"}


@tagged("post_install", "-at_install")
class TestReading(SectionCase):
    """Tables that are read from OCS."""

    def test_enabled_sections_are_read(self):
        with self.statements() as statements:
            self.import_changed(force=True)
        self.assertLessEqual(
            {"bios", "accountinfo", "memories", "videos", "monitors", "networks"}
            | {"cpus", "storages", "drives", "batteries"},
            self.tables_read(statements),
        )

    def test_disabled_sections_are_not_read(self):
        import_all_but(
            self.backend,
            *("bios", "accountinfo", "memories", "videos", "monitors", "networks"),
            *("cpus", "storages", "drives", "batteries"),
        )
        self.sql("UPDATE hardware SET NAME = 'RENAMED'")
        with self.statements() as statements:
            self.backend.action_test_connection()
            self.import_changed()
            self.computer.action_import_now()
        self.assertEqual(self.computer.name, "RENAMED")
        own = {"deleted_equiv", "blacklist_serials", "blacklist_macaddresses"}
        own |= {"information_schema.TABLES", "(SELECT"}
        self.assertEqual(self.tables_read(statements) - own, {"config", "hardware"})

    def test_disabled_section_is_not_read_for_matching(self):
        """Serial numbers are not matched when their section is disabled."""
        import_all_but(self.backend, "bios")
        self.sql("DELETE FROM hardware WHERE ID = 1")
        self.import_changed()
        self.insert_computer(3, "PC-3", DEVICEID="PC-1-2024-01-15-10-00-01")
        with self.statements() as statements:
            self.import_changed()
        self.assertEqual(self.computer.external_id, 3)
        self.assertNotIn("bios", self.tables_read(statements))

    def test_disabled_section_may_be_missing(self):
        import_all_but(self.backend, "videos")
        self.sql("RENAME TABLE videos TO away")
        try:
            self.sql("UPDATE hardware SET NAME = 'RENAMED'")
            self.assertEqual(self.import_changed().state, "done")
        finally:
            self.sql("RENAME TABLE away TO videos")
        self.assertEqual(self.computer.name, "RENAMED")
        self.assertEqual(self.computer.graphics, "Intel UHD 620")


@tagged("post_install", "-at_install")
class TestProblems(SectionCase):
    """A section with a problem is reported, and does not stop others."""

    def test_missing_column_of_a_single_row(self):
        """The other columns are imported."""
        with self.without_column("bios", "SSN"):
            self.sql("UPDATE bios SET SMODEL = 'Y'")
            run = self.import_changed()
            self.assertIn("OCS lacks SSN in the table bios", run.warnings)
            self.assertEqual(run.warnings, self.backend.section_report)
            self.assertEqual(self.computer.model, "Y")
            self.assertEqual(self.computer.ocs_serial, "5CG0001")
            self.assertEqual(self.computer.serial_no, "5CG0001")
            self.assertEqual(self.import_changed().job_count, 0)
        run = self.import_changed()
        self.assertFalse(run.warnings or self.backend.section_report)
        self.assertEqual(self.computer.serial_no, "5CG0001")
        self.assertEqual(self.import_changed().job_count, 0)

    def test_missing_column_of_a_list(self):
        """The imported rows are kept, because they cannot be distinguished."""
        with self.without_column("memories", "CAPACITY"):
            self.sql("UPDATE hardware SET NAME = 'RENAMED'")
            run = self.import_changed()
            self.assertIn("OCS lacks CAPACITY in the table memories", run.warnings)
            self.assertEqual(self.computer.name, "RENAMED")
            self.assertEqual(self.computer.memory_modules, "1x8192MB")
            self.sql("UPDATE memories SET AWAY = 4096")
            self.assertEqual(self.import_changed().job_count, 0)
        self.assertEqual(self.import_changed().sections, {"memories": 2})
        self.assertEqual(self.computer.memory_modules, "1x4096MB")

    def test_missing_column_of_an_upgrade(self):
        """Without hardware.ARCHIVE, nothing is archived, but all else is imported."""
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 1")
        with self.without_column("hardware", "ARCHIVE"):
            for _time in range(2):
                run = self.import_changed()
                self.assertEqual(run.state, "done", run.message)
                self.assertIn("OCS lacks ARCHIVE in the table hardware", run.warnings)
            self.assertEqual(run.job_count, 0)
            self.assertEqual(self.computer.name, "RENAMED")
            run = self.import_changed(force=True)
            self.assertFalse(self.jobs("failed"))
        run = self.import_changed()
        self.assertEqual((run.state, run.warnings or ""), ("done", ""))
        self.assertEqual(self.import_changed().job_count, 0)

    def test_missing_column_of_monitors(self):
        with self.without_column("monitors", "SERIAL"):
            self.import_changed(force=True)
        self.assertEqual(len(self.computer.monitor_ids), 1)

    @contextmanager
    def digest_fails(self, *tables):
        """Make the function that computes digests fail in OCS's database."""
        row_digest = Section.row_digest.fget

        def broken(section):
            digest = row_digest(section)
            return f"NO_SUCH_{digest}" if section.table in tables else digest

        with mock.patch.object(Section, "row_digest", property(broken)):
            yield

    def test_digest_that_cannot_be_computed(self):
        """The section is read instead, with the same result."""
        tables = ("hardware", "bios", "memories", "videos", "monitors")
        with self.digest_fails(*tables):
            run = self.import_changed()
            self.assertEqual(run.job_count, 0)
            self.assertEqual(len(run.warnings.splitlines()), 1)
            names = f"the digest of the table {', '.join(tables)}, so"
            for part in (names, "NO_SUCH_LEFT", "lacks a function", "COMPONENT"):
                self.assertIn(part, run.warnings)
            self.sql("UPDATE memories SET CAPACITY = 4096 WHERE HARDWARE_ID = 1")
            run = self.import_changed()
            self.assertEqual((run.job_count, run.sections), (1, {"memories": 1}))
            self.assertEqual(self.computer.memory_modules, "1x4096MB")
        run = self.import_changed()
        self.assertEqual(run.job_count, 0)
        self.assertFalse(run.warnings)

    def test_column_of_any_charset(self):
        """Digests do not depend on collations: no error, and no false change."""
        for charset in ("latin1", "utf8mb4 COLLATE utf8mb4_bin", "utf16", "binary"):
            with self.subTest(charset):
                self.sql(
                    "ALTER TABLE accountinfo MODIFY TAG VARCHAR(200)"
                    f" CHARACTER SET {charset}"
                )
                self.sql("UPDATE accountinfo SET TAG = 'Orléans'")
                self.assertEqual(self.import_changed().state, "done")
                self.assertFalse(self.backend.section_report)
                self.assertEqual(self.import_changed().job_count, 0)
