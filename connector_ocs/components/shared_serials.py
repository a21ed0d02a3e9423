# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_uuid
from ..lib.identity import real_uuids


class OcsSharedSerials(Component):
    """Knows which serial numbers several machines have.

    A serial number that computers with different real UUIDs report at one time is the
    maker's mistake: none of them is known by it. Two computers that do not differ so
    are two rows of one machine; the first one has the number.

    The computers that count are those that OCS has now, as they were imported last.
    Each of them is conflicting, so that all are looked at again when one leaves.
    """

    _name = "ocs.shared.serials"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "shared.serials"

    def is_shared(self, serial, uuid, binding=None):
        """Whether a serial number is that of several machines.

        :param serial: str, no junk
        :param uuid: str or False, of a computer that reports it
        :param binding: its binding, if it has one
        """
        others = self._holders(serial, binding)
        return len(real_uuids([uuid, *others.mapped("hardware_uuid")])) > 1

    def recheck_holders(self, serial, binding):
        """Look again at those that had a number to themselves until now.

        :param serial: str
        :param binding: of the computer that has it, too
        :return: bindings of those
        """
        holders = self._holders(serial, binding).filtered(
            lambda each: each.serial_no == serial or not each.is_conflicting
        )
        self._recheck(holders)
        return holders

    def release(self, binding, values):
        """Look again at those that shared a number with a computer that has changed.

        :param binding: of the computer, conflicting
        :param values: dict with its ocs_serial and hardware_uuid of now
        """
        serial, uuid = binding.ocs_serial, plain_uuid(binding.hardware_uuid)
        is_same = uuid == plain_uuid(values.get("hardware_uuid", uuid))
        if serial and not (is_same and serial == values["ocs_serial"]):
            holders = self._holders(serial, binding)
            self._recheck(holders.filtered("is_conflicting"))

    def _holders(self, serial, binding):
        """Bindings of the computers in OCS that report a serial number."""
        ids = self.prefetched.get("ocs_serial", serial)
        if ids is None:
            found = self.search([serial])
        else:
            found = self.model.browse(ids)
        return found - binding if binding else found

    def search(self, serials):
        """Bindings of the computers in OCS that report one of some serial numbers."""
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
