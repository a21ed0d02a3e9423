# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.tours import TourCase

from .live import LiveAccountMixin


@tagged("post_install", "-at_install")
class TestAccountTour(LiveAccountMixin, TourCase):
    """The form of the backend, in a browser."""

    def test_mapping_of_fields(self):
        self.start_tour(
            f"/odoo/action-connector_ocs.ocs_backend_action/{self.backend.id}",
            "connector_ocs_account",
        )
        tag, department = self.backend.account_field_ids[:2]
        self.assertEqual(department.target_field_id.name, "partner_ref")
        self.assertEqual(tag.target_property, "TAG")
        self.assertEqual(self.backend.tag_exclude, "NA")
