# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models

#: What a computer that waits for a decision is looked at again for.
TELLING_FIELDS = frozenset(
    ("active", "company_id", "serial_no", "board_serial", "hardware_uuid")
)


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """What an asset is known by."""

    _inherit = "maintenance.equipment"

    board_serial = fields.Char(
        string="Board Serial Number", copy=False, index="btree_not_null"
    )
    hardware_uuid = fields.Char(index="btree_not_null")

    # a host of containers has more addresses than a btree takes
    _mac_addresses_idx = models.Index(
        "USING hash (mac_addresses) WHERE mac_addresses IS NOT NULL"
    )

    def write(self, vals):
        result = super().write(vals)
        if TELLING_FIELDS.intersection(vals):
            self._ocs_recheck_ambiguous()
        return result

    def unlink(self):
        self._ocs_recheck_ambiguous()
        return super().unlink()

    def _ocs_recheck_ambiguous(self):
        """Look again at the computers that may be one of these assets."""
        # sudo: whoever changes the asset
        issues = self.env["ocs.import.issue"].sudo()
        issues._recheck_ambiguous([("candidate_ids", "in", self.ids)])

    def _ocs_is_untouched(self):
        """Not if it was there before OCS: somebody made it."""
        # sudo: what the user may not see is history all the same
        if any(self.sudo().ocs_bind_ids.mapped("is_linked")):
            return False
        return super()._ocs_is_untouched()

    def action_ocs_link(self):
        """This asset is the computer that waits for a decision."""
        self.ensure_one()
        issue = self.env["ocs.import.issue"].browse(self.env.context["ocs_issue_id"])
        return issue._link(self)
