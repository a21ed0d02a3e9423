# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).


from odoo.tests import tagged

from ..components.preview_state import AssetStates
from .runs import RunMixin
from .test_fleet import FleetCase


class PreviewFleetCase(RunMixin, FleetCase):
    """Test case that previews and then imports a fleet of all special cases."""

    @classmethod
    def import_fleet(cls, force=False):
        """Do nothing: each test imports the fleet after a preview."""

    def preview(self):
        """Start a preview and perform its jobs.

        :return: the preview
        """
        self.backend.action_preview()
        with self.enter_registry_test_mode():
            self.perform_jobs("examine")
        preview = self.env["ocs.import.preview"].search([], limit=1)
        self.assertEqual(preview.state, "done", preview.message)
        return preview

    def states(self):
        """Return what users see of each asset: dict {asset: state}."""
        with self.backend.work_on("ocs.computer.binding") as work:
            states = AssetStates(work)
            bindings = self.bindings_of_backend()
            return {asset: states.of(asset) for asset in bindings.odoo_id}, states

    def bindings_of_backend(self):
        model = self.env["ocs.computer.binding"].with_context(active_test=False)
        return model.search([("backend_id", "=", self.backend.id)])

    def assert_told_the_truth(self, preview):
        """Import, and compare each computer with its line in a preview."""
        before, states = self.states()
        existing = self.env["maintenance.equipment"].with_context(active_test=False)
        existing = existing.search([])
        self.import_changed()
        self.env.invalidate_all()
        after, _states = self.states()
        lines = {line.external_id: line for line in preview.line_ids}
        found = {}
        for binding in self.bindings_of_backend():
            asset = binding.odoo_id
            old = before.get(asset) or (
                states.of(asset.browse()) if asset not in existing else {}
            )
            changes = states.differences(old, after[asset])
            if changes:
                found[binding.external_id] = changes
        outcomes = ("create", "change", "remove")
        expected = {
            external_id: line.changes
            for external_id, line in lines.items()
            if line.outcome in outcomes and line.changes
        }
        for external_id in sorted(found.keys() | expected.keys()):
            with self.subTest(external_id=external_id):
                self.assertEqual(
                    expected.get(external_id), found.get(external_id), external_id
                )
        issues = {
            external_id: line.outcome
            for external_id, line in lines.items()
            if line.outcome in ("decide", "skip", "fail")
        }
        self.assertEqual(set(issues), set(self.issues()))


@tagged("post_install", "-at_install")
class TestPreviewFleet(PreviewFleetCase):
    """A preview says of each computer what the import then does."""

    def test_first_import_and_changes(self):
        self.assert_told_the_truth(self.preview())
        self.fleet("change")
        self.assert_told_the_truth(self.preview())
        nothing = self.preview()
        outcomes = set(nothing.line_ids.mapped("outcome"))
        self.assertLessEqual(outcomes, {"skip", "decide", "fail"})
