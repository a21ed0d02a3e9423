# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import FIREFOX, SoftwareCase


@tagged("post_install", "-at_install")
class TestHooks(SoftwareCase):
    """What is left at the end."""

    def test_uninstall(self):
        """Installed again, the addon imports again; nothing else is."""
        self.import_software(1, FIREFOX)
        binding = self.binding(1)
        before = dict(binding.digests)
        self.assertTrue(before.pop("software"))
        uninstall_hook(self.env)
        self.assertEqual(binding.digests, before)
