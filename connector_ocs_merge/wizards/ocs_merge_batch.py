# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import UserError


class OcsDialogMixin(models.AbstractModel):
    """Mixin of wizards that open in a dialog."""

    _name = "ocs.dialog.mixin"
    _description = "Wizard in a Dialog (abstract)"

    def _open(self, title):
        """Return the action that opens the wizard.

        :param title: text
        """
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }


class OcsMergeBatch(models.TransientModel):
    """Wizard that merges several machines with two assets each, or more."""

    _name = "ocs.merge.batch"
    _inherit = "ocs.dialog.mixin"
    _description = "Merge Several Assets"

    wizard_ids = fields.Many2many("ocs.merge.wizard", string="Duplicates")
    clear_count = fields.Integer(compute="_compute_clear_count")
    unclear_count = fields.Integer(compute="_compute_clear_count")

    @api.depends("wizard_ids.problem")
    def _compute_clear_count(self):
        for batch in self:
            unclear = batch.wizard_ids.filtered("problem")
            batch.unclear_count = len(unclear)
            batch.clear_count = len(batch.wizard_ids - unclear)

    def action_merge(self):
        """Merge the assets that clearly are one machine, and open their merges."""
        self.ensure_one()
        chosen = self.wizard_ids.filtered(
            lambda each: each.is_chosen and not each.problem
        )
        if not chosen:
            raise UserError(self.env._("None of these assets can be merged now."))
        merges = self.env["ocs.asset.merge"]
        for wizard in chosen:
            merges |= wizard._merge()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "connector_ocs_merge.ocs_asset_merge_action"
        )
        return dict(action, domain=[("id", "in", merges.ids)], target="main")
