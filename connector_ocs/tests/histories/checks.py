# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from ..fleet_checks import FleetChecks

#: Messages in the chatter of an asset whose computer is removed from OCS, or back.
REMOVED = (
    "This computer was removed from OCS",
    "This computer is archived in OCS",
)
RESTORED = ("This computer is back in OCS",)


class HistoryChecks(FleetChecks):
    """Checks after each history."""

    def assert_history(self, history):
        """Assert that Odoo equals OCS, and that nothing was lost.

        :param history: a :class:`.history.History` whose steps were performed
        """
        last = history.settle()
        self.assertFalse(history.jobs.waiting(), "Jobs are pending.")
        self.assertFalse(history.open_runs(), "A run is open.")
        self.assertTrue(last, "Every run finds something to do.")
        self.assert_equals_ocs()
        self.assert_states(history)
        self.assert_nothing_lost(history)
        self.assert_same_asset(history)

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
        """Assert that only second assets are deleted, and only unused ones."""
        used = self.env["maintenance.equipment"].browse(history.used)
        self.assertEqual(used.exists(), used, "An asset that users changed is lost.")
        for number, assets in history.assets.items():
            found = self.env["maintenance.equipment"].browse(assets).exists()
            self.assertTrue(found, f"PC-{number} has lost its asset.")

    def assert_same_asset(self, history):
        """Assert that a machine keeps its asset, whatever its ID in OCS is."""
        bound = {each.external_id: each.odoo_id.id for each in history.bindings()}
        expected = self.reading.computers()
        for machine in history.ocs.machines:
            assets = list(history.assets[machine.number])
            if not self._is_matched(machine, assets, history):
                continue
            here = [row for row in machine.rows if row in expected]
            found = {bound[row] for row in here}
            if len(here) == len(machine.rows) == 1:
                self.assertEqual(found, {assets[0]}, f"{machine.name}: asset")

    def _is_matched(self, machine, assets, history):
        """Return whether nothing prevented Odoo from matching a machine."""
        return machine.is_distinct and not history.used.intersection(assets)
