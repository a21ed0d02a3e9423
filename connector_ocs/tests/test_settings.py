# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import Command
from odoo.tests import tagged

from .common import OcsCase


@tagged("post_install", "-at_install")
class TestSettings(OcsCase):
    """The settings that a process caches follow every change."""

    def setUp(self):
        super().setUp()
        self.settings()  # fill the cache

    def settings(self):
        return self.backend._settings()

    def line(self, name):
        lines = self.backend.ownership_ids
        return lines.filtered(lambda line: line.name == name)

    def section(self, table):
        return self.env["ocs.section"].search([("table_name", "=", table)])

    def test_cached_settings_take_one_query(self):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.settings()
            self.backend.sudo()._settings()

    def test_sections(self):
        self.backend.section_ids -= self.section("videos")
        self.assertNotIn("videos", self.settings().tables)
        self.backend.section_ids = [Command.link(self.section("videos").id)]
        self.assertIn("videos", self.settings().tables)
        self.section("videos").unlink()
        self.assertNotIn("videos", self.settings().tables)

    def test_unsaved_section_is_not_cached(self):
        sections = self.backend.section_ids - self.section("accountinfo")
        values = {"section_ids": [Command.set(sections.ids)]}
        unsaved = self.backend.new(values, origin=self.backend)
        self.assertNotIn("accountinfo", unsaved._imported_tables())
        self.assertIn("accountinfo", self.settings().tables)
        self.backend.section_ids = sections
        self.assertNotIn("accountinfo", self.settings().tables)

    def test_ownership(self):
        self.line("name").ownership = "odoo"
        self.assertEqual(self.settings().owners["name"], "odoo")
        self.line("name").unlink()
        self.assertNotIn("name", self.settings().owners)
        self.assertNotIn("name", self.settings().ownership_fields)
        field = self.env["ir.model.fields"]._get("maintenance.equipment", "note")
        self.backend.ownership_ids = [Command.create({"field_id": field.id})]
        self.assertEqual(self.settings().owners["note"], "until_edited")

    def test_ownership_fields_of_another_backend(self):
        other = self.backend.copy()
        self.line("name").unlink()
        self.assertIn("name", self.settings().ownership_fields)
        other.unlink()
        self.assertNotIn("name", self.settings().ownership_fields)

    def test_matching_keys(self):
        keys = self.backend.matching_key_ids.grouped("key")
        keys["name"].active = True
        keys["name"].sequence = 0
        self.assertEqual(self.settings().matching_fields[0], "name")
        keys["serial"].unlink()
        self.assertNotIn("ocs_serial", self.settings().matching_fields)

    def test_alerts(self):
        alert = self.env["ocs.alert"].search([], limit=1)
        self.backend.alert_ids = alert
        self.assertEqual(self.settings().alert_codes, {alert.code})
        alert.code = "another"
        self.assertEqual(self.settings().alert_codes, {"another"})
        alert.unlink()
        self.assertFalse(self.settings().alert_codes)

    def test_blacklisted(self):
        self.backend.blacklisted_serials = ["gift-4711"]
        self.assertTrue(self.settings().blacklist.has_serial("GIFT-4711"))
        self.backend.blacklisted_macs = ["02:00:00:00:00:01"]
        self.assertIn("02:00:00:00:00:01", self.settings().blacklist.macs)

    def test_change_that_is_rolled_back(self):
        before = self.settings()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.line("name").ownership = "odoo"
            self.assertEqual(self.settings().owners["name"], "odoo")
            raise ZeroDivisionError
        self.assertEqual(self.settings(), before)

    def test_transactions_of_one_process(self):
        """Another transaction keeps the settings that it started with."""
        key = self.backend.settings_key
        before = self.settings()
        self.line("name").ownership = "odoo"
        self.assertNotEqual(self.backend.settings_key, key)
        self.settings()
        self.backend.settings_key = key  # as it is in the other transaction
        self.assertEqual(self.settings(), before)


@tagged("post_install", "-at_install")
class TestFold(OcsCase):
    """A category without assets is folded."""

    def test_fold(self):
        category = self.env["maintenance.equipment.category"].create({"name": "Phones"})
        self.assertTrue(category.fold)
        values = {"name": "Phone 1", "category_id": category.id}
        phone = self.env["maintenance.equipment"].create(values)
        self.assertFalse(category.fold)
        phone.category_id = False
        self.assertTrue(category.fold)
