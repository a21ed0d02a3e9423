# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import BASH, FIREFOX, SoftwareCase


@tagged("post_install", "-at_install")
class TestMerge(SoftwareCase):
    """Merges leave the software to the next import."""

    def test_software_is_imported_again(self):
        self.assertIn(
            "ocs.software.installation",
            self.env["maintenance.equipment"]._ocs_imported_models(),
        )

    def test_software_of_the_merged_asset(self):
        if "ocs.asset.merge" not in self.env:
            self.skipTest("No assets are merged without connector_ocs_merge.")
        one, two = self.import_software(1, FIREFOX), self.import_software(2, BASH)
        self.env["ocs.asset.merge"]._merge(one, two)
        self.assertEqual([name for name, *_rest in self.software(one)], ["Firefox"])
        self.assertEqual([name for name, *_rest in self.software(two)], ["bash"])
