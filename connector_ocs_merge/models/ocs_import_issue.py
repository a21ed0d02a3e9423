# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models
from odoo.exceptions import UserError


class OcsImportIssue(models.Model):
    """Computer that is not imported, as it was merged into another one."""

    _inherit = "ocs.import.issue"

    def action_open_merge(self):
        """Open the merge that keeps the computer out, to undo it."""
        self.ensure_one()
        self.check_access("read")
        self.env["ocs.asset.merge"].check_access("read")
        aliases = self.env["ocs.asset.alias"]
        found = aliases._find(self.backend_id, "computer", [self.external_id])
        merge = found.get(self.external_id, aliases).merge_id.sudo(False)
        if not merge:
            raise UserError(
                self.env._(
                    "The merge was undone. The next run imports the computer again."
                )
            )
        merge.check_access("read")
        return merge._get_records_action()
