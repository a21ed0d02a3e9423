# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_replaced import ReplacedCase


@tagged("post_install", "-at_install")
class TestMergedUnderAnotherId(ReplacedCase):
    """A merge holds for the machine, not for its ID in OCS."""

    def test_merged_computer(self):
        self.env["ocs.asset.merge"]._merge(self.assets[2], self.assets[1])
        self.import_changed()
        kept = self.assets[2].ocs_bind_ids.external_id
        merged = 5 - kept
        self.ocs[8] = self.ocs[merged]
        self.give_id(merged, 9)
        self.import_changed()
        self.assertEqual(self.binding(merged).name, "PC-9")
        self.assertFalse(self.binding(8))
        self.assertEqual(self.issue(8).reason, "ignored")
