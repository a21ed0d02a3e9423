# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models


class OcsAssetMerge(models.Model):
    """Merge that leaves the software to the next import."""

    _inherit = "ocs.asset.merge"

    @api.model
    def _excluded_models(self):
        return super()._excluded_models() | {"ocs.software.installation"}
