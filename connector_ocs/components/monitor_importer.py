# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter
from datetime import datetime

from odoo.addons.component.core import Component


class OcsMonitorImporter(Component):
    """Makes the monitors of one computer what OCS says."""

    _name = "ocs.monitor.importer"
    _inherit = "ocs.importer"
    _apply_on = "ocs.monitor.binding"

    def run(self, computer, monitors):
        """Create, update, move and detach monitors.

        :param computer: binding of the computer they are attached to
        :param monitors: list of dict with name, model, serial, manufacturer
        """
        keyed = self._keyed(computer, monitors)
        known = self._known(keyed)
        for key, monitor in keyed.items():
            self._import(computer, key, monitor, known.get(key, self.model))
        self._detach(computer, keyed)

    def _keyed(self, computer, monitors):
        """Monitors by external id: the serial number, or else the place.

        Equal monitors without a serial number are counted, so that two of
        them stay two.
        """
        keyed, places = {}, Counter()
        junk = self.backend_record._junk()
        for monitor in monitors:
            key = monitor["serial"]
            if junk.is_serial(key):
                place = "{} {} {}".format(
                    monitor["manufacturer"], monitor["name"], monitor["model"]
                )
                places[place] += 1
                key = f"{computer.external_id}/{place}/{places[place]}"
            elif key in keyed:
                self._warn_twice(monitor)
            keyed[key] = monitor
        return keyed

    def _known(self, keyed):
        bindings = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", list(keyed)),
            ]
        )
        return {binding.external_id: binding for binding in bindings}

    def _import(self, computer, key, monitor, binding):
        if self._is_elsewhere(computer, binding):
            return
        map_record = self.mapper.map_record(monitor)
        values = map_record.values(for_create=not binding)
        values["computer_id"] = computer.odoo_id.id
        self._settle_serial(binding, values)
        if binding:
            self._update(binding, values)
        else:
            values.update(self._matched(key, monitor))
            self._create(key, values)

    def _matched(self, key, monitor):
        """Values that remember why a monitor is a new asset."""
        if key == monitor["serial"]:
            reason = self.env._(
                "New asset: no other monitor was known by the serial number “%s”.", key
            )
        else:
            reason = self.env._(
                "New asset: it has no serial number of its own, and is known by its "
                "computer and its make."
            )
        return self.model._matched(reason)

    def _is_elsewhere(self, computer, binding):
        """Whether a computer that was inventoried later reports the monitor.

        A computer keeps its monitor in OCS until its own next inventory,
        sometimes for ever: the last one to see the monitor is right.
        """
        other = self._other_computer(computer, binding)
        if not other:
            return False
        if self._seen(other) > self._seen(computer):
            self.is_contested = True
            self.warnings.append(self._reported_later(binding, other))
            return True
        self._tell_loser(other, self._reported_later(binding, computer))
        return False

    def _other_computer(self, computer, binding):
        """:return: binding of a computer in OCS, empty if no other has the monitor"""
        bindings = binding.computer_id.with_context(active_test=False).ocs_bind_ids
        other = bindings.filtered(
            lambda other: (
                other.backend_id == self.backend_record
                and not other.gone_since
                and not other.gone_action
            )
        )
        return other - computer

    def _seen(self, computer):
        """Puts computers in an order; the last one has a monitor."""
        return computer.last_inventory or datetime.min, computer.external_id

    def _tell_loser(self, other, warning):
        """A monitor goes to another computer, and may come back from there."""
        lines = (other.warnings or "").splitlines()
        if warning not in lines:
            warnings = "\n".join([*lines, warning])
            self._quiet(other).write({"is_contested": True, "warnings": warnings})

    def _reported_later(self, binding, other):
        return self.env._(
            "The monitor “%(monitor)s” is reported by “%(other)s” too, "
            "inventoried later: it stays there.",
            monitor=binding.display_name,
            other=other.name,
        )

    def _detach(self, computer, keyed):
        """Monitors that OCS no longer reports here are kept, on no computer."""
        attached = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("computer_id", "=", computer.odoo_id.id),
                ("external_id", "not in", list(keyed)),
            ]
        )
        for binding in attached:
            self._update(binding, {"computer_id": False})
        if attached:
            self.env["ocs.computer.binding"]._recheck_contested()

    def _warn_twice(self, monitor):
        self.warnings.append(
            self.env._(
                "Two monitors with the serial number “%s” are reported: they are "
                "taken as one.",
                monitor["serial"],
            )
        )
