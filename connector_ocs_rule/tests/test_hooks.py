# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import ocs_computer

from ..hooks import uninstall_hook
from .rules import RulesCase


@tagged("post_install", "-at_install")
class TestHooks(RulesCase):
    """Uninstallation of the addon."""

    def test_computers_are_compared_without_rules(self):
        self.rule(location="Paris")
        binding = self.import_computer(1, ocs_computer())
        self.assertFalse(binding.import_request)
        uninstall_hook(self.env)
        self.assertEqual(binding.import_request, "settings")

    def test_excluded_computers_leave_the_list(self):
        """Otherwise their reason would no longer exist."""
        self.rule(decision="exclude")
        self.import_computer(1, ocs_computer())
        self.assertEqual(self.issue(1).reason, "rule")
        reasons = self.env["ir.model.fields"]._get("ocs.import.issue", "reason")
        reasons.selection_ids.filtered(
            lambda each: each.value == "rule"
        )._process_ondelete()
        self.assertFalse(self.issue(1))
