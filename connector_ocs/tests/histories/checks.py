# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from ..fleet_checks import FleetChecks

#: What the chatter of an asset says when its computer leaves OCS, and comes back.
LEFT = ("This computer was removed from OCS", "This computer is archived in OCS")
BACK = ("This computer is back in OCS",)


class HistoryChecks(FleetChecks):
    """What is true after every history."""

    def assert_history(self, history):
        """Odoo is what OCS is, and nothing was lost on the way.

        :param history: :class:`.history.History` that has come to its end
        """
        last = history.settle()
        self.assertFalse(history.jobs.waiting(), "Jobs are left.")
        self.assertFalse(history.open_runs(), "A run is open.")
        self.assertTrue(last, "There is always something left to do.")
        self.assert_equals_ocs()
        self.assert_states(history)
        self.assert_nothing_lost(history)
        self.assert_same_asset(history)

    def assert_states(self, history):
        """An asset is active while its computer is in OCS."""
        expected = self.reading.computers()
        for binding in history.bindings():
            is_here = binding.external_id in expected
            name = f"{binding.name} (id {binding.external_id})"
            self.assertEqual(binding.active, is_here, f"{name}: active")
            self.assertEqual(binding.removal_action, not is_here and "archive", name)
            self.assert_notes(binding, is_here)

    def assert_notes(self, binding, is_here):
        """A person reads once that a computer left, and once that it is back."""
        bodies = [str(message.body) for message in binding.odoo_id.message_ids]
        signs = [
            1 if any(text in body for text in LEFT) else -1
            for body in reversed(bodies)
            if any(text in body for text in LEFT + BACK)
        ]
        expected = [1, -1] * len(signs)
        self.assertEqual(signs, expected[: len(signs)], f"{binding.name}: notes")
        self.assertEqual(len(signs) % 2, int(not is_here), f"{binding.name}: notes")

    def assert_nothing_lost(self, history):
        """An asset is there for ever, or was a second one that nobody had used."""
        used = self.env["maintenance.equipment"].browse(history.used)
        self.assertEqual(used.exists(), used, "An asset that people used is lost.")
        for number, assets in history.assets.items():
            found = self.env["maintenance.equipment"].browse(assets).exists()
            self.assertTrue(found, f"PC-{number} has lost its asset.")

    def assert_same_asset(self, history):
        """A machine keeps its asset, whatever its id in OCS is."""
        bound = {each.external_id: each.odoo_id.id for each in history.bindings()}
        expected = self.reading.computers()
        for machine in history.ocs.machines:
            assets = list(history.assets[machine.number])
            if not self._is_known_again(machine, assets, history):
                continue
            here = [row for row in machine.rows if row in expected]
            found = {bound[row] for row in here}
            if len(here) == len(machine.rows) == 1:
                self.assertEqual(found, {assets[0]}, f"{machine.name}: asset")

    def _is_known_again(self, machine, assets, history):
        """Whether nothing kept Odoo from finding a machine again."""
        return machine.is_distinct and not history.used.intersection(assets)
