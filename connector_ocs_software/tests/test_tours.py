# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import HttpCase, tagged

from odoo.addons.connector_ocs.tests.tours import TourMixin

from .common import BASH, FIREFOX, SoftwareCase


@tagged("post_install", "-at_install")
class TestTours(TourMixin, SoftwareCase, HttpCase):
    """Browser tours of the software views."""

    def test_software(self):
        self.import_software(1, FIREFOX, BASH)
        self.import_software(2, FIREFOX)
        self.start_tour("/odoo", "connector_ocs_software")
