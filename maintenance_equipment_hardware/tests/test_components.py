# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import Form, tagged

from .common import EquipmentCase


@tagged("post_install", "-at_install")
class TestComponents(EquipmentCase):
    """Components belong to a computer."""

    def test_components_by_kind(self):
        computer = self.computer()
        counts = [
            len(computer[name])
            for name in (
                *("processor_ids", "memory_ids", "graphics_ids"),
                *("disk_ids", "network_ids", "volume_ids", "battery_ids"),
            )
        ]
        self.assertEqual(counts, [1, 3, 0, 1, 1, 1, 0])

    def test_sizes(self):
        computer = self.computer()
        self.assertEqual(computer.disk_ids.size, "931.5 GB")
        self.assertEqual(computer.volume_ids.free, "1 GB")
        self.assertFalse(computer.processor_ids.size)

    def test_display_name(self):
        computer = self.computer()
        self.assertEqual(computer.disk_ids.display_name, "ST1000DM010")
        self.assertEqual(computer.processor_ids.display_name, "Intel Core i5")
        self.assertEqual(computer.memory_ids[0].display_name, "Memory")

    def test_form_shows_components(self):
        with Form(self.computer()) as form:
            self.assertEqual(len(form.disk_ids), 1)
            self.assertEqual(len(form.memory_ids), 3)

    def test_components_are_deleted_with_the_asset(self):
        computer = self.computer()
        components = computer.component_ids
        computer.unlink()
        self.assertFalse(components.exists())

    def test_copy_is_another_machine(self):
        computer = self.computer(
            hardware_uuid="4C4C4544-0042-3510-8052-B4C04F564433",
            mac_addresses="00:1B:21:AA:BB:01",
            board_serial="BOARD1",
        )
        self.monitor(computer)
        copied = computer.copy()
        for name in (
            *("processor", "memory_mb", "hardware_uuid", "mac_addresses"),
            *("board_serial", "component_ids", "monitor_ids"),
        ):
            with self.subTest(name):
                self.assertFalse(copied[name])

    def test_manufactured(self):
        table = (
            (0, 0, False),
            (5, 0, False),
            (0, 2024, "2024"),
            (5, 2024, "Week 5 of 2024"),
        )
        monitor = self.env["maintenance.equipment"].create({"name": "Monitor"})
        for week, year, expected in table:
            with self.subTest(week=week, year=year):
                monitor.write({"manufacture_week": week, "manufacture_year": year})
                self.assertEqual(monitor.manufactured, expected)
