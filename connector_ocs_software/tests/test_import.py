# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.tests import tagged

from ..lib.installed import Installed as Row
from .common import BASH, FIREFOX, SoftwareCase, ocs_software

TABLES = ("ocs_software", "ocs_software_version", "ocs_software_installation")


@tagged("post_install", "-at_install")
class TestImport(SoftwareCase):
    """Import of the software of an asset."""

    def rows_written(self):
        """Return the physical locations of all rows, which change on each write."""
        rows = set()
        for table in (*TABLES, "ocs_computer_binding", "maintenance_equipment"):
            self.env.flush_all()
            self.env.cr.execute(f"SELECT %s, id, ctid::text FROM {table}", [table])
            rows.update(self.env.cr.fetchall())
        return rows

    def test_first_import(self):
        asset = self.import_software(1, FIREFOX, BASH)
        self.assertEqual(
            self.software(asset),
            [("Firefox", "Mozilla", "125.0"), ("bash", "", "5.2.15-2+b2")],
        )
        dates = asset.ocs_installation_ids.mapped("install_date")
        self.assertEqual([str(date) for date in dates if date], ["2026-01-15"])
        self.assertEqual(asset.ocs_software_count, 2)
        self.assertEqual(
            self.title("bash").version_ids.display_name, "bash 5.2.15-2+b2"
        )

    def test_second_import_writes_nothing(self):
        """Neither a normal nor a forced import writes."""
        self.import_software(1, FIREFOX, BASH)
        before = self.rows_written()
        self.import_software(1, BASH, FIREFOX, force=True)
        self.import_software(1, FIREFOX, BASH)
        self.assertEqual(self.rows_written(), before)

    def test_changes(self):
        asset = self.import_software(1, FIREFOX, BASH)
        kept = asset.ocs_installation_ids.filtered(
            lambda installation: installation.software_id.name == "bash"
        )
        self.import_software(1, dict(FIREFOX, VERSION="126.0"), BASH, ocs_software("x"))
        self.assertEqual(
            self.software(asset),
            [
                ("Firefox", "Mozilla", "126.0"),
                ("bash", "", kept.version),
                ("x", "", ""),
            ],
        )
        self.assertIn(kept, asset.ocs_installation_ids)
        self.assertEqual(asset.ocs_software_count, 3)

    def test_all_removed(self):
        asset = self.import_software(1, FIREFOX, BASH)
        self.import_software(1)
        self.assertFalse(asset.ocs_installation_ids)

    def test_changed_date(self):
        asset = self.import_software(1, FIREFOX)
        installation = asset.ocs_installation_ids
        date = datetime(2026, 2, 1)
        self.import_software(1, dict(FIREFOX, INSTALLDATE=date), force=True)
        self.assertEqual(asset.ocs_installation_ids, installation)
        self.assertEqual(str(installation.install_date), "2026-02-01")
        self.import_software(1, dict(FIREFOX, INSTALLDATE=""), force=True)
        self.assertFalse(installation.install_date)

    def test_titles_are_shared(self):
        first = self.import_software(1, FIREFOX, BASH)
        second = self.import_software(2, dict(FIREFOX, VERSION="126.0"), BASH)
        self.assertEqual(
            first.ocs_installation_ids.software_id,
            second.ocs_installation_ids.software_id,
        )
        self.assertEqual(len(self.title("Firefox").version_ids), 2)
        self.assertEqual(len(self.title("bash").version_ids), 1)

    def test_case_and_spaces_are_ignored(self):
        self.import_software(1, FIREFOX)
        rows = [
            ocs_software("FIREFOX", "125.0", "mozilla"),
            ocs_software("firefox ", "125.0", "Mozilla"),
            ocs_software("Fire  fox", "1.0A"),
            ocs_software("Fire fox", "1.0a"),
        ]
        asset = self.import_software(2, *rows)
        self.assertEqual(len(asset.ocs_installation_ids), 2)
        self.assertIn(self.title("Firefox"), asset.ocs_installation_ids.software_id)

    def test_publishers_distinguish_titles(self):
        asset = self.import_software(1, FIREFOX, dict(FIREFOX, PUBLISHER=""))
        self.assertEqual(len(asset.ocs_installation_ids.software_id), 2)

    def test_same_version_twice_is_one(self):
        """The earliest known date counts."""
        later = dict(FIREFOX, INSTALLDATE=datetime(2026, 3, 1))
        asset = self.import_software(1, later, dict(FIREFOX, INSTALLDATE=""), FIREFOX)
        self.assertEqual(asset.ocs_software_count, 1)
        self.assertEqual(str(asset.ocs_installation_ids.install_date), "2026-01-15")

    def test_bad_rows_do_not_stop_the_import(self):
        rows = [
            ocs_software(""),
            ocs_software("x" * 255, "y" * 255, "z" * 255),
            ocs_software("???? ????", "????"),
            ocs_software("100%s {name}", "'; DROP TABLE"),
            ocs_software("\u0130stanbul", "\u212b", "STRASSE Straße"),
        ]
        asset = self.import_software(1, *rows)
        self.assertFalse(self.issue(1))
        self.assertEqual(asset.ocs_software_count, 4)

    def test_constant_number_of_statements(self):
        """The number is the same even if every title is new and replaces another."""
        asset = self.import_software(1, FIREFOX)

        def statements(*rows):
            before = self.env.cr.sql_log_count
            self.env["ocs.software.installation"]._replace(asset, rows)
            return self.env.cr.sql_log_count - before

        few = statements(Row("One", "X", "1"))
        many = [Row(f"Title {number}", "X", f"{number}") for number in range(5000)]
        self.assertEqual(statements(*many), few)
        self.assertLessEqual(few, 8)
        self.assertEqual(asset.ocs_software_count, 5000)
        self.assertEqual(statements(*many), 2)

    def test_section_is_not_selected(self):
        asset = self.import_software(1, FIREFOX)
        self.backend.section_ids -= self.section
        self.import_software(1, force=True)
        self.assertEqual(asset.ocs_software_count, 1)
        self.backend.section_ids += self.section
        self.import_software(1)
        self.assertEqual(asset.ocs_software_count, 0)

    def test_not_selected_by_default(self):
        backend = self.env["ocs.backend"].create(
            {"name": "New", "host": "ocs.invalid", "user": "odoo_reader"}
        )
        self.assertTrue(backend.section_ids)
        self.assertNotIn(self.section, backend.section_ids)

    def test_archived_and_deleted_asset(self):
        asset = self.import_software(1, FIREFOX)
        asset.active = False
        self.assertEqual(asset.ocs_software_count, 1)
        installation = asset.ocs_installation_ids
        asset.unlink()
        self.assertFalse(installation.exists())

    def test_machine_with_a_new_id(self):
        asset = self.import_software(1, FIREFOX)
        self.binding(1)._rebind(7, "the same device id")
        self.assertEqual(asset.ocs_software_count, 1)

    def test_software_is_not_work_of_users(self):
        """An asset with software counts as untouched."""
        asset = self.import_software(1, FIREFOX)
        self.assertTrue(asset._ocs_is_untouched())
