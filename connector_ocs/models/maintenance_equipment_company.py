# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """Equipment whose company decides which imports may update it."""

    _inherit = "maintenance.equipment"

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            user = self.env["res.users"] if self.env.su else self.env.user
            # sudo: whoever moves an asset needs no access to its bindings
            assets = self.sudo()
            assets.ocs_bind_ids._approve_company(user)
            assets.ocs_monitor_bind_ids._approve_company(user)
            assets.ocs_bind_ids.issue_ids._recheck_company()
        return result

    def _ocs_check_backends(self):
        """Check that the user may change the bindings of these assets.

        :raises AccessError: one of their backends belongs to another company
        """
        # sudo: bindings that the user cannot see count, too
        assets = self.sudo().with_context(active_test=False)
        backends = (
            assets.ocs_bind_ids.backend_id,
            assets.ocs_monitor_bind_ids.backend_id,
        )
        self.env["ocs.backend"].browse(
            {each.id for found in backends for each in found}
        ).check_access("write")
