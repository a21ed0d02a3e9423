# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import HttpCase, tagged

from .live import LiveMixin


@tagged("post_install", "-at_install")
class TestOwnershipTours(LiveMixin, HttpCase):
    """Browser tests of field ownership, on a real OCS database."""

    def test_reset(self):
        self.insert_computer(1, "PC-1")
        self.import_all()
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_computer_binding_action",
            "connector_ocs_reset_to_ocs",
            login="admin",
        )
        self.assertEqual(self.binding(1).name, "PC-1")

    def test_settings(self):
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action",
            "connector_ocs_ownership",
            login="admin",
        )
        self.assertEqual(
            self.backend._field_owners().get("warranty_date"), "until_edited"
        )
