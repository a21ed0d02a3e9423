# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .tours import TourCase


@tagged("post_install", "-at_install")
class TestHardwareTour(TourCase):
    """Browser test of the components of a computer, on a real OCS database."""

    def test_components(self):
        self.insert_computer(1, "PC-1", MEMORY=16384, PROCESSORT="Intel Core i5")
        self.insert("cpus", HARDWARE_ID=1, TYPE="Intel Core i5", CORES=4)
        for slot, capacity in enumerate((8192, 8192, 0), 1):
            self.insert("memories", HARDWARE_ID=1, CAPACITY=capacity, NUMSLOTS=slot)
        self.insert("storages", HARDWARE_ID=1, MODEL="ST1000DM010", DISKSIZE=953869)
        self.insert("drives", HARDWARE_ID=1, LETTER="C:", TOTAL=476940, FREE=1024)
        for address in ("192.0.2.10", "fe80::1"):
            self.insert(
                "networks",
                HARDWARE_ID=1,
                DESCRIPTION="eth0",
                MACADDR="00:1B:21:AA:BB:01",
                IPADDRESS=address,
            )
        self.env["ocs.computer.binding"].import_record(self.backend, 1)
        self.start_tour(
            "/odoo/action-maintenance_equipment_hardware."
            "maintenance_equipment_component_action",
            "maintenance_equipment_hardware",
        )
