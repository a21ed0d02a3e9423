# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_monitor
from odoo.addons.connector_ocs.tests.test_replacement import ReplacementCase

UUID = "4C4C4544-0042-3510-8052-000000000005"


@tagged("post_install", "-at_install")
class TestReplacement(ReplacementCase):
    """A machine has two assets, and nobody has worked with the second one."""

    def assert_merged(self):
        """The older asset has the computer; the replacement is archived."""
        self.assertEqual(self.binding(3).odoo_id, self.asset)
        self.assertTrue(self.asset.active)
        self.assertTrue(self.replacement.exists())
        self.assertFalse(self.replacement.active or self.replacement.ocs_bind_ids)
        self.assertEqual(self.replacement._ocs_merged_away(), self.replacement)
        self.assertFalse(self.binding(2))

    def test_untouched_replacement_is_merged(self):
        self.merge()
        self.assert_merged()
        self.assertEqual(self.asset.name, "PC-3")
        self.assertEqual(self.asset.serial_no, "5CG0002XYZ")
        self.assertIn("new ID in OCS", " ".join(self.notes(self.asset)))

    def test_replacement_was_inventoried_earlier(self):
        """The removed computer has the later inventory, but OCS no longer has it."""
        for number, date in ((5, datetime(2026, 1, 20)), (4, datetime(2026, 1, 19))):
            self.ocs[number] = self.machine(
                number,
                hardware={"UUID": UUID, "LASTDATE": date},
                bios={"SSN": "5CG0005XYZ"},
            )
            self.import_changed()
        asset, replacement = self.binding(5).odoo_id, self.binding(4).odoo_id
        self.assertNotEqual(asset, replacement)
        del self.ocs[5]
        self.import_changed()
        self.assertEqual(self.binding(4).odoo_id, asset)
        self.assertFalse(self.binding(5) or replacement.active)
        self.assertFalse(self.issue(4) or self.issue(5))

    def test_merged_without_serial_number(self):
        self.ocs[3] = self.machine(3, hardware={"UUID": ""}, bios={"SSN": ""})
        self.import_changed()
        self.merged = {2: 3}
        self.merge()
        self.assert_merged()

    def test_serial_number_of_the_removed_row_is_no_edit(self):
        """The machine no longer reports it, so another computer may have it."""
        self.ocs[3] = self.machine(3, **{**self.same, "bios": {"SSN": ""}})
        self.import_changed()
        self.merge()
        self.assert_merged()
        self.ocs[4] = self.machine(4, bios={"SSN": "5CG0002XYZ"})
        self.import_changed()
        self.assertEqual(self.binding(4).serial_no, "5CG0002XYZ")
        self.assertFalse(self.asset.serial_no)

    def test_monitors_of_both_assets(self):
        monitors = [ocs_monitor("CN0ABC123"), ocs_monitor(""), ocs_monitor("")]
        self.ocs[2]["monitors"] = self.ocs[3]["monitors"] = monitors
        self.import_changed()
        before = self.asset.monitor_ids.filtered(lambda each: not each.serial_no)
        self.assertEqual(len(before), 2)
        self.merge()
        self.assert_merged()
        self.assertEqual(len(self.asset.monitor_ids), 3)
        self.assertLess(before, self.asset.monitor_ids)
