# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib import eligibility
from ..lib.identity import is_replaced
from .filter_base import SkipReason


class OcsEligibilityFilter(Component):
    """Filter that skips rows that are not, or no longer, the computer of an asset."""

    _name = "ocs.eligibility.filter"
    _inherit = "ocs.import.filter"
    # before all others: they are about the computer of the asset
    _sequence = -10

    def check(self, computer_import):
        if self._is_replaced(computer_import):
            return SkipReason("replaced", self._describe_replaced())
        if self._is_of_other_company(computer_import):
            binding = computer_import.binding
            return SkipReason("company", binding._describe_other_company())
        exclusion = eligibility.exclusion(computer_import.computer)
        return SkipReason(exclusion) if exclusion else None

    def _is_replaced(self, computer_import):
        """Return whether OCS has given the ID of the computer to another machine."""
        binding = computer_import.binding
        if not (binding.first_inventory or binding.device_id):
            return False  # a user has just linked it to this ID
        blacklist = self.backend_record._blacklist()
        return is_replaced(binding._identity(), computer_import.identity, blacklist)

    def _describe_replaced(self):
        """Return why nothing is imported: a run releases the ID, if a user approves."""
        return self.env._(
            "OCS now uses this ID for another machine. Click “Import changed "
            "computers” on the backend to match both machines anew."
        )

    def _is_of_other_company(self, computer_import):
        """Return whether the import must not write the asset, see ``ocs.binding``."""
        other = computer_import.binding._of_other_company()
        if not other:
            return False
        finder = self.component(usage="company.finder")
        return other.company_id != finder.configured(computer_import)
