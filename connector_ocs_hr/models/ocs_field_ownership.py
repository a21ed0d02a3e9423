# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models


class OcsFieldOwnership(models.Model):
    """Ownership of the owner who is not an employee."""

    _inherit = "ocs.field.ownership"

    @api.model
    def _default_owners(self):
        return {**super()._default_owners(), "ocs_owner_user_id": "until_edited"}
