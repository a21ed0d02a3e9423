# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models

from ..lib.identity import EVIDENCE
from ..lib.spellings import POSTGRESQL


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

    # searches compare the same expression, see spelled_like
    _serial_spelling_idx = models.Index(f"({POSTGRESQL['ocs_serial'] % 'ocs_serial'})")

    def _identity(self):
        """Return what OCS last reported to identify the computer.

        :return: dict {field: value}, see ``lib/identity.py``
        """
        self.ensure_one()
        imported = {**(self.last_imported_values or {}), **(self.ocs_values or {})}
        return {field: imported.get(field, self[field]) for field in EVIDENCE}

    def _described(self):
        """Return the identity and when it was in OCS, see ``lib.identity.is_copy``."""
        return {
            **self._identity(),
            "external_id": self.external_id,
            "first_inventory": self.first_inventory,
            "last_inventory": self.last_inventory,
        }

    def _release_id(self, name):
        """Release the ID in OCS, which belongs to another machine now.

        The computer counts as removed from OCS. Its own ID becomes a negative number,
        which no computer in OCS has.

        :param name: hardware.NAME of the other machine
        """
        for binding in self:
            external_id = binding.external_id
            binding.env["ocs.import.issue"]._clear(binding.backend_id, external_id)
            binding.env["ocs.monitor.binding"]._rebind(
                binding.backend_id, external_id, -binding.id
            )
            binding.write({"external_id": -binding.id, "digests": False})
            binding.odoo_id._ocs_log(
                binding.env._(
                    "OCS now uses the ID of this computer (%(id)s) for another "
                    "machine, %(name)s.",
                    id=external_id,
                    name=name or binding.env._("without a name"),
                )
            )
        self._mark_removed()

    def _rebind(self, external_id, reason, device_id=""):
        self.write(self._rebound(reason))
        result = super()._rebind(external_id, reason, device_id)
        self.odoo_id._ocs_recheck_ambiguous()
        return result

    def _rebound(self, reason):
        """Return the values that record why an asset was rebound to a new ID.

        :param reason: sentence without full stop
        """
        return self._matched(self.env._("Rebound to a new ID in OCS: %s.", reason))
