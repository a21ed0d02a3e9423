# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from functools import cached_property

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial
from ..lib.monitors import are_different, complete, monitor_values


class OcsMonitorRecognizer(Component):
    """Recognizer of monitors of which OCS says more, or less, than before."""

    _name = "ocs.monitor.recognizer"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.monitor.binding"
    _usage = "monitor.recognizer"

    def recognize(self, keyed, known, missing):
        """Find existing monitors that have a new external ID.

        Their serial number became a placeholder or is shared, or no longer is. Or the
        serial number or the date was not read before, or is not read now: the only
        monitor of a model is missing, and there is exactly one new one of that model.

        :param missing: bindings of monitors that this computer no longer reports
        :return: dict {new external ID: binding}
        """
        unknown = {key: each for key, each in sorted(keyed.items()) if key not in known}
        found = {}
        for key, monitor in unknown.items():
            same = missing.filtered(
                lambda each, monitor=monitor: self._has_serial(each, monitor)
            )
            if same:
                found[key] = same.sorted("id")[0]
                missing -= found[key]
        left = {key: each for key, each in unknown.items() if key not in found}
        return found | self._by_product(left, missing)

    def _has_serial(self, binding, monitor):
        """Return whether a monitor was known by the serial number it has now."""
        serial = plain_serial(monitor["serial"])
        if not serial or serial != plain_serial(binding.ocs_serial):
            return False
        if not self._serials.value(serial) and binding.external_id != serial:
            return False  # it never was more than a placeholder
        known = binding._description_in_ocs()
        return not are_different(monitor, known, ("manufacturer",))

    def _by_product(self, keyed, missing):
        """Find the monitors that are the only ones of their model.

        :param keyed: dict {external ID: monitor} of those without binding
        :return: dict {external ID: binding}
        """
        found = {
            key: missing.filtered(
                lambda each, monitor=monitor: self._has_product(each, monitor)
            )
            for key, monitor in keyed.items()
        }
        count = Counter(each for bindings in found.values() for each in bindings)
        return {
            key: bindings
            for key, bindings in found.items()
            if len(bindings) == 1 and count[bindings] == 1
        }

    def check_former(self, computer, monitor):
        """Import the former computer again if OCS reports such a monitor of it, too.

        If its serial number was not read there, the other monitor was taken for this
        one. The former computer has it, and may not change any more.

        :param computer: maintenance.equipment
        :param monitor: binding that is plugged into another computer now
        """
        for each in computer.with_context(active_test=False).ocs_bind_ids:
            if each.backend_id == self.backend_record and not each.removed_since:
                self._check_computer(each, monitor)

    def _check_computer(self, computer, monitor):
        adapter = self.component(usage="backend.adapter", model_name=computer._name)
        rows = adapter.read_monitors_of(computer.external_id)
        if self._is_mistakable(monitor, monitor_values(rows)):
            computer._enqueue_related(
                self.backend_record, computer.external_id, computer.name, force=True
            )

    def _is_mistakable(self, binding, monitors):
        """Return whether a monitor was recognized by its model alone, or may have been.

        :param binding: of a monitor with a serial number
        :param monitors: list of descriptions
        """
        return any(
            not self._serials.value(each["serial"]) and self._has_product(binding, each)
            for each in monitors
        )

    def _has_product(self, binding, monitor):
        """Return whether a monitor may be one whose serial number was not read."""
        known = binding._description_in_ocs()
        serials = {self._serials.value(each["serial"]) for each in (known, monitor)}
        keys = ("manufacturer", "name", "model")
        return (
            len(serials - {""}) < 2
            and "" in serials
            and all(monitor[key] == known[key] for key in keys)
            and not are_different(monitor, known)
        )

    def is_poorer(self, monitor, binding):
        """Return whether OCS no longer reports the serial number or the date.

        The monitor keeps its external ID then.
        """
        known = binding._description_in_ocs()
        is_by_serial = binding.external_id == plain_serial(known["serial"])
        has_lost_date = known["manufacture_year"] and not monitor["manufacture_year"]
        return bool(
            self._has_lost_serial(monitor, known)
            or (has_lost_date and not is_by_serial)
        )

    def _has_lost_serial(self, monitor, known):
        return (
            self._serials.value(known["serial"])
            and not self._serials.value(monitor["serial"])
            and plain_serial(monitor["serial"]) != plain_serial(known["serial"])
        )

    def complete(self, monitor, binding):
        """Return a description with what OCS has reported of the monitor before."""
        known = binding._description_in_ocs()
        if self._has_lost_serial(monitor, known):
            monitor = {**monitor, "serial": known["serial"]}
        return complete(monitor, known)

    @cached_property
    def _serials(self):
        return self.component(usage="monitor.serials")
