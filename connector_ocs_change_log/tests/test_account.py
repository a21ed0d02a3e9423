# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs_account.tests.live import LiveAccountMixin

from .change_log import ChangeLogCase


@tagged("post_install", "-at_install")
class TestAccountChangeLog(LiveAccountMixin, ChangeLogCase):
    """The triggers of the change log refer to no column that users can delete."""

    def test_change_of_a_mapped_column_is_detected(self):
        self.install()
        self.backend.write({"detection": "changelog", "change_log_state": False})
        self.map_all()
        self.import_all()
        self.import_all()
        self.import_all()
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        self.fill(fields_3="2")
        self.import_all()
        self.assertEqual(self.backend.last_run_id.detection, "changelog")
        self.assertEqual(self.binding(1).partner_ref, "R&D")
        self.assertEqual(self.check()[0], "healthy")

    def test_ocs_saves_after_a_column_was_dropped(self):
        self.map_all()
        self.install()
        self.sql("DELETE FROM accountinfo_config WHERE ID = 3")
        self.sql("ALTER TABLE accountinfo DROP COLUMN fields_3")
        self.fill(TAG="Lyon")
        self.assertIn((1, "accountinfo", "UPDATE"), self.logged())
