# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import Form, tagged

from odoo.addons.connector_ocs.tests.common import OcsCase


@tagged("post_install", "-at_install")
class TestSettings(OcsCase):
    """The settings that a process caches follow every change."""

    def setUp(self):
        super().setUp()
        self.settings()  # fill the cache

    def settings(self):
        return self.backend._account_settings()

    def test_cached_settings_take_one_query(self):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.settings()
            self.backend.sudo()._account_settings()

    def test_unsaved_section_is_not_cached(self):
        with Form(self.backend) as form:
            form.section_ids.remove(
                self.env.ref("connector_ocs.section_accountinfo").id
            )
            self.assertFalse(form.reads_account)
            self.assertIn("accountinfo", self.backend._imported_tables())
        self.assertNotIn("accountinfo", self.backend._imported_tables())

    def test_account_fields(self):
        target = self.env["ir.model.fields"]._get("maintenance.equipment", "note")
        values = {"backend_id": self.backend.id, "name": "Room", "column": "fields_3"}
        field = self.env["ocs.account.field"].create(values)
        self.assertFalse(self.settings().field_ids)
        field.target_field_id = target
        self.assertEqual(self.settings().field_ids, (field.id,))
        self.assertEqual(self.settings().columns, ("fields_3",))
        field.is_missing = True
        self.assertFalse(self.settings().columns)
        field.unlink()
        self.assertFalse(self.settings().field_ids)
