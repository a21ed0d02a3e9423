# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


# one class for each responsibility of a binding
# pylint: disable=consider-merging-classes-inherited
class OcsComputerBinding(models.Model):
    """Match between a computer and its asset."""

    _inherit = "ocs.computer.binding"

    is_linked = fields.Boolean(
        string="Linked to Existing Asset",
        readonly=True,
        help="The asset existed before it was linked to OCS.",
    )

    def _rebind(self, external_id, reason):
        why = self.env._("Rebound to a new ID in OCS: %s.", reason)
        self.write(self._matched(why))
        result = super()._rebind(external_id, reason)
        self.odoo_id._ocs_recheck_ambiguous()
        return result
