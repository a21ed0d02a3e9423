# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from ..adding_up import differences, wrong_sums
from ..fleet_checks import FleetChecks
from ..fleet_reading import BLACKLISTED_SERIALS
from .machine import PLACEHOLDERS

#: Messages in the chatter of an asset whose computer is removed from OCS, or back.
REMOVED = (
    "This computer was removed from OCS",
    "This computer is archived in OCS",
)
RESTORED = ("This computer is back in OCS",)


class HistoryChecks(FleetChecks):
    """Checks after each history."""

    placeholders = {*BLACKLISTED_SERIALS, *PLACEHOLDERS}
    #: :class:`.history.History` that is checked
    current = None

    @property
    def merges(self):
        """Return whether the second asset of a machine is merged into the first one."""
        return "ocs.asset.merge" in self.env

    def assert_history(self, history):
        """Assert that Odoo equals OCS, and that nothing was lost.

        :param history: a :class:`.history.History` whose steps were performed
        """
        self.current = history
        self.assert_settled(history)
        history.report_all()  # some values are only then known to be shared
        self.assert_settled(history)
        self.assert_equals_ocs()
        self.assert_states(history)
        self.assert_nothing_lost(history)
        self.assert_same_asset(history)
        self.assert_unchanged(history)

    def assert_settled(self, history):
        """Assert that one undisturbed run settles everything."""
        last = history.settle()
        self.assertFalse(history.jobs.waiting(), "Jobs are pending.")
        self.assertFalse(history.open_runs(), "A run is open.")
        self.assertEqual(last.state, "done", last.message)
        self.assertEqual(history.found(last), 0, "A second run finds something to do.")
        self.assertEqual(differences(last), [])
        for run in history.backend.run_ids:
            self.assertEqual(wrong_sums(run), [])
            self.assertFalse(run.left_count)

    def assert_unchanged(self, history):
        """Assert that inventories without changes import nothing."""
        history.report_all()
        run = history.quiet_run()
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(history.found(run), 0, "An unchanged inventory is imported.")

    def assert_states(self, history):
        """Assert that an asset is active while its computer is in OCS."""
        expected = self.reading.computers()
        for binding in history.bindings():
            is_here = binding.external_id in expected
            name = f"{binding.name} (id {binding.external_id})"
            self.assertEqual(binding.active, is_here, f"{name}: active")
            self.assertEqual(binding.removal_action, not is_here and "archive", name)
            self.assert_notes(binding, is_here)

    def assert_notes(self, binding, is_here):
        """Assert that each removal, and each return, is logged once."""
        bodies = [str(message.body) for message in binding.odoo_id.message_ids]
        signs = [
            1 if any(text in body for text in REMOVED) else -1
            for body in reversed(bodies)
            if any(text in body for text in REMOVED + RESTORED)
        ]
        expected = [1, -1] * len(signs)
        self.assertEqual(signs, expected[: len(signs)], f"{binding.name}: notes")
        self.assertEqual(len(signs) % 2, int(not is_here), f"{binding.name}: notes")

    def assert_nothing_lost(self, history):
        """Assert that no asset was deleted, and that none became another machine."""
        seen = self.env["maintenance.equipment"].browse({*history.used, *history.shown})
        self.assertEqual(seen.exists(), seen, "An asset was deleted.")
        self.assertFalse(history.confused)

    def assert_same_asset(self, history):
        """Assert that a machine keeps its asset, whatever its ID in OCS is."""
        bound = {each.external_id: each.odoo_id.id for each in history.bindings()}
        expected = self.reading.computers()
        for machine in history.ocs.machines:
            assets = list(history.assets[machine.number])
            here = [row for row in machine.rows if row in expected]
            if machine.is_distinct and len(here) == len(machine.rows) == 1:
                # a second asset that a user has used is not merged by itself
                kept = history.used.intersection(assets) if self.merges else assets
                possible = {assets[0], *kept}
                self.assertIn(bound[here[0]], possible, f"{machine.name}: asset")

    # Shared values, as whoever knows the machines decides about them

    def expected_monitors(self):
        return self.reading.monitors(self._has_owner)

    def found_monitors(self, binding):
        """Return the monitors, without serial numbers that OCS does not report now.

        One without serial number may be the only one of its model that is missing.
        """
        query = "SELECT SERIAL FROM monitors WHERE HARDWARE_ID = %s"
        reported = {each["SERIAL"] for each in self.sql(query, binding.external_id)}
        return [
            each if each[2] in reported else (*each[:2], "", "")
            for each in super().found_monitors(binding)
        ]

    def _has_owner(self, serial, places):
        """Return whether only one computer has the monitor with a serial number.

        If several machines have reported it, but only one of them still does, it
        depends on the order of the inventories: then see what Odoo has. A machine that
        a user took for another one counts as several.
        """
        if len(places & set(self._in_use())) > 1:
            return False
        machines = [
            each for each in self.current.ocs.machines if serial in each.screens_ever
        ]
        if len(machines) == len(places) == 1 and machines[0].is_distinct:
            return True
        here = self.current.bindings().filtered(lambda each: each.external_id in places)
        return serial in here.monitor_ids.mapped("serial_no")

    def _in_use(self):
        """Return {hardware.ID: machine} of the rows to which agents report."""
        machines = self.current.ocs.machines
        return {machine.row: machine for machine in machines if machine.rows}

    def _possible_owners(self, serial, computers):
        if len(computers) == 1:
            return super()._possible_owners(serial, computers)
        if 0 in super()._possible_owners(serial, {}):
            return {0}
        in_use, owners = self._in_use(), self.current.ocs.owners
        if len(set(computers) & set(in_use)) > 1:
            return {0}
        machines = {owners[each].number for each in computers}
        is_clear = len(machines) == 1 and all(
            owners[each].is_distinct for each in computers
        )
        return {1} if is_clear else {0, 1}
