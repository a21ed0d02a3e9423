# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import HttpCase, tagged

from .common import EquipmentMixin


@tagged("post_install", "-at_install")
class TestHardwareTour(EquipmentMixin, HttpCase):
    """Browser test of the components of a computer."""

    def test_components(self):
        self.computer()
        self.start_tour(
            "/odoo/action-maintenance_equipment_hardware."
            "maintenance_equipment_component_action",
            "maintenance_equipment_hardware",
            login="admin",
            timeout=600,
        )
