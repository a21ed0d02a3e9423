# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component


class OcsAssetMatcher(Component):
    """Matcher that links no computer to an asset that was merged into another one."""

    _inherit = "ocs.asset.matcher"

    def _is_candidate(self, asset):
        return super()._is_candidate(asset) and not asset._ocs_merged_away()
