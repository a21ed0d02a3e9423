# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models


class OcsSetting(models.AbstractModel):
    """What backends obey besides their own fields: a change of it counts at once.

    See ``ocs.backend._settings``.
    """

    _name = "ocs.setting"
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
        # sudo: whoever changes a setting, it may be one of all backends
        backends = self.env["ocs.backend"].sudo().with_context(active_test=False)
        backends.search([])._renew_settings()  # pylint: disable=no-search-all
