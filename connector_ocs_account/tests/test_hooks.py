# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import AccountCase


@tagged("post_install", "-at_install")
class TestHooks(AccountCase):
    """Uninstallation of the addon."""

    def test_uninstall(self):
        """The next run gives the fields the values of the inventory again."""
        self.map("fields_3", "model")
        self.map("fields_4", target_property="Bought on")
        binding = self.import_with(fields_3="2", fields_4="2026-01-31")
        self.assertEqual(binding.model, "IT")
        values = dict(binding.equipment_properties._values)
        self.assertFalse(binding.import_request)
        uninstall_hook(self.env)
        self.assertTrue(binding.import_request)
        self.import_computer(1)
        self.assertEqual(binding.model, "Latitude 5420")
        self.assertEqual(binding.equipment_properties._values, values)

    def test_uninstall_without_mapped_fields(self):
        self.account_field("fields_3")
        binding = self.import_with()
        uninstall_hook(self.env)
        self.assertFalse(binding.import_request)
