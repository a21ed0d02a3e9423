# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_asset_matcher import AssetCase


@tagged("post_install", "-at_install")
class TestExplanation(AssetCase):
    """Explanations of computers that wait for the decision of a user."""

    def setUp(self):
        super().setUp()
        self.use_keys("name")
        self.create_asset(name="PC-7")
        self.create_asset(name="PC-7")
        self.import_changed()
        self.waiting = self.issue(7)
        self.assertEqual(self.waiting.reason, "ambiguous")

    def test_rules_are_explained(self):
        """The explanation says why the computer is skipped, whoever decided it."""
        explanations = self.env["ocs.rule.explanation"]
        for method, word in ((None, "Several assets"), ("action_ignore", "Ignored by")):
            if method:
                getattr(self.waiting, method)()
            action = explanations._open(self.backend, 7)
            explanation = explanations.browse(action["res_id"])
            self.assertIn(word, explanation.skipped or "")
