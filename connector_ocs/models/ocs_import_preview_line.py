# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from markupsafe import Markup

from odoo import api, fields, models


class OcsImportPreviewLine(models.Model):
    """What an import would do with one computer."""

    _name = "ocs.import.preview.line"
    _inherit = "ocs.export.mixin"
    _description = "Computer in an OCS Import Preview"
    _order = "outcome, name, id"

    preview_id = fields.Many2one(
        "ocs.import.preview",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    external_id = fields.Integer(string="ID in OCS", readonly=True, aggregator=None)
    name = fields.Char(string="Computer", readonly=True)
    outcome = fields.Selection(
        [
            ("create", "New asset"),
            ("link", "Linked to an asset"),
            ("change", "Changed"),
            ("remove", "Removed from OCS"),
            ("decide", "Needs a decision"),
            ("skip", "Not imported"),
            ("importing", "Being imported"),
            ("fail", "Import fails"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Text(readonly=True)
    equipment_id = fields.Many2one(
        "maintenance.equipment",
        string="Asset",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    changes = fields.Json(
        readonly=True, help="List of label, old and new value of what would change."
    )
    summary = fields.Char(string="Details", compute="_compute_summary")
    changes_table = fields.Html(
        string="All Changes", compute="_compute_changes_table", sanitize=False
    )

    @api.depends("name", "external_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or self.env._("ID %s", line.external_id)

    @api.depends("outcome", "reason", "changes")
    def _compute_summary(self):
        """Set what matters most, in one line."""
        for line in self:
            if line.outcome in ("change", "remove") and line.changes:
                line.summary = "; ".join(map(line._describe_change, line.changes))
            else:
                line.summary = " ".join((line.reason or "").split())

    def _describe_change(self, change):
        label, old, new = change
        none = self.env._("none")
        return f"{label}: {old or none} → {new or none}"

    @api.depends("changes")
    def _compute_changes_table(self):
        head = Markup("<thead><tr><th>%s</th><th>%s</th><th>%s</th></tr></thead>") % (
            self.env._("Field"),
            self.env._("Now"),
            self.env._("After the Import"),
        )
        row = Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")
        table = Markup('<table class="table table-sm">%s<tbody>%s</tbody></table>')
        for line in self:
            rows = Markup("").join(row % tuple(each) for each in line.changes or ())
            line.changes_table = table % (head, rows) if rows else False
