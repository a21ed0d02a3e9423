# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests import test_skipped


@tagged("post_install", "-at_install")
class TestSkippedByRule(test_skipped.TestSkipped):
    """A computer that a rule excludes, with other changes meanwhile."""

    allow_inherited_tests_method = True
    reason = "rule"

    def exclude(self):
        condition = {"fact": "name", "value": self.removed.name}
        self.rule = self.env["ocs.rule"].create(
            {
                "name": "No 2",
                "decision": "exclude",
                "condition_ids": [(0, 0, condition)],
            }
        )

    def include(self):
        self.rule.unlink()

    def test_run_counts_it(self):
        self.skip()
        self.assertEqual(self.import_changed().skipped, {"rule": 1})

    def test_user_ignores_it(self):
        """As long as it has no asset, a user can ignore it."""
        self.skip()
        self.assertFalse(self.issue(2).can_be_ignored)
        self.asset.unlink()
        self.backend._request_imports("settings")
        self.import_changed()
        issue = self.issue(2)
        self.assertEqual((issue.reason, issue.can_be_ignored), ("rule", True))
