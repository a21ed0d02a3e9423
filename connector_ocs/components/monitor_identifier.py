# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from collections import Counter

from odoo.addons.component.core import Component


class OcsMonitorIdentifier(Component):
    """Identifier of monitors: by the serial number, or else by computer and model.

    Values are compared exactly, and nothing is guessed where the match is ambiguous.
    The external ID of a monitor is its serial number. Without a usable one, it is the
    computer, the manufacturer and model of the monitor, and a number.
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
        """Return monitors and existing bindings by external ID.

        Equal monitors without a serial number are numbered, so that two of them stay
        two.

        :param computer: binding of the computer that reports them
        :param monitors: list of dict with name, model, serial, manufacturer
        :return: dict {external ID: monitor}, dict {external ID: binding} of those
            that exist
        """
        real = [each for each in monitors if not self._is_blacklisted(each["serial"])]
        known = self._find(
            {each["serial"] for each in real}
            | {self._model_serial_key(computer.external_id, each) for each in real}
        )
        keyed, count = {}, Counter()
        for monitor in sorted(monitors, key=lambda each: self._order(each, known)):
            key = self._key(computer, monitor, keyed, known)
            if not key:
                model_key = self._model_key(computer.external_id, monitor)
                count[model_key] += 1
                key = f"{model_key}/{count[model_key]}"
            keyed.setdefault(key, monitor)
        return keyed, known | self._find(set(keyed).difference(known))

    def recognize(self, computer, keyed, known, missing):
        """Find existing monitors that have a new external ID.

        Their serial number became a placeholder, or no longer is one. Or it was not
        read before: the only monitor of a model without serial number is missing, and
        there is exactly one new serial number of the same model.

        :param missing: bindings of monitors that this computer no longer reports
        :return: dict {new external ID: binding}
        """
        unknown = {key: keyed[key] for key in keyed if key not in known}
        found = self._by_serial(computer, unknown, missing)
        by_model = self._by_model_key(missing - self.model.concat(*found.values()))
        new = {
            key: self._model_key(computer.external_id, monitor)
            for key, monitor in unknown.items()
            if key == monitor["serial"] and key not in found
        }
        count = Counter(new.values())
        return found | {
            key: by_model[model_key]
            for key, model_key in new.items()
            if count[model_key] == 1 and len(by_model.get(model_key, ())) == 1
        }

    def _by_serial(self, computer, keyed, missing):
        """Find monitors whose serial number became their external ID, or ceased to be.

        :param keyed: dict {external ID: monitor} of those without binding
        :return: dict {external ID: binding}
        """
        found = {}
        for key, monitor in sorted(keyed.items()):
            by_model = self._is_model_key(computer, key)
            same = missing.filtered(
                lambda each, monitor=monitor, by_model=by_model: (
                    each.ocs_serial == monitor["serial"]
                    and not (
                        by_model and self._is_model_key(computer, each.external_id)
                    )
                    and not self._is_other_manufacturer(monitor, each.ocs_manufacturer)
                )
            )
            if same:
                found[key] = same.sorted("id")[0]
                missing -= found[key]
        return found

    def _is_model_key(self, computer, key):
        """Return whether an external ID consists of computer, model and number."""
        number = key.rpartition("/")[2]
        return key.startswith(f"{computer.external_id}/") and number.isdigit()

    def _by_model_key(self, bindings):
        """Group the bindings without serial number by computer and model."""
        unnamed = bindings.filtered(lambda each: self._is_blacklisted(each.ocs_serial))
        return unnamed.grouped(lambda each: each.external_id.rpartition("/")[0])

    def _is_blacklisted(self, serial):
        """Return whether a serial number is a placeholder or empty."""
        return self.backend_record._blacklist().has_serial(serial)

    def _key(self, computer, monitor, keyed, known):
        """:return: external ID of a monitor with a serial number, None without one"""
        serial = monitor["serial"]
        if self._is_blacklisted(serial):
            return None
        duplicate = keyed.get(serial)
        if duplicate and not self._is_other_manufacturer(
            monitor, duplicate["manufacturer"]
        ):
            self._warn_duplicate(monitor)
        elif duplicate or self._is_taken(computer, monitor, known):
            self._warn_other_manufacturer(monitor)
            return self._model_serial_key(computer.external_id, monitor)
        return serial

    def _is_taken(self, computer, monitor, known):
        """Return whether a monitor of another manufacturer has the serial number.

        An agent that was upgraded may spell the manufacturer's name differently: a
        monitor of the same computer is taken for the same monitor.
        """
        binding = known.get(monitor["serial"])
        if not binding or not self._is_other_manufacturer(
            monitor, binding.ocs_manufacturer
        ):
            return False
        is_here = binding.computer_id == computer.odoo_id
        key = self._model_serial_key(computer.external_id, monitor)
        return not is_here or key in known

    def _is_other_manufacturer(self, monitor, manufacturer):
        """Return whether both manufacturers are known and differ.

        Only the manufacturer is compared: the other columns depend on the driver and
        its language.
        """
        here = monitor["manufacturer"]
        return bool(here and manufacturer and here != manufacturer)

    def _order(self, monitor, known):
        """Return a sort key: monitors that fit an existing binding come first.

        The rows of OCS have no defined order.
        """
        binding = known.get(monitor["serial"])
        is_other = binding and self._is_other_manufacturer(
            monitor, binding.ocs_manufacturer
        )
        return bool(is_other), sorted(monitor.items())

    def _model_key(self, external_id, monitor):
        """Return the computer, and the manufacturer and model of a monitor."""
        model = "{manufacturer} {name} {model}".format_map(monitor)
        return f"{external_id}/{model}"

    def _model_serial_key(self, external_id, monitor):
        """Return the external ID of a monitor whose serial number is taken."""
        model_key = self._model_key(external_id, monitor)
        return f"{model_key}/{monitor['serial']}"

    def _find(self, keys):
        """:return: dict {external ID: binding} of those that exist"""
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
        :param monitors: list of dict with name, model, serial, manufacturer
        :return: set of str
        """
        models = {self._model_key(external_id, each) for each in monitors}
        numbers = range(1, len(monitors) + 1)
        keys = {f"{model}/{number}" for model in models for number in numbers}
        for monitor in monitors:
            if not self._is_blacklisted(monitor["serial"]):
                key = self._model_serial_key(external_id, monitor)
                keys |= {monitor["serial"], key}
        return keys

    def _warn_duplicate(self, monitor):
        self.warnings.append(
            self.env._(
                "OCS reports two monitors with the serial number “%s”. They are "
                "imported as one monitor.",
                monitor["serial"],
            )
        )

    def _warn_other_manufacturer(self, monitor):
        self.warnings.append(
            self.env._(
                "The serial number “%(serial)s” of a monitor by %(manufacturer)s "
                "already belongs to a monitor of another manufacturer. They are "
                "imported as two monitors, and this one is identified by its computer "
                "and model.",
                manufacturer=monitor["manufacturer"],
                serial=monitor["serial"],
            )
        )
