# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.reading import ReadingCase

from .live import LiveAccountMixin


@tagged("post_install", "-at_install")
class TestReading(LiveAccountMixin, ReadingCase):
    """The privileges that Odoo names are exactly those that it uses."""

    addon = "connector_ocs_account"

    def everything(self):
        self.map_all()
        self.fill(fields_3="2", fields_4="2026-01-31")
        self.import_all()

    def test_named_privileges_are_enough(self):
        tables = self.read_tables()
        self.use_new_user(*(f"SELECT ON {self.database}.{each}" for each in tables))
        self.everything()
        self.assertFalse(self.backend.last_error)
        self.assertFalse(self.backend.last_run_id.warnings)
        self.assertEqual(self.binding(1).partner_ref, "R&D")

    def test_each_of_them_is_used(self):
        used = self.used(self.backend.action_read_account_fields)
        self.assertLessEqual(set(self.named()), used)
        self.assertLessEqual(used, set(self.read_tables()))

    def test_documentation_names_them(self):
        self.assertEqual(self.documented(), self.named())
