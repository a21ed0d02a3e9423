# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models


class OcsSetting(models.AbstractModel):
    """Base of models that hold settings of backends; changes apply at once.

    See ``ocs.backend._settings``.
    """

    _name = "ocs.setting"
    _inherit = "ocs.access.mixin"
    _description = "Setting of OCS Backends (abstract)"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._renew_ocs_settings()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._renew_ocs_settings()
        return result

    def unlink(self):
        result = super().unlink()
        self._renew_ocs_settings()
        return result

    @api.model
    def _renew_ocs_settings(self):
        # sudo: the setting may also apply to backends of other companies
        backends = self.env["ocs.backend"].sudo().with_context(active_test=False)
        # Backends are few.
        backends.search([])._renew_settings()  # pylint: disable=no-search-all
