# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from .filter_base import SkipReason


class OcsIgnoredFilter(Component):
    """Filter that skips computers that a user chose to ignore, under a new ID, too."""

    _name = "ocs.ignored.filter"
    _inherit = ["ocs.import.filter", "ocs.lookup"]
    _sequence = 0

    def check(self, computer_import):
        if computer_import.binding:
            return None
        issue = computer_import.issue or self._find_ignored(computer_import)
        if issue.decision != "ignore":
            return None
        return SkipReason("ignored", issue._describe_ignored())

    def _find_ignored(self, computer_import):
        """Return the same machine under another ID, if a user ignored it."""
        issues = self.env["ocs.import.issue"]
        if not self._look_up(computer_import, self._search_any):
            return issues
        return issues._find_ignored(self.backend_record, computer_import.computer)

    def _search_any(self, imports):
        """Search whether any computer is ignored, for each import."""
        mine = ("backend_id", "=", self.backend_record.id)
        found = self.env["ocs.import.issue"].search(
            [mine, ("decision", "=", "ignore")], limit=1
        )
        return [bool(found)] * len(imports)
