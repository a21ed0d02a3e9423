# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial


class OcsConflictRechecker(Component):
    """Rechecker of computers whose serial number another asset had.

    Imports from another OCS may have changed or archived that asset: they do not write
    to the computers of this one.
    """

    _name = "ocs.conflict.rechecker"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "conflict.rechecker"

    def run(self):
        """Have this run import the computers whose serial number is available."""
        conflicting = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("is_conflicting", "=", True),
                ("import_request", "=", False),
                ("ocs_serial", "!=", False),
                ("odoo_id.serial_no", "=", False),
            ]
        )
        if conflicting:
            taken = self._taken(set(conflicting.mapped("ocs_serial")))
            free = conflicting.filtered(lambda each: each.ocs_serial not in taken)
            resolver = self.component(usage="serial.resolver")
            self.shared = resolver.search(free.mapped("ocs_serial"))
            free.filtered(self._may_have)._request_import("released")

    def _taken(self, serials):
        # sudo: serial numbers are unique across all companies
        equipment = self.env["maintenance.equipment"].sudo()
        holders = equipment.with_context(active_test=False).search_fetch(
            [("serial_no", "in", list(serials))], ["serial_no"]
        )
        return set(holders.mapped("serial_no"))

    def _may_have(self, binding):
        """Return whether an import would write the serial number to the asset."""
        serial = binding.ocs_serial
        shared = self.shared.get(plain_serial(serial))
        return not (
            self.backend_record._blacklist().has_serial(serial)
            or (shared and shared._is_reserved(binding.external_id))
            or self.component(usage="ownership").is_protected(binding, "serial_no")
        )
