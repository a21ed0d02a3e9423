# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial


class OcsSerialResolver(Component):
    """Resolver of which computer's asset may use a serial number.

    A run finds the serial numbers that several computers in OCS report before it
    imports any of them, see ``ocs.shared.finder``. An asset may still have a number
    that its computer no longer reports: the import of the next computer takes it, so
    that computers can swap their numbers in any order.
    """

    _name = "ocs.serial.resolver"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "serial.resolver"

    def is_reserved(self, serial, external_id):
        """Return whether the asset of a computer may not use its serial number.

        :param serial: str that the computer reports
        :param external_id: int, hardware.ID
        """
        shared = self._shared(serial)
        return self.is_decided(serial) and shared.owner_id != external_id

    def is_decided(self, serial):
        """Return whether the last run has decided who may have a serial number."""
        return bool(self._shared(serial).external_ids)

    def search(self, serials):
        """Return what is known about some serial numbers.

        :return: dict {serial number in normal form: ocs.shared.identifier}
        """
        # sudo: whoever starts the import
        shared = self.env["ocs.shared.identifier"].sudo()
        values = {plain_serial(each) for each in serials}
        return shared._find(self.backend_record, "ocs_serial", values)

    def _shared(self, serial):
        shared = self.env["ocs.shared.identifier"].sudo()
        value = plain_serial(serial)
        ids = self.prefetched.get("shared serial", value)
        if ids is None:
            return self.search([serial]).get(value, shared)
        return shared.browse(ids)

    def release(self, serial, asset, external_id, name):
        """Take a serial number from an asset that may no longer use it.

        :param serial: str
        :param asset: maintenance.equipment with this serial number
        :param external_id: int, hardware.ID of the computer that needs it
        :param name: name of that computer
        :return: bool, False if the asset keeps the number
        """
        holder = asset.ocs_bind_ids
        is_ours = len(holder) == 1 and holder.backend_id == self.backend_record
        is_ours = is_ours and not holder._of_other_company()
        if not is_ours or not self._may_release(serial, holder, external_id):
            return False
        self._take(holder)
        asset._ocs_log(
            self.env._(
                "The serial number “%(serial)s” was removed from this asset, because "
                "OCS reports it for “%(name)s”.",
                serial=serial,
                name=name,
            )
        )
        return True

    def _may_release(self, serial, holder, external_id):
        if self.component(usage="ownership").is_protected(holder, "serial_no"):
            return False
        reported = self.backend_adapter.read_serials([holder.external_id])
        if holder.external_id not in reported:
            policy = self.backend_record.removal_policy
            return "archive" in (policy, holder.removal_action)
        is_mine = self._shared(serial).owner_id == external_id
        found = plain_serial(reported[holder.external_id])
        return is_mine or found != plain_serial(serial)

    def _take(self, holder):
        """Empty the serial number, and have the next run import its computer again.

        It is written immediately: PostgreSQL checks row by row that serial numbers are
        unique, even within one statement.
        """
        imported = dict(holder.last_imported_values or {}, serial_no=False)
        holder.write({"last_imported_values": imported, "digests": False})
        quiet = {"tracking_disable": True, "ocs_import": True}
        holder.odoo_id.with_context(**quiet).serial_no = False
        holder.odoo_id.flush_recordset(["serial_no"])
