# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib import eligibility
from ..lib.identifiers import plain_serial
from ..lib.monitors import monitor_values


class OcsChunkPlanner(Component):
    """Planner that decides which computers of a chunk can be imported together.

    Computers imported together go through each step at the same time, and their
    searches were made before the first of them was imported. The result is the same as
    one after the other if a computer is related neither to another one of the chunk nor
    to any existing record but its own. Other computers are imported separately, in
    their turn. No computer gets the asset that another one of the chunk has just got,
    so that only serial numbers and monitors relate them.
    """

    _name = "ocs.chunk.planner"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "chunk.planner"

    def plan(self, importers):
        """Split a chunk into groups, without changing the order.

        :param importers: list of ``ocs.computer.importer`` that were started, and whose
            chunk was prefetched
        :return: list of lists of importers
        """
        groups, together, seen = [], [], set()
        for importer in importers:
            values = self._values(importer)
            if self._has_conflicts(importer) or not seen.isdisjoint(values):
                groups += [together, [importer]]
                together = []
            else:
                together.append(importer)
            seen |= values
        return [group for group in [*groups, together] if group]

    def _values(self, importer):
        """Return all old and new values that only one asset, or monitor, may have.

        :return: set of str
        """
        serials = {*self._own_serials(importer), *self._monitor_serials(importer)}
        for monitor in self._attached(importer.binding):
            former = (monitor.ocs_serial, monitor.serial_no, monitor.external_id)
            serials.update(each for each in former if self._is_unique(each))
        return {plain_serial(each) for each in serials}

    def _own_serials(self, importer):
        """Return the serial numbers that a computer's asset may get or lose.

        The run has decided on those that several computers report before it enqueued
        any import.
        """
        binding, resolver = importer.binding, self.component(usage="serial.resolver")
        serials = {self._serial(importer), binding.ocs_serial, binding.serial_no}
        return [
            each
            for each in serials
            if not self._blacklist.has_serial(each) and not resolver.is_decided(each)
        ]

    def _serial(self, importer):
        return importer.computer.get("bios", {}).get("SSN")

    def _has_conflicts(self, importer):
        """Return whether a computer is related to records other than its own asset."""
        external_id, binding = importer.external_id, importer.binding
        if eligibility.exclusion(importer.computer):
            return True
        if self.prefetched.get("issue", external_id):
            return True
        if binding:
            is_removed = binding.removed_since or binding.removal_action
            is_unclear = bool(binding.is_conflicting or is_removed)
        else:
            is_unclear = bool(self.prefetched.get("asset", external_id))
        return (
            is_unclear
            or self._shares_serial(importer)
            or self._has_monitor_of_others(importer)
        )

    def _shares_serial(self, importer):
        """Return whether another asset has the serial number that it may use."""
        serial = self._serial(importer)
        resolver = self.component(usage="serial.resolver")
        if self._blacklist.has_serial(serial) or resolver.is_reserved(
            serial, importer.external_id
        ):
            return False
        owners = set(self.prefetched.get("serial_no", serial))
        return bool(owners - set(importer.binding.odoo_id.ids))

    def _has_monitor_of_others(self, importer):
        """Return whether a monitor may be another computer's or a different asset."""
        monitors = monitor_values(importer.computer.get("monitors", ()))
        serials = self._monitor_serials(importer)
        # the screen of an all-in-one computer may have its serial number
        all_serials = [*serials, self._serial(importer) or ""]
        if len(all_serials) != len({plain_serial(each) for each in all_serials}):
            return True
        keys = self._identifier.usable_keys(importer.external_id, monitors)
        known = self._known_monitors(keys)
        if known != known & self._attached(importer.binding):
            return True
        owners = {
            owner
            for serial in serials
            for owner in self.prefetched.get("serial_no", serial)
        }
        return bool(owners - set(known.odoo_id.ids))

    def _known_monitors(self, keys):
        ids = {each for key in keys for each in self.prefetched.get("monitor", key)}
        return self.env["ocs.monitor.binding"].browse(sorted(ids))

    def _attached(self, binding):
        """Return the monitors that are plugged in to the computer of a binding."""
        ids = self.prefetched.get("attached", binding.odoo_id.id) or ()
        monitors = self.env["ocs.monitor.binding"].browse(ids)
        return monitors.filtered(lambda each: not each.unplugged_since)

    def _monitor_serials(self, importer):
        """Return the serial numbers that only monitors of a computer may have."""
        monitors = monitor_values(importer.computer.get("monitors", ()))
        usable = self._identifier.usable_serials(importer.external_id, monitors)
        serials = [each["serial"] for each in monitors]
        return [each for each in serials if plain_serial(each) in usable]

    def _is_unique(self, serial):
        """Return whether a serial number identifies a single monitor."""
        is_shared = ("monitor", plain_serial(serial)) in self._blacklist.shared
        return not (is_shared or self._blacklist.has_serial(serial))

    @property
    def _identifier(self):
        return self.component(
            usage="monitor.identifier", model_name="ocs.monitor.binding"
        )

    @property
    def _blacklist(self):
        return self.backend_record._blacklist()
