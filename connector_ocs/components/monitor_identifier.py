# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter, defaultdict
from functools import cached_property

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial
from ..lib.monitors import Decision, are_different, complete


class OcsMonitorIdentifier(Component):
    """Identifier of monitors: by the serial number, or else by computer and model.

    The external ID of a monitor is its serial number in normal form. If it has none, or
    shares it with other monitors, the external ID consists of the computer, the
    manufacturer, the model, the date of manufacture and a number. Nothing is guessed:
    known values that differ show that there are two monitors.
    """

    _name = "ocs.monitor.identifier"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.monitor.binding"
    _usage = "monitor.identifier"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: :class:`.lib.computer_import.ComputerImport` of the computer
        self.computer_import = None
        #: dict {serial number in normal form: :class:`.monitors.Decision`}
        self.decisions = {}
        #: unplugged monitors that this computer had last, and whose serial number no
        #: longer identifies them
        self.left_here = self.model

    def identify(self, computer_import):
        """Return the monitors of a computer and existing bindings by external ID.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        :return: dict {external ID: monitor}, dict {external ID: binding} of those
            that exist
        """
        self.computer_import = computer_import
        monitors, repeated = self._without_duplicates(computer_import.monitors)
        values = self._search.real_serials(monitors)
        known = self._find(values)
        self._decide(values, known)
        for value in repeated:
            self.decisions[value] = Decision(is_shared=True)
        self.left_here = self._find_left(known)
        keyed, count = {}, Counter()
        for monitor in monitors:
            value = self._serials.value(monitor["serial"])
            if self._identifies(monitor, known.get(value)):
                keyed[value] = monitor
                continue
            place = self._search.place(computer_import.external_id, monitor)
            count[place] += 1
            keyed[f"{place}/{count[place]}"] = monitor
        known |= self._find(set(keyed).difference(known))
        return keyed, {key: known[key] for key in keyed if key in known}

    def _find(self, keys):
        """:return: dict {external ID: binding} of those that exist"""
        return self._search.find(self.computer_import, keys)

    def _without_duplicates(self, monitors):
        """Join the reports of one monitor, which has a serial number.

        :return: list of descriptions in a defined order, which the rows of OCS do not
            have; and set of serial numbers in normal form that several of them have
        """
        distinct = defaultdict(list)
        for monitor in sorted(monitors, key=lambda each: sorted(each.items())):
            value = self._serials.value(monitor["serial"])
            same = distinct[value] if value else []
            for position, other in enumerate(same):
                if not are_different(monitor, other):
                    same[position] = complete(other, monitor)
                    self._warn_duplicate(monitor)
                    break
            else:
                distinct[value].append(monitor)
        repeated = {value for value, same in distinct.items() if len(same) > 1}
        return [each for same in distinct.values() for each in same], repeated - {""}

    def _decide(self, values, known):
        """Look up who has the monitors.

        Whatever the last run did not know of is decided now: the computer reports a
        monitor that another one has in Odoo.

        :param known: dict {external ID: binding}
        """
        found = self._serials.find(self.computer_import)
        found = {value: found[value] for value in values if value in found}
        external_id = self.computer_import.external_id
        self.decisions = {
            value: decision
            for value, decision in found.items()
            if decision.is_shared or external_id in decision.reporters
        }
        new = {
            value
            for value in values
            if value not in self.decisions and self._is_elsewhere(known.get(value))
        }
        if new:
            decisions, _places = self._serials.decide(new, found)
            self.decisions = {**self.decisions, **decisions}

    def _find_left(self, known):
        """Return the value of ``left_here``."""
        connections = self.env["maintenance.equipment.connection"]
        asset = self.computer_import.binding.odoo_id
        return self.model.concat(
            *(
                binding
                for value, binding in known.items()
                if self.is_shared(value)
                and (binding.unplugged_since or not binding.computer_id)
                and connections._find_last(binding.odoo_id).computer_id == asset
            )
        )

    def _is_elsewhere(self, binding):
        if not binding or binding.unplugged_since:
            return False
        return bool(binding.computer_id - self.computer_import.binding.odoo_id)

    def decision(self, serial):
        """Return who has the monitor with a serial number.

        :return: :class:`Decision`, None if only the computer reports it
        """
        return self.decisions.get(self._serials.value(serial))

    def is_shared(self, serial):
        """Return whether several monitors have a serial number."""
        decision = self.decision(serial)
        return bool(decision and decision.is_shared)

    def _identifies(self, monitor, binding):
        """Return whether the serial number of a monitor identifies it.

        :param binding: monitor with this serial number, may be None
        """
        serial = monitor["serial"]
        is_usable = self._serials.value(serial) and not self.is_shared(serial)
        return is_usable and not self._is_taken(monitor, binding)

    def _is_taken(self, monitor, binding):
        """Return whether a different monitor has the serial number.

        An agent that was upgraded may spell the manufacturer's name differently, so
        that of a monitor of the same computer does not count.
        """
        if not binding:
            return False
        is_here = binding.computer_id == self.computer_import.binding.odoo_id
        ignored = ("manufacturer",) if is_here else ()
        return are_different(monitor, binding._description_in_ocs(), ignored)

    def is_place(self, binding):
        """Return whether a monitor is identified by its computer and description."""
        key = binding.external_id or ""
        is_serial = key == plain_serial(binding.ocs_serial)
        return key.startswith(f"{self.computer_import.external_id}/") and not is_serial

    def describe_key(self, key, monitor):
        """Return why a monitor has a new external ID, '' if that needs no mention."""
        serial = monitor["serial"]
        if key == plain_serial(serial):
            return self.env._(
                "OCS now reports the serial number “%s” for this monitor. The monitor "
                "is identified by it from now on.",
                serial,
            )
        if self.is_shared(serial):
            return self.env._(
                "Several monitors in OCS have the serial number “%s”. This monitor is "
                "now identified by its computer, manufacturer and model.",
                serial,
            )
        if serial:
            return self.env._(
                "The serial number “%s” is a placeholder shared by many machines. This "
                "monitor is now identified by its computer, manufacturer and model.",
                serial,
            )
        return ""

    def describe_new(self, key, monitor):
        """Return why the asset of a monitor is created."""
        if key == plain_serial(monitor["serial"]):
            return self.env._(
                "Created: no existing asset matched by the serial number “%s”.",
                monitor["serial"],
            )
        return self.env._(
            "Created: the monitor has no serial number of its own. It is "
            "identified by its computer, manufacturer and model."
        )

    @cached_property
    def _serials(self):
        return self.component(usage="monitor.serials")

    @cached_property
    def _search(self):
        return self.component(usage="monitor.search")

    def _warn_duplicate(self, monitor):
        self.computer_import.warnings.append(
            self.env._(
                "OCS reports two monitors with the serial number “%s”. They are "
                "imported as one monitor.",
                monitor["serial"],
            )
        )
