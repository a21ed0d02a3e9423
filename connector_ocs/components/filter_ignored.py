# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from .filter_base import SkipReason


class OcsIgnoredFilter(Component):
    """Filter that skips computers that a user chose to ignore, under a new ID, too."""

    _name = "ocs.ignored.filter"
    _inherit = "ocs.import.filter"
    _sequence = 0

    def check(self, computer, binding):
        if binding:
            return None
        issue = self._issue(computer)
        if issue.decision != "ignore":
            return None
        return SkipReason("ignored", issue._describe_ignored())

    def _issue(self, computer):
        issues, external_id = self.env["ocs.import.issue"], computer["external_id"]
        if not self.prefetched.has_none("issue", external_id):
            issue = issues._find(self.backend_record, external_id)
            if issue:
                return issue
        if self.prefetched.has_none("ignored", self.backend_record.id):
            return issues
        return issues._find_ignored(self.backend_record, computer)
