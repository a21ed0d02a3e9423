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
        #: sentences for the technician
        self.warnings = []
        #: dict {serial number in normal form: :class:`.monitors.Decision`}
        self.decisions = {}
        #: unplugged monitors that this computer had last, and whose serial number no
        #: longer identifies them
        self.left_here = self.model

    def identify(self, computer, monitors):
        """Return monitors and existing bindings by external ID.

        :param computer: binding of the computer that reports them
        :param monitors: list of descriptions, see ``lib/monitors.py``
        :return: dict {external ID: monitor}, dict {external ID: binding} of those
            that exist
        """
        monitors, repeated = self._without_duplicates(monitors)
        values = self.real_serials(monitors)
        known = self._find(values)
        self._decide(computer, values, known)
        for value in repeated:
            self.decisions[value] = Decision(is_shared=True)
        self.left_here = self._find_left(computer, known)
        keyed, count = {}, Counter()
        for monitor in monitors:
            value = self._serials.value(monitor["serial"])
            if self._identifies(computer, monitor, known.get(value)):
                keyed[value] = monitor
                continue
            place = self._place(computer.external_id, monitor)
            count[place] += 1
            keyed[f"{place}/{count[place]}"] = monitor
        known |= self._find(set(keyed).difference(known))
        return keyed, {key: known[key] for key in keyed if key in known}

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

    def _decide(self, computer, values, known):
        """Look up who has the monitors.

        Whatever the last run did not know of is decided now: the computer reports a
        monitor that another one has in Odoo.

        :param known: dict {external ID: binding}
        """
        found = self._serials.find(values)
        self.decisions = {
            value: decision
            for value, decision in found.items()
            if decision.is_shared or computer.external_id in decision.reporters
        }
        new = {
            value
            for value in values
            if value not in self.decisions
            and self._is_elsewhere(computer, known.get(value))
        }
        if new:
            decisions, _places = self._serials.decide(new, found)
            self.decisions = {**self.decisions, **decisions}

    def _find_left(self, computer, known):
        """Return the value of ``left_here``."""
        connections = self.env["maintenance.equipment.connection"]
        return self.model.concat(
            *(
                binding
                for value, binding in known.items()
                if self.is_shared(value)
                and (binding.unplugged_since or not binding.computer_id)
                and connections._find_last(binding.odoo_id).computer_id
                == computer.odoo_id
            )
        )

    def _is_elsewhere(self, computer, binding):
        if not binding or binding.unplugged_since:
            return False
        return bool(binding.computer_id - computer.odoo_id)

    def decision(self, serial):
        """Return who has the monitor with a serial number.

        :return: :class:`Decision`, None if only the computer reports it
        """
        return self.decisions.get(self._serials.value(serial))

    def is_shared(self, serial):
        """Return whether several monitors have a serial number."""
        decision = self.decision(serial)
        return bool(decision and decision.is_shared)

    def _identifies(self, computer, monitor, binding):
        """Return whether the serial number of a monitor identifies it.

        :param binding: monitor with this serial number, may be None
        """
        serial = monitor["serial"]
        is_usable = self._serials.value(serial) and not self.is_shared(serial)
        return is_usable and not self._is_taken(computer, monitor, binding)

    def _is_taken(self, computer, monitor, binding):
        """Return whether a different monitor has the serial number.

        An agent that was upgraded may spell the manufacturer's name differently, so
        that of a monitor of the same computer does not count.
        """
        if not binding:
            return False
        is_here = binding.computer_id == computer.odoo_id
        ignored = ("manufacturer",) if is_here else ()
        return are_different(monitor, binding._description_in_ocs(), ignored)

    def is_place(self, external_id, binding):
        """Return whether a monitor is identified by a computer and its description.

        :param external_id: int, hardware.ID of the computer
        """
        key = binding.external_id or ""
        is_serial = key == plain_serial(binding.ocs_serial)
        return key.startswith(f"{external_id}/") and not is_serial

    def _place(self, external_id, monitor):
        """Return the computer and the description of a monitor, without a number."""
        made = "{manufacture_week}/{manufacture_year}".format_map(monitor)
        parts = (
            monitor["manufacturer"],
            monitor["model"] or monitor["name"],
            made if monitor["manufacture_year"] else "",
            self._serials.value(monitor["serial"]),
        )
        return f"{external_id}/{' '.join(filter(None, parts))}"

    def real_serials(self, monitors):
        """Return the serial numbers of monitors, in normal form."""
        return {self._serials.value(each["serial"]) for each in monitors} - {""}

    def _find(self, keys):
        """:return: dict {external ID: binding} of those that exist"""
        if not keys:
            return {}
        found = [self.prefetched.get("monitor", key) for key in keys]
        if None in found:
            bindings = self.search(keys)
        else:
            bindings = self.model.browse(each for ids in found for each in ids)
        return {binding.external_id: binding for binding in bindings}

    def search(self, keys):
        """Return the bindings of monitors with the given external IDs."""
        return self.model.with_context(active_test=False).search_fetch(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", list(keys)),
            ]
        )

    def possible_keys(self, external_id, monitors):
        """Return every external ID that the monitors of a computer may have.

        :param external_id: int, hardware.ID
        :param monitors: list of descriptions
        :return: set of str
        """
        places = {self._place(external_id, each) for each in monitors}
        numbers = range(1, len(monitors) + 1)
        keys = {f"{place}/{number}" for place in places for number in numbers}
        return keys | self.real_serials(monitors)

    def usable_keys(self, external_id, monitors):
        """Return the external IDs by which a computer may get a monitor of another one.

        Those of monitors that OCS reports on several computers are not among them,
        unless it is this one that has the monitor.

        :return: set of str
        """
        keys = self.possible_keys(external_id, monitors)
        values = self.real_serials(monitors)
        return keys - values | self.usable_serials(external_id, monitors)

    def usable_serials(self, external_id, monitors):
        """Return the serial numbers, in normal form, that a computer's monitors have.

        :return: set of str
        """
        values = self.real_serials(monitors)
        decisions = self._serials.find(values)
        others = {key for key in decisions if decisions[key].owner != external_id}
        return values - others

    @cached_property
    def _serials(self):
        return self.component(usage="monitor.serials")

    def _warn_duplicate(self, monitor):
        self.warnings.append(
            self.env._(
                "OCS reports two monitors with the serial number “%s”. They are "
                "imported as one monitor.",
                monitor["serial"],
            )
        )
