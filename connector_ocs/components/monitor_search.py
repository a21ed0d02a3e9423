# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from functools import cached_property

from odoo.addons.component.core import Component

from ..lib.identifiers import plain_serial


class OcsMonitorSearch(Component):
    """Search for the monitors that computers report, or have in Odoo."""

    _name = "ocs.monitor.search"
    _inherit = "ocs.lookup"
    _apply_on = "ocs.monitor.binding"
    _usage = "monitor.search"

    def find(self, computer_import, keys):
        """Return the monitors with some external IDs.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`
        :param keys: collection of str
        :return: dict {external ID: binding} of those that exist
        """
        known = self._look_up(computer_import, self._search_possible)
        others = set(keys) - known.keys()
        if others:  # several reports of a monitor were joined
            known = known | self._by_key(others)
        return {key: known[key] for key in keys if known[key]}

    def attached(self, computer_import):
        """Return the monitors that a computer has, including unplugged ones."""
        asset = computer_import.binding.odoo_id
        found = self._look_up(computer_import, self._search_attached)
        if asset not in found:  # linked or created since
            found = self._by_computer(asset)
        return found[asset]

    def conflicts(self, computer_import):
        """Return whether a monitor may be another computer's or a different asset."""
        serials = self._usable_serials(computer_import)
        # the screen of an all-in-one computer may have its serial number
        all_serials = [*serials, computer_import.serial or ""]
        if len(all_serials) != len({plain_serial(each) for each in all_serials}):
            return True
        keys = self.usable_keys(computer_import)
        known = self.model.union(*self.find(computer_import, keys).values())
        if known - self._plugged_in(computer_import):
            return True
        resolver = self.component(
            usage="serial.resolver", model_name="ocs.computer.binding"
        )
        owners = (resolver.owner(computer_import, each).ids for each in serials)
        return bool({each for ids in owners for each in ids} - set(known.odoo_id.ids))

    def claims(self, computer_import):
        """Return the serial numbers and external IDs of the monitors, old and new."""
        claims = set(self._usable_serials(computer_import))
        for monitor in self._plugged_in(computer_import):
            former = (monitor.ocs_serial, monitor.serial_no, monitor.external_id)
            claims.update(each for each in former if self._is_unique(each))
        return {plain_serial(each) for each in claims}

    def usable_keys(self, computer_import):
        """Return the external IDs by which a computer may get a monitor of another one.

        Those of monitors that OCS reports on several computers are not among them,
        unless it is this one that has the monitor.

        :return: set of str
        """
        values = self.real_serials(computer_import.monitors)
        places = self._possible_keys(computer_import) - values
        return places | self._usable(computer_import)

    def real_serials(self, monitors):
        """Return the serial numbers of monitors, in normal form."""
        return {self._serials.value(each["serial"]) for each in monitors} - {""}

    def place(self, external_id, monitor):
        """Return the computer and the description of a monitor, without a number.

        :param external_id: int, hardware.ID
        """
        made = "{manufacture_week}/{manufacture_year}".format_map(monitor)
        parts = (
            monitor["manufacturer"],
            monitor["model"] or monitor["name"],
            made if monitor["manufacture_year"] else "",
            self._serials.value(monitor["serial"]),
        )
        return f"{external_id}/{' '.join(filter(None, parts))}"

    def _search_possible(self, imports):
        """Search for the monitors with any external ID that computers may report.

        :return: for each import, dict {external ID: binding, may be empty}
        """
        keys = set().union(*map(self._possible_keys, imports))
        return [self._by_key(keys)] * len(imports)

    def _possible_keys(self, computer_import):
        """Return every external ID that the monitors of a computer may have."""
        external_id, monitors = computer_import.external_id, computer_import.monitors
        places = {self.place(external_id, each) for each in monitors}
        numbers = range(1, len(monitors) + 1)
        keys = {f"{place}/{number}" for place in places for number in numbers}
        return keys | self.real_serials(monitors)

    def _by_key(self, keys):
        """Return the monitors by external ID, which may be empty recordsets."""
        found = self.model.with_context(active_test=False).search_fetch(
            [
                ("backend_id", "=", self.backend_record.id),
                ("external_id", "in", list(keys)),
            ]
        )
        known = {binding.external_id: binding for binding in found}
        return {key: known.get(key, self.model) for key in keys}

    def _search_attached(self, imports):
        """Search for the monitors that computers have."""
        assets = self.env["maintenance.equipment"].union(
            *(each.binding.odoo_id for each in imports)
        )
        return [self._by_computer(assets)] * len(imports)

    def _by_computer(self, assets):
        """Return the monitors by computer: dict {maintenance.equipment: bindings}."""
        found = self.model.with_context(active_test=False).search(
            [
                ("backend_id", "=", self.backend_record.id),
                ("computer_id", "in", assets.ids),
            ]
        )
        attached = found.grouped("computer_id")
        return {asset: attached.get(asset, self.model) for asset in assets}

    def _plugged_in(self, computer_import):
        if not computer_import.binding:
            return self.model
        found = self.attached(computer_import)
        return found.filtered(lambda each: not each.unplugged_since)

    def _usable(self, computer_import):
        """Return the serial numbers that only monitors of a computer may have.

        :return: set of str, in normal form
        """
        external_id = computer_import.external_id
        values = self.real_serials(computer_import.monitors)
        decisions = self._serials.find(computer_import)
        return {
            value
            for value in values
            if value not in decisions or decisions[value].owner == external_id
        }

    def _usable_serials(self, computer_import):
        """Return the same serial numbers as they are, as often as they are reported."""
        usable = self._usable(computer_import)
        serials = [each["serial"] for each in computer_import.monitors]
        return [each for each in serials if plain_serial(each) in usable]

    def _is_unique(self, serial):
        """Return whether a serial number identifies a single monitor."""
        blacklist = self.backend_record._blacklist()
        is_shared = ("monitor", plain_serial(serial)) in blacklist.shared
        return not (is_shared or blacklist.has_serial(serial))

    @cached_property
    def _serials(self):
        return self.component(usage="monitor.serials")
