# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo.addons.component.core import Component


class OcsMonitorIdentifier(Component):
    """Says which monitor is which: by the serial number, or else by the place.

    Values are compared exactly, and nothing is guessed where two could be meant.
    """

    _name = "ocs.monitor.identifier"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.monitor.binding"
    _usage = "monitor.identifier"

    def __init__(self, work_context):
        super().__init__(work_context)
        #: sentences for the technician
        self.warnings = []

    def identify(self, computer, monitors):
        """Monitors by external id: the serial number, or else the place.

        Equal monitors without a serial number are counted, so that two of
        them stay two.

        :param computer: binding of the computer that reports them
        :param monitors: list of dict with name, model, serial, manufacturer
        :return: dict {external id: monitor}, dict {external id: binding} of those
            that are known
        """
        real = [each for each in monitors if not self._is_blacklisted(each["serial"])]
        known = self._find(
            {each["serial"] for each in real}
            | {self._second_key(computer.external_id, each) for each in real}
        )
        keyed, places = {}, Counter()
        for monitor in sorted(monitors, key=lambda each: self._order(each, known)):
            key = self._key(computer, monitor, keyed, known)
            if not key:
                place = self._place(computer.external_id, monitor)
                places[place] += 1
                key = f"{place}/{places[place]}"
            keyed.setdefault(key, monitor)
        return keyed, known | self._find(set(keyed).difference(known))

    def recognize(self, computer, keyed, known, missing):
        """Monitors that are known by something else from now on.

        Their serial number has become a placeholder, or is none any more; or it was
        not read before: there was one of a make without serial number, which is
        missing now, and there is one new serial number of the same make.

        :param missing: bindings of this computer that it does not report any more
        :return: dict {external id: binding}, for the new ones
        """
        unknown = {key: keyed[key] for key in keyed if key not in known}
        found = self._by_serial(computer, unknown, missing)
        places = self._by_place(missing - self.model.concat(*found.values()))
        new = {
            key: self._place(computer.external_id, monitor)
            for key, monitor in unknown.items()
            if key == monitor["serial"] and key not in found
        }
        count = Counter(new.values())
        return found | {
            key: places[place]
            for key, place in new.items()
            if count[place] == 1 and len(places.get(place, ())) == 1
        }

    def _by_serial(self, computer, keyed, missing):
        """Monitors whose serial number is the same, but was a key or becomes one.

        :param keyed: dict {external id: monitor} of those that are not known
        :return: dict {external id: binding}
        """
        found = {}
        for key, monitor in sorted(keyed.items()):
            is_place = self._is_place(computer, key)
            same = missing.filtered(
                lambda each, monitor=monitor, is_place=is_place: (
                    each.ocs_serial == monitor["serial"]
                    and not (is_place and self._is_place(computer, each.external_id))
                    and not self._is_other_make(monitor, each.ocs_manufacturer)
                )
            )
            if same:
                found[key] = same.sorted("id")[0]
                missing -= found[key]
        return found

    def _is_place(self, computer, key):
        """Whether a monitor is not known by a serial number."""
        number = key.rpartition("/")[2]
        return key.startswith(f"{computer.external_id}/") and number.isdigit()

    def _by_place(self, bindings):
        """Bindings without serial number, by the place that their key begins with."""
        unnamed = bindings.filtered(lambda each: self._is_blacklisted(each.ocs_serial))
        return unnamed.grouped(lambda each: each.external_id.rpartition("/")[0])

    def _is_blacklisted(self, serial):
        """Whether a serial number identifies nothing."""
        return self.backend_record._blacklist().has_serial(serial)

    def _key(self, computer, monitor, keyed, known):
        """:return: external id of a monitor with a serial number, None without"""
        serial = monitor["serial"]
        if self._is_blacklisted(serial):
            return None
        replacement = keyed.get(serial)
        if replacement and not self._is_other_make(
            monitor, replacement["manufacturer"]
        ):
            self._warn_twice(monitor)
        elif replacement or self._is_another(computer, monitor, known):
            self._warn_other_make(monitor)
            return self._second_key(computer.external_id, monitor)
        return serial

    def _is_another(self, computer, monitor, known):
        """Whether a monitor of another maker has the serial number already.

        An agent that was upgraded may write the maker's name in another way: what is
        reported in the same place is the same monitor.
        """
        binding = known.get(monitor["serial"])
        if not binding or not self._is_other_make(monitor, binding.ocs_manufacturer):
            return False
        is_here = binding.computer_id == computer.odoo_id
        return not is_here or self._second_key(computer.external_id, monitor) in known

    def _is_other_make(self, monitor, manufacturer):
        """The other columns depend on the driver and its language."""
        here = monitor["manufacturer"]
        return bool(here and manufacturer and here != manufacturer)

    def _order(self, monitor, known):
        """The rows of OCS have none; the one that is known goes first."""
        binding = known.get(monitor["serial"])
        is_other = binding and self._is_other_make(monitor, binding.ocs_manufacturer)
        return bool(is_other), sorted(monitor.items())

    def _place(self, external_id, monitor):
        make = "{manufacturer} {name} {model}".format_map(monitor)
        return f"{external_id}/{make}"

    def _second_key(self, external_id, monitor):
        """External id of a monitor whose serial number another maker's has."""
        place = self._place(external_id, monitor)
        return f"{place}/{monitor['serial']}"

    def _find(self, keys):
        """:return: dict {external id: binding} of those that are known"""
        found = [self.prefetched.get("monitor", key) for key in keys]
        if None in found:
            bindings = self.search(keys)
        else:
            bindings = self.model.browse(each for ids in found for each in ids)
        return {binding.external_id: binding for binding in bindings}

    def search(self, keys):
        """Bindings of monitors, by their external ids."""
        return self.model.with_context(active_test=False).search_fetch(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", list(keys)),
            ]
        )

    def possible_keys(self, external_id, monitors):
        """Every external id that the monitors of a computer may have.

        :param external_id: int, hardware.ID
        :param monitors: list of dict with name, model, serial, manufacturer
        :return: set of str
        """
        places = {self._place(external_id, each) for each in monitors}
        numbers = range(1, len(monitors) + 1)
        keys = {f"{place}/{number}" for place in places for number in numbers}
        for monitor in monitors:
            if not self._is_blacklisted(monitor["serial"]):
                keys |= {monitor["serial"], self._second_key(external_id, monitor)}
        return keys

    def _warn_twice(self, monitor):
        self.warnings.append(
            self.env._(
                "Two monitors with the serial number “%s” are reported: they are "
                "taken as one.",
                monitor["serial"],
            )
        )

    def _warn_other_make(self, monitor):
        self.warnings.append(
            self.env._(
                "A monitor of %(manufacturer)s has the serial number “%(serial)s”, "
                "which a monitor of another manufacturer has: they are two monitors, "
                "and this one is told apart by its computer.",
                manufacturer=monitor["manufacturer"],
                serial=monitor["serial"],
            )
        )
