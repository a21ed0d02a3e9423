# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import FIREFOX, SoftwareCase


@tagged("post_install", "-at_install")
class TestHooks(SoftwareCase):
    """Uninstallation of the addon."""

    def test_uninstall(self):
        """After a new installation only software is imported again."""
        self.import_software(1, FIREFOX)
        binding = self.binding(1)
        before = dict(binding.digests)
        self.assertTrue(before.pop("software"))
        uninstall_hook(self.env)
        self.assertEqual(binding.digests, before)
