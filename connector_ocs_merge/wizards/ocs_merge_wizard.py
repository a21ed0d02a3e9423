# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Counts of what users have added to an asset.
HISTORY = ("requests", "notes", "activities", "attachments")


class OcsMergeWizard(models.TransientModel):
    """Wizard that merges several assets into one of them."""

    _name = "ocs.merge.wizard"
    _inherit = "ocs.dialog.mixin"
    _description = "Merge Assets"

    asset_ids = fields.Many2many(
        "maintenance.equipment",
        string="Assets",
        readonly=True,
        context={"active_test": False},
    )
    destination_id = fields.Many2one(
        "maintenance.equipment",
        string="Asset to Keep",
        compute="_compute_destination_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('id', 'in', asset_ids)]",
        context={"active_test": False},
        help="By default, the asset with the most records added by users. If several "
        "have the same number, the oldest one.",
    )
    comparison = fields.Html(compute="_compute_comparison", sanitize=False)
    summary = fields.Text(compute="_compute_summary")
    contradictions = fields.Text(compute="_compute_contradictions")
    is_one_machine = fields.Boolean(string="These are the same machine")
    # in a batch
    is_chosen = fields.Boolean(string="Merge", default=True)
    others = fields.Char(string="Merged Into It", compute="_compute_summary")
    reason = fields.Char(string="Why", compute="_compute_contradictions")
    problem = fields.Char(
        string="Not Clear",
        compute="_compute_contradictions",
        help="Merge these assets by themselves, after comparing them.",
    )

    @api.depends("asset_ids")
    def _compute_destination_id(self):
        counts = self.asset_ids._origin._ocs_count_history()
        for wizard in self:
            wizard.destination_id = wizard.asset_ids._origin.sorted(
                lambda asset: (
                    -sum(counts[asset.id][name] for name in HISTORY),
                    not asset.active,
                    asset.id,
                )
            )[:1]

    @api.depends("asset_ids", "destination_id")
    @api.depends_context("uid", "lang", "tz")
    def _compute_comparison(self):
        for wizard in self:
            assets = wizard.asset_ids._origin.sorted("id")
            wizard.comparison = self.env["ir.qweb"]._render(
                "connector_ocs_merge.comparison",
                {
                    "assets": assets,
                    "kept": wizard.destination_id._origin,
                    "rows": assets._ocs_compare(),
                },
            )

    @api.depends("destination_id", "asset_ids")
    def _compute_summary(self):
        for wizard in self:
            others = wizard.asset_ids._origin - wizard.destination_id._origin
            wizard.others = ", ".join(
                f"“{each.name}” (ID {each.id})" for each in others
            )
            wizard.summary = self.env._(
                "“%(destination)s” (ID %(id)s) is kept. It receives the messages, "
                "attachments, activities, followers, maintenance requests and monitors "
                "of %(others)s, and fills its empty fields with their data. %(others)s "
                "will be archived. You can undo the merge.",
                destination=wizard.destination_id.name,
                id=wizard.destination_id.id,
                others=wizard.others,
            )

    @api.depends("asset_ids")
    def _compute_contradictions(self):
        found = self.asset_ids._ocs_find_duplicates(self.asset_ids._origin.ids)
        for wizard in self:
            assets = wizard.asset_ids._origin
            sentences = assets._ocs_contradictions()
            wizard.contradictions = "\n".join(sentences) or False
            wizard.reason = assets._ocs_describe_common(found)
            wizard.problem = assets._ocs_merge_problem() or " ".join(sentences)

    def action_merge(self):
        """Merge the assets and open the kept one."""
        self.ensure_one()
        if self.contradictions and not self.is_one_machine:
            raise UserError(
                self.env._(
                    "These assets may be different machines. %s\nSelect “These are the "
                    "same machine” if you are sure that they are not.",
                    self.contradictions,
                )
            )
        self._merge()
        return self.destination_id._get_records_action()

    def _merge(self):
        """Merge the assets.

        :return: ocs.asset.merge
        """
        others = self.asset_ids - self.destination_id
        return self.env["ocs.asset.merge"]._merge(self.destination_id, others)
