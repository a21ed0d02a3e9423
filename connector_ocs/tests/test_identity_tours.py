# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .tours import TourCase


@tagged("post_install", "-at_install")
class TestIdentityTours(TourCase):
    """Browser tests of matching decisions, on a real OCS database."""

    def test_link_a_computer_to_an_asset(self):
        uuid = "4C4C4544-0042-3510-8052-B4C04F564E31"
        self.insert_computer(1, "PC-1", UUID=uuid)
        _one, other = self.env["maintenance.equipment"].create(
            [{"name": f"PC-1-{each}", "hardware_uuid": uuid} for each in "AB"]
        )
        self.import_all()
        self.assertEqual(self.issue(1).reason, "ambiguous")
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_import_issue_action",
            "connector_ocs_link",
        )
        self.assertEqual(self.binding(1).odoo_id, other)

    def test_activate_a_matching_key(self):
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action",
            "connector_ocs_matching_keys",
        )
        self.assertIn("name", self.backend._matching_fields())
