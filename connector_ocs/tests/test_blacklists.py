# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_monitor
from .live import LiveCase
from .ownership import locked_fields
from .runs import RunCase

MAC = "02:4A:00:00:00:01"


@tagged("post_install", "-at_install")
class TestBlacklists(RunCase):
    """Values on the OCS blacklists are placeholders."""

    def blacklist(self, serials=(), macs=()):
        """Set the OCS blacklists, by default to empty lists."""
        self.blacklists = {"serials": frozenset(serials), "macs": frozenset(macs)}

    def test_serial_number(self):
        """The asset loses it when it is blacklisted, and gets it back later."""
        (binding,) = self.fill(1)
        self.assertEqual(binding.serial_no, "5CG0001XYZ")
        self.blacklist({"5cg0001xyz"})
        self.import_changed()
        self.assertFalse(binding.serial_no)
        self.assertIn("placeholder", binding.warnings)
        self.assertEqual(self.backend.blacklisted_serials, ["5cg0001xyz"])
        self.blacklist()
        self.import_changed()
        self.assertEqual(binding.serial_no, "5CG0001XYZ")

    def test_mac_address(self):
        (binding,) = self.fill(1)
        self.ocs[1]["networks"] = [{"MACADDR": MAC}]
        self.import_changed()
        self.assertEqual(binding.mac_addresses, MAC)
        self.blacklist(macs={MAC.lower()})
        self.import_changed()
        self.assertFalse(binding.mac_addresses)
        self.blacklist()
        self.import_changed()
        self.assertEqual(binding.mac_addresses, MAC)

    def test_monitors_with_a_blacklisted_serial(self):
        self.blacklist({"cn0abc123"})
        monitors = [ocs_monitor("CN0ABC123")]
        self.ocs[1] = self.machine(1, monitors=monitors)
        self.ocs[2] = self.machine(2, monitors=monitors)
        self.import_changed()
        for external_id in (1, 2):
            monitor = self.binding(external_id).monitor_ids
            self.assertEqual(len(monitor), 1)
            self.assertFalse(monitor.serial_no)

    def test_serial_of_a_monitor_is_blacklisted(self):
        """It stays the same asset without the serial number, and with it again."""
        self.blacklist()
        self.ocs[1] = self.machine(1, monitors=[ocs_monitor("CN0ABC123")])
        self.import_changed()
        monitor = self.binding(1).monitor_ids
        period = monitor.connection_ids
        for listed, serial in ((["cn0abc123"], False), ([], "CN0ABC123")):
            with self.subTest(listed=listed):
                self.blacklist(listed)
                self.import_changed()
                self.assertEqual(self.binding(1).monitor_ids, monitor)
                self.assertEqual(monitor.serial_no, serial)
                self.assertFalse(locked_fields(monitor))
                self.assertFalse(self.import_changed().job_count)
        self.assertEqual(monitor.connection_ids, period)
        self.assertFalse(period.date_to)
        self.assertIn("placeholder", " ".join(self.notes(monitor)))

    def test_blacklisted_serial_separates_two_monitors(self):
        """They were one asset, which becomes one of the two."""
        self.blacklist()
        monitors = [ocs_monitor("CN0ABC123"), ocs_monitor("CN0ABC123")]
        self.ocs[1] = self.machine(1, monitors=monitors)
        self.import_changed()
        monitor = self.binding(1).monitor_ids
        self.blacklist(["cn0abc123"])
        self.import_changed()
        self.assertEqual(len(self.binding(1).monitor_ids), 2)
        self.assertIn(monitor, self.binding(1).monitor_ids)
        self.blacklist()
        self.import_changed()
        self.assertEqual(self.binding(1).monitor_ids, monitor)

    def test_blacklisted_serial_does_not_match_an_asset(self):
        self.blacklist({"5cg0001xyz"})
        asset = self.env["maintenance.equipment"].create(
            {"name": "Manual", "serial_no": "5CG0001XYZ"}
        )
        (binding,) = self.fill(1)
        self.assertNotEqual(binding.odoo_id, asset)

    def test_only_affected_computers_are_imported(self):
        self.fill(1, 2)
        self.blacklist({"5cg0001xyz", "default string"})
        run = self.import_changed()
        self.assertEqual(run.changed_count, 1)
        run = self.import_changed()
        self.assertEqual(run.changed_count, 0)

    def test_without_privilege(self):
        """The last lists read stay in use, and the report names the privilege."""
        self.blacklist({"5cg0001xyz"})
        (binding,) = self.fill(1)
        self.blacklists = {"serials": None, "macs": None}
        message = self.backend.action_test_connection()["params"]["message"]
        self.assertIn("blacklist_serials", message)
        self.assertIn("SELECT", message)
        self.import_changed()
        self.assertFalse(binding.serial_no)

    def test_report_counts_the_values(self):
        self.blacklist({"one", "two"}, {MAC.lower()})
        message = self.backend.action_test_connection()["params"]["message"]
        self.assertIn("2 serial numbers and 1 MAC addresses", message)
        self.assertEqual(
            self.backend.blacklist_report,
            message[-len(self.backend.blacklist_report) :],
        )


@tagged("post_install", "-at_install")
class TestBlacklistsOfOcs(LiveCase):
    """The blacklists are read from the tables of the console."""

    def setUp(self):
        super().setUp()
        for table in ("blacklist_serials", "blacklist_macaddresses"):
            self.addCleanup(self.sql, f"DELETE FROM {table}")

    def test_blacklists_are_read(self):
        self.insert("blacklist_serials", SERIAL="PLACEHOLDER-1 ")
        self.insert("blacklist_serials", SERIAL="")
        self.insert("blacklist_macaddresses", MACADDRESS=MAC)
        self.insert_computer(1, UUID="4C4C4544-0042-3510-8052-B4C04F564E31")
        self.insert("bios", HARDWARE_ID=1, SSN="Placeholder-1")
        self.insert("networks", HARDWARE_ID=1, MACADDR=MAC)
        self.import_all()
        binding = self.binding(1)
        self.assertEqual(self.backend.blacklisted_serials, ["placeholder-1"])
        self.assertEqual(self.backend.blacklisted_macs, [MAC.lower()])
        self.assertFalse(binding.serial_no or binding.mac_addresses)
        self.assertIn("Placeholder-1", binding.warnings)
        for table in ("blacklist_serials", "blacklist_macaddresses"):
            self.sql(f"DELETE FROM {table}")
        self.import_all()
        self.assertEqual(binding.serial_no, "Placeholder-1")
        self.assertEqual(binding.mac_addresses, MAC)

    def test_user_without_privilege(self):
        """Privileges on the other tables are enough."""
        user = f"reader_{self.database[-20:]}"
        account = f"{user}@'{self.client_host}'"
        self.sql(f"CREATE USER {account} IDENTIFIED BY 'reader'")
        self.addCleanup(self.sql, f"DROP USER {account}")
        for table in self.tables - {"blacklist_serials", "blacklist_macaddresses"}:
            self.sql(f"GRANT SELECT ON {self.database}.{table} TO {account}")
        self.backend.write({"user": user, "password": "reader"})
        self.insert_computer(1)
        message = self.backend.action_test_connection()["params"]["message"]
        self.assertIn("blacklist_serials", message)
        self.import_all()
        self.assertTrue(self.binding(1))
