# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib import batteries
from .live import LiveCase, server
from .runs import RunMixin
from .test_hardware_importer import BATTERY, HardwareCase, full_computer


@tagged("post_install", "-at_install")
class TestBatteries(BaseCase):
    """Conversion of rows of batteries, which the agents fill in different ways."""

    def test_battery(self):
        windows = {
            "NAME": "DELL 0X1Y2",
            "DESCRIPTION": "Internal B",
            "MANUFACTURER": "SMP",
            "SERIALNUMBER": "4123",
            "CHEMISTRY": "Lithium-ion",
            "DESIGNCAPACITY": "50160",
            "CYCLES": 120,
            "ESTIMATEDCHARGEREMAINING": "87.5",
            "STATUS": "OK",
        }
        linux = {"NAME": "", "DESCRIPTION": "5B10W1393", "SERIALNUMBER": "0"}
        macos = {
            "NAME": "bq20z451",
            "DESCRIPTION": "N/A",
            "DESIGNCAPACITY": "12.53 V",
            "ESTIMATEDCHARGEREMAINING": "4321",
            "STATUS": "Normal",
        }
        for row, expected in (
            (
                windows,
                {
                    "name": "DELL 0X1Y2",
                    "manufacturer": "SMP",
                    "serial_number": "4123",
                    "type": "Lithium-ion",
                    "capacity": "50.2 Wh",
                    "cycles": 120,
                    "charge": "87.5 %",
                    "status": "OK",
                },
            ),
            (linux, {"name": "5B10W1393"}),
            (macos, {"name": "bq20z451", "charge": "4321 mAh", "status": "Normal"}),
            ({"NAME": "A1", "CYCLES": -1}, {"name": "A1"}),
            ({"NAME": "A1", "CYCLES": 2147483647}, {"name": "A1"}),
            ({"CYCLES": 3}, {"cycles": 3}),
            ({"CHEMISTRY": "Lithium-ion", "STATUS": "unknown"}, {}),
            ({"DESCRIPTION": "N/A", "SERIALNUMBER": None, "CYCLES": 0}, {}),
        ):
            with self.subTest(row=row):
                self.assertEqual(batteries.battery(row), expected)

    def test_capacity(self):
        for text, expected in (
            ("50.16", "50.2 Wh"),
            ("50,16", "50.2 Wh"),
            ("57", "57 Wh"),
            ("57000", "57 Wh"),
            ("57000 mWh", "57 Wh"),
            ("57Wh", "57 Wh"),
            ("4500 mAh", "4500 mAh"),
            ("4.5 Ah", "4500 mAh"),
            (57000, "57 Wh"),
            ("0", ""),
            ("0 mWh", ""),
            ("-5", ""),
            ("12.5 V", ""),
            ("12 m", ""),
            ("Unknown", ""),
            ("", ""),
            (None, ""),
        ):
            with self.subTest(text=text):
                self.assertEqual(batteries.capacity(text), expected)

    def test_charge(self):
        for text, expected in (
            ("87", "87 %"),
            ("87%", "87 %"),
            ("100", "100 %"),
            ("4321", "4321 mAh"),
            ("", ""),
            ("N/A", ""),
            (None, ""),
        ):
            with self.subTest(text=text):
                self.assertEqual(batteries.charge(text), expected)


@tagged("post_install", "-at_install")
class TestBatteryImporter(HardwareCase):
    """A battery is one component, however much it is used."""

    def test_use_is_no_change(self):
        """It is updated with the next import, without a message."""
        asset = self.import_computer(1, full_computer()).odoo_id
        battery, messages = asset.battery_ids, asset.message_ids
        used = {**BATTERY, "CYCLES": 121, "ESTIMATEDCHARGEREMAINING": "87"}
        binding = self.binding(1)
        digests = binding.digests
        self.import_computer(1, full_computer(batteries=[used]))
        self.assertEqual((binding.digests, battery.cycles), (digests, 120))
        self.import_computer(1, force=True)
        self.assertEqual(asset.battery_ids, battery)
        self.assertEqual((battery.cycles, battery.charge), (121, "87 %"))
        self.assertEqual(asset.message_ids, messages)

    def test_replacement_is_a_change(self):
        asset = self.import_computer(1, full_computer()).odoo_id
        other = {**BATTERY, "SERIALNUMBER": "4123", "CYCLES": 0}
        self.import_computer(1, full_computer(batteries=[other]))
        self.assertEqual(asset.battery_ids.mapped("serial_number"), ["4123"])
        self.assertFalse(asset.battery_ids.cycles)


class UpgradeMixin:
    """Mixin for a database of OCS 2.11.1 that is upgraded to 2.12.4."""

    schema = "7069"

    def upgrade(self):
        newest = server()["databases"]["7081"]
        self.sql("DROP TABLE batteries")
        self.sql(f"CREATE TABLE batteries LIKE {newest}.batteries")
        self.sql("UPDATE config SET TVALUE = '7081' WHERE NAME = 'GUI_VERSION'")


@tagged("post_install", "-at_install")
class TestUpgrade(UpgradeMixin, RunMixin, LiveCase):
    """The batteries are imported once OCS has them."""

    def test_upgrade_of_ocs(self):
        self.insert_computer(1, "PC-1")
        self.insert("batteries", HARDWARE_ID=1, NAME="old", LOCATION="left")
        self.import_changed()
        self.assertFalse(self.binding(1).battery_ids)
        self.upgrade()
        self.insert("batteries", HARDWARE_ID=1, NAME="new", DESIGNCAPACITY="57")
        self.assertFalse(self.import_changed().warnings)
        battery = self.binding(1).battery_ids
        self.assertEqual((battery.name, battery.capacity), ("new", "57 Wh"))
        self.sql("UPDATE batteries SET CYCLES = 9, STATUS = 'charging'")
        self.assertEqual(self.import_changed().job_count, 0)
