# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.tours import TourCase


@tagged("post_install", "-at_install")
class TestTours(TourCase):
    """Browser tests, on a real OCS database."""

    def test_change_log(self):
        self.backend.change_log_account = self.account
        self.start_tour(
            "/odoo/action-connector_ocs.ocs_backend_action",
            "connector_ocs_change_log",
        )
        self.assertEqual(len(self.sql("SHOW TRIGGERS")), 33)
        self.assertEqual(self.backend.detection, "changelog")
