# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from unittest import mock

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from ..components.monitor_identifier import OcsMonitorIdentifier
from .common import OcsCase, ocs_computer, ocs_monitor


@tagged("post_install", "-at_install")
class TestMonitorImporter(OcsCase):
    """Monitors become assets that are attached to their computer."""

    def import_monitors(self, external_id, *monitors, day=1, **hardware):
        hardware = {"LASTDATE": datetime(2026, 1, day), **hardware}
        computer = ocs_computer(hardware=hardware, monitors=list(monitors))
        return self.import_computer(external_id, computer)

    def test_create(self):
        computer = self.import_monitors(1, ocs_monitor("CN0ABC123"))
        monitor = self.env["ocs.monitor.binding"].search(
            [("backend_id", "=", self.backend.id)]
        )
        self.assertRecordValues(
            monitor,
            [
                {
                    "name": "DELL P2419H",
                    "model": "P2419H",
                    "manufacture_week": 12,
                    "manufacture_year": 2020,
                    "manufacturer": "Dell Inc.",
                    "serial_no": "CN0ABC123",
                    "ocs_serial": "CN0ABC123",
                    "computer_id": computer.odoo_id.id,
                    "category_id": self.env.ref("connector_ocs.category_monitor").id,
                }
            ],
        )
        self.assertEqual(computer.monitor_ids, monitor.odoo_id)

    def test_names(self):
        """The name says what is known best."""
        nothing = {"DESCRIPTION": "34/2018", "MANUFACTURER": ""}
        table = (
            ({"caption": "DELL P2419H"}, "DELL P2419H", "P2419H"),
            ({"caption": "", "DESCRIPTION": "P2419H"}, "Dell Inc. P2419H", False),
            ({"caption": "", "DESCRIPTION": "34/2018"}, "Dell Inc.", False),
            ({"caption": "", "DESCRIPTION": "DEL.A0C4 (3/2018)"}, "Dell Inc.", False),
            ({"caption": "", **nothing}, "Monitor of PC", False),
            ({"caption": "PnP-Monitor (Standard)"}, "PnP-Monitor (Standard)", False),
        )
        for columns, name, model in table:
            with self.subTest(columns):
                monitor = self.import_monitors(1, ocs_monitor(**columns)).monitor_ids
                self.assertEqual((monitor.name, monitor.model), (name, model))

    def test_monitor_of_a_renamed_computer(self):
        row = ocs_monitor("", caption="", DESCRIPTION="34/2018", MANUFACTURER="")
        monitor = self.import_monitors(1, row).monitor_ids
        self.import_monitors(1, row, NAME="OFFICE-1", day=2)
        self.assertEqual(monitor.name, "Monitor of OFFICE-1")
        monitor.name = "Left screen"
        self.import_monitors(1, row, NAME="OFFICE-2", day=3)
        self.assertEqual(monitor.name, "Left screen")

    def test_date_of_manufacture(self):
        table = (
            ("3/2006", (3, 2006, "Week 3 of 2006")),
            ("SAM.0D4F.0A0B0C0D (17/2017)", (17, 2017, "Week 17 of 2017")),
            ("1N/2022", (0, 2022, "2022")),
            ("P2419H", (0, 0, False)),
        )
        for description, expected in table:
            with self.subTest(description):
                row = ocs_monitor(f"CN-{description}", DESCRIPTION=description)
                monitor = self.import_monitors(1, row).monitor_ids
                names = ("manufacture_week", "manufacture_year", "manufactured")
                found = tuple(monitor[name] for name in names)
                self.assertEqual(found, expected)

    def test_poorer_report_erases_nothing(self):
        poor = {"caption": "", "MANUFACTURER": "", "DESCRIPTION": ""}
        generic = {**poor, "caption": "Generic PnP Monitor"}
        names = ("name", "manufacturer", "model", "manufacture_week", "serial_no")
        monitor = self.import_monitors(1, ocs_monitor("CN0ABC123")).monitor_ids
        before = [monitor[name] for name in names]
        for number, columns in enumerate((poor, generic), 2):
            self.import_monitors(1, day=number)
            computer = self.import_monitors(
                number, ocs_monitor("CN0ABC123", **columns), day=number
            )
            self.assertEqual(computer.monitor_ids, monitor)
            self.assertEqual([monitor[name] for name in names], before)
            del self.ocs[number]

    def test_values_of_a_manual_asset_are_kept(self):
        asset = self.env["maintenance.equipment"].create(
            {
                "name": "Projector",
                "serial_no": "CN0ABC123",
                "manufacturer": "Epson",
                "model": "EB-1",
            }
        )
        poor = {"caption": "", "MANUFACTURER": "", "DESCRIPTION": ""}
        computer = self.import_monitors(1, ocs_monitor("CN0ABC123", **poor))
        self.assertEqual(computer.monitor_ids, asset)
        values = (asset.name, asset.manufacturer, asset.model)
        self.assertEqual(values, ("Projector", "Epson", "EB-1"))

    def test_row_ids_and_order_do_not_matter(self):
        one, other = ocs_monitor("CN0ABC123"), ocs_monitor("CN0ABC456")
        computer = self.import_monitors(1, one, other)
        monitors = computer.monitor_ids
        self.import_monitors(1, other, one, MEMORY=1)
        self.assertEqual(computer.monitor_ids, monitors)

    def test_identical_monitors_without_serial_stay_separate(self):
        computer = self.import_monitors(1, ocs_monitor(), ocs_monitor())
        monitors = computer.monitor_ids
        self.assertEqual(len(monitors), 2)
        self.import_monitors(1, ocs_monitor(), ocs_monitor(), MEMORY=1)
        self.assertEqual(computer.monitor_ids, monitors)

    def test_same_model_without_serial_on_two_computers(self):
        first = self.import_monitors(1, ocs_monitor())
        second = self.import_monitors(2, ocs_monitor())
        self.assertTrue(first.monitor_ids and second.monitor_ids)
        self.assertFalse(first.monitor_ids & second.monitor_ids)

    def test_monitor_moves_with_its_serial(self):
        first = self.import_monitors(1, ocs_monitor("CN0ABC123"), day=1)
        monitor = first.monitor_ids
        second = self.import_monitors(2, ocs_monitor("CN0ABC123"), day=2)
        self.assertEqual(second.monitor_ids, monitor)
        self.assertFalse(first.monitor_ids)

    def test_latest_inventory_keeps_the_monitor(self):
        self.import_monitors(1, ocs_monitor("CN0ABC123"), day=2, NAME="NEW")
        second = self.import_monitors(2, ocs_monitor("CN0ABC123"), day=1)
        self.assertFalse(second.monitor_ids)
        self.assertIn("ID 1", second.warnings)

    def test_unplugged_monitor_is_kept(self):
        computer = self.import_monitors(1, ocs_monitor("CN0ABC123"))
        monitor = computer.monitor_ids
        self.import_monitors(1)
        self.assertTrue(monitor.exists())
        self.assertFalse(monitor.computer_id)
        self.import_monitors(1, ocs_monitor("CN0ABC123"))
        self.assertEqual(computer.monitor_ids, monitor)

    def test_same_serial_twice_on_one_computer(self):
        computer = self.import_monitors(
            1, ocs_monitor("CN0ABC123"), ocs_monitor("CN0ABC123")
        )
        self.assertEqual(len(computer.monitor_ids), 1)
        self.assertIn("CN0ABC123", computer.warnings)

    def test_serial_of_a_computer(self):
        serial = "CZC1234567"
        computer = ocs_computer(
            bios={"SSN": serial}, monitors=[ocs_monitor(serial, caption="All in one")]
        )
        binding = self.import_computer(1, computer)
        self.assertEqual(binding.serial_no, serial)
        self.assertFalse(binding.monitor_ids.serial_no)
        self.assertIn(serial, binding.warnings)

    def test_archived_monitor_is_not_created_again(self):
        computer = self.import_monitors(1, ocs_monitor("CN0ABC123"))
        computer.monitor_ids.active = False
        self.import_monitors(1, ocs_monitor("CN0ABC123"), MEMORY=1)
        monitors = self.env["ocs.monitor.binding"].with_context(active_test=False)
        self.assertEqual(
            monitors.search_count([("backend_id", "=", self.backend.id)]), 1
        )

    def test_deleted_monitor_is_created_again(self):
        computer = self.import_monitors(1, ocs_monitor("CN0ABC123"))
        computer.monitor_ids.unlink()
        self.import_computer(1)
        self.assertEqual(computer.monitor_ids.serial_no, "CN0ABC123")

    def test_created_by_another_job(self):
        self.import_monitors(1, ocs_monitor("CN0ABC123"))
        with (
            mute_logger("odoo.sql_db"),
            mock.patch.object(OcsMonitorIdentifier, "_find", lambda *_args: {}),
            self.assertRaises(RetryableJobError),
            self.env.cr.savepoint(),
        ):
            self.import_computer(1, force=True)
