# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_monitor

from ..hooks import uninstall_hook
from .merging import MergeCase


@tagged("post_install", "-at_install")
class TestHooks(MergeCase):
    """Uninstallation of the addon."""

    def uninstall(self):
        """Do what an uninstallation does, and import."""
        uninstall_hook(self.env)
        self.env["ocs.asset.alias"].search([]).unlink()
        self.import_changed()

    def test_merged_computer_is_imported_again(self):
        self.merge(self.two)
        self.import_changed()
        self.assertEqual(self.issue(1).reason, "ignored")
        self.one.serial_no = self.one.hardware_uuid = False
        self.uninstall()
        self.assertTrue(self.binding(1))
        self.assertEqual(self.binding(2).odoo_id, self.two)
        self.assertFalse(self.issue(1))

    def test_merged_monitor_is_imported_again(self):
        for number in (1, 2):
            self.ocs[number]["monitors"] = [ocs_monitor(f"CN0ABC{number}")]
        self.import_changed()
        kept, merged = self.one.monitor_ids, self.two.monitor_ids
        self.merge(kept, merged)
        self.import_changed()
        monitors = self.env["ocs.monitor.binding"]
        self.assertEqual(len(monitors.search([])), 1)
        merged.serial_no = False
        self.uninstall()
        self.assertEqual(
            sorted(monitors.search([]).mapped("external_id")), ["CN0ABC1", "CN0ABC2"]
        )
