# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_batteries import UpgradeMixin

from .change_log import ChangeLogCase


@tagged("post_install", "-at_install")
class TestUpgradeWithChangeLog(UpgradeMixin, ChangeLogCase):
    """The check asks for the triggers on the new table."""

    def test_upgrade_of_ocs(self):
        self.install()
        self.assertEqual(self.check()[0], "healthy")
        self.upgrade()
        self.backend.schema_number = 7081
        state, sentences = self.check()
        self.assertNotEqual(state, "healthy")
        self.assertIn("odoo_batteries_insert", sentences)
        self.install()
        self.assertEqual(self.check()[0], "healthy")
