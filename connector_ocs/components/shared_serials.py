# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_uuid
from ..lib.identity import real_uuids


class OcsSharedSerials(Component):
    """Registry of the serial numbers that several machines share.

    If computers with different real UUIDs report a serial number at the same time, the
    manufacturer assigned it twice: it identifies none of them. Otherwise, two computers
    with one serial number are two rows of one machine; the first one keeps the number.

    Only computers in OCS count, with their last imported values. Each of them is marked
    as conflicting, so that all are checked again when one is removed.
    """

    _name = "ocs.shared.serials"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "shared.serials"

    def is_shared(self, serial, uuid, binding=None):
        """Return whether several machines report a serial number.

        :param serial: str, not blacklisted
        :param uuid: str or False, UUID of a computer that reports the number
        :param binding: binding of that computer, if it has one
        """
        others = self._holders(serial, binding)
        return len(real_uuids([uuid, *others.mapped("hardware_uuid")])) > 1

    def recheck_holders(self, serial, binding):
        """Recheck the computers that had a serial number to themselves until now.

        :param serial: str
        :param binding: binding of another computer that reports the number
        :return: bindings of the computers to recheck
        """
        holders = self._holders(serial, binding).filtered(
            lambda each: each.serial_no == serial or not each.is_conflicting
        )
        self._recheck(holders)
        return holders

    def recheck_former(self, binding, values):
        """Recheck the computers that shared a serial number before one changed.

        :param binding: binding of the changed computer, which is conflicting
        :param values: dict with its new ocs_serial and hardware_uuid
        """
        serial, uuid = binding.ocs_serial, plain_uuid(binding.hardware_uuid)
        is_same = uuid == plain_uuid(values.get("hardware_uuid", uuid))
        if serial and not (is_same and serial == values["ocs_serial"]):
            holders = self._holders(serial, binding)
            self._recheck(holders.filtered("is_conflicting"))

    def _holders(self, serial, binding):
        """Return the bindings of other computers in OCS with a serial number."""
        ids = self.prefetched.get("ocs_serial", serial)
        if ids is None:
            found = self.search([serial])
        else:
            found = self.model.browse(ids)
        return found - binding if binding else found

    def search(self, serials):
        """Return the bindings of computers in OCS with one of the serial numbers."""
        return self.model.with_context(active_test=False).search(
            [
                ("ocs_serial", "in", serials),
                ("backend_id", "=", self.backend_record.id),
                ("removed_since", "=", False),
                ("removal_action", "=", False),
            ]
        )

    def _recheck(self, bindings):
        bindings.filtered("digests").write({"digests": False})
