# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models

from ..lib.spellings import POSTGRESQL

#: A change of these fields triggers a new check of computers that need a decision.
IDENTITY_FIELDS = frozenset(
    ("active", "company_id", "serial_no", "board_serial", "hardware_uuid")
)


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """Equipment with the identifiers that computers are matched by."""

    _inherit = "maintenance.equipment"

    # searches compare the same expressions, see spelled_like
    _serial_spelling_idx = models.Index(f"({POSTGRESQL['serial_no'] % 'serial_no'})")
    _board_spelling_idx = models.Index(
        f"({POSTGRESQL['board_serial'] % 'board_serial'})"
    )
    _uuid_spelling_idx = models.Index(
        f"({POSTGRESQL['hardware_uuid'] % 'hardware_uuid'})"
    )
    _mac_addresses_idx = models.Index(
        f"USING gin (({POSTGRESQL['mac_addresses'] % 'mac_addresses'}))"
    )

    def write(self, vals):
        result = super().write(vals)
        if IDENTITY_FIELDS.intersection(vals):
            self._ocs_recheck_ambiguous()
        return result

    def unlink(self):
        self._ocs_recheck_ambiguous()
        return super().unlink()

    def _ocs_recheck_ambiguous(self):
        """Check again the computers that may be one of these assets."""
        # sudo: whoever changes the asset
        issues = self.env["ocs.import.issue"].sudo()
        issues._recheck_ambiguous([("candidate_ids", "in", self.ids)])

    def _ocs_is_untouched(self):
        """Return False for an asset older than its import: a user created it."""
        # sudo: records that the user cannot see count, too
        if any(self.sudo().ocs_bind_ids.mapped("is_linked")):
            return False
        return super()._ocs_is_untouched()

    @api.model
    def _ocs_imported_models(self):
        """Return the models whose records each import of a computer writes anew.

        They do not follow when another asset takes the place of this one.

        :return: set of names
        """
        return {"maintenance.equipment.component"}

    def _ocs_fields_to_take(self, other, names):
        """Return the fields whose values this asset gets from another asset.

        Extend it for fields that only make sense together.

        :param other: asset of the same machine
        :param names: names of fields, of which this asset has no value
        :return: collection of names
        """
        return names

    def action_ocs_link(self):
        """Link the computer that needs a decision to this asset."""
        self.ensure_one()
        issue = self.env["ocs.import.issue"].browse(self.env.context["ocs_issue_id"])
        return issue._link(self)
