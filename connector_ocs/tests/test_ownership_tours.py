# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged

from .tours import TourCase


@tagged("post_install", "-at_install")
class TestOwnershipTours(TourCase):
    """Browser tests of field ownership, on a real OCS database."""

    def test_reset(self):
        self.insert_computer(1, "PC-1")
        self.import_all()
        resets = self._watch("action_reset_to_ocs")
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_computer_binding_action",
            "connector_ocs_reset_to_ocs",
        )
        self.assertEqual(self.binding(1).name, "PC-1")
        self.assertEqual(resets.call_count, 1, "A double click resets once.")

    def _watch(self, method):
        model = self.registry["ocs.computer.binding"]
        original = getattr(model, method)
        watched = mock.patch.object(model, method, autospec=True, side_effect=original)
        self.addCleanup(watched.stop)
        return watched.start()

    def test_settings(self):
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action",
            "connector_ocs_ownership",
        )
        self.assertEqual(
            self.backend._field_owners().get("warranty_date"), "until_edited"
        )
