# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Counts of what users have added to an asset.
HISTORY = ("requests", "messages", "activities", "attachments")


class OcsMergeWizard(models.TransientModel):
    """Wizard that merges several assets into one of them."""

    _name = "ocs.merge.wizard"
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
    line_ids = fields.One2many(
        "ocs.merge.wizard.line",
        "wizard_id",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        string="Records of the Assets",
    )
    summary = fields.Text(compute="_compute_summary")
    contradictions = fields.Text(compute="_compute_contradictions")
    is_one_machine = fields.Boolean(string="These are the same machine")

    @api.depends("asset_ids")
    def _compute_destination_id(self):
        for wizard in self:
            assets = wizard.asset_ids._origin
            counts = assets._ocs_count_history()
            wizard.destination_id = assets.sorted(
                lambda asset, counts=counts: (
                    -sum(counts[asset.id][name] for name in HISTORY),
                    not asset.active,
                    asset.id,
                )
            )[:1]

    @api.depends("asset_ids")
    def _compute_line_ids(self):
        for wizard in self:
            counts = wizard.asset_ids._origin._ocs_count_history()
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create({"asset_id": asset_id, **numbers})
                for asset_id, numbers in counts.items()
            ]

    @api.depends("destination_id", "asset_ids")
    def _compute_summary(self):
        for wizard in self:
            others = wizard.asset_ids._origin - wizard.destination_id._origin
            wizard.summary = self.env._(
                "“%(destination)s” (ID %(id)s) is kept. It receives the messages, "
                "attachments, activities, followers, maintenance requests and monitors "
                "of %(others)s, and fills its empty fields with their data. %(others)s "
                "will be archived. You can undo the merge.",
                destination=wizard.destination_id.name,
                id=wizard.destination_id.id,
                others=", ".join(f"“{each.name}” (ID {each.id})" for each in others),
            )

    @api.depends("asset_ids")
    def _compute_contradictions(self):
        for wizard in self:
            sentences = wizard.asset_ids._origin._ocs_contradictions()
            wizard.contradictions = "\n".join(sentences) or False

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
        others = self.asset_ids - self.destination_id
        self.env["ocs.asset.merge"]._merge(self.destination_id, others)
        return self.destination_id._get_records_action()


class OcsMergeWizardLine(models.TransientModel):
    """Line of the merge wizard that describes one of the assets."""

    _name = "ocs.merge.wizard.line"
    _description = "Asset to Merge"

    wizard_id = fields.Many2one("ocs.merge.wizard", required=True, ondelete="cascade")
    asset_id = fields.Many2one(
        "maintenance.equipment", required=True, readonly=True, ondelete="cascade"
    )
    active = fields.Boolean(
        related="asset_id.active", related_sudo=False, string="In Use"
    )
    serial_no = fields.Char(related="asset_id.serial_no", related_sudo=False)
    origin = fields.Char(compute="_compute_origin", string="In OCS")
    requests = fields.Integer(string="Maintenance Requests")
    monitors = fields.Integer()
    attachments = fields.Integer()
    messages = fields.Integer()
    activities = fields.Integer()

    @api.depends("asset_id")
    def _compute_origin(self):
        for line in self:
            computers = line.asset_id.ocs_bind_ids
            bindings = (*computers, *line.asset_id.ocs_monitor_bind_ids)
            removed = self.env._("(removed)")
            line.origin = ", ".join(
                f"{each.external_id} {removed}"
                if each in computers and each.removed_since
                else str(each.external_id)
                for each in bindings
            )
