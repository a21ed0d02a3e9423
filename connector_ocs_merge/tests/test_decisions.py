# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_asset_matcher import AssetCase


@tagged("post_install", "-at_install")
class TestDecisions(AssetCase):
    """One of the assets that a user may choose is merged."""

    def setUp(self):
        super().setUp()
        self.use_keys("serial", "uuid", "name")
        self.one, self.other = (
            self.create_asset(name="PC-7"),
            self.create_asset(name="PC-7"),
        )
        self.import_changed()
        self.waiting = self.issue(7)
        self.assertEqual(self.waiting.reason, "ambiguous")

    def test_chosen_asset_is_merged(self):
        """The computer is linked to the kept asset."""
        self.waiting._link(self.one)
        self.env["ocs.asset.merge"]._merge(self.other, self.one)
        self.perform_jobs()
        self.assertEqual(self.binding(7).odoo_id, self.other)
        self.assertIn("Linked by", self.binding(7).match_reason)

    def test_candidate_is_merged(self):
        self.env["ocs.asset.merge"]._merge(self.other, self.one)
        self.import_changed()
        self.assertEqual(self.binding(7).odoo_id, self.other)
