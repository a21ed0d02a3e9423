# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import time

from odoo.tests import tagged

from .common import OcsCase, ocs_computer

MODULE = {
    "CAPTION": "DIMM",
    "DESCRIPTION": "",
    "CAPACITY": 8192,
    "TYPE": "DDR4",
    "SPEED": "2666",
    "NUMSLOTS": 1,
    "SERIALNUMBER": "",
}
DISK = {"NAME": "sda", "MODEL": "ST1000DM010", "DISKSIZE": 953869, "TYPE": "disk"}
CARD = {"MACADDR": "00:1B:21:AA:BB:01", "DESCRIPTION": "eth0", "STATUS": "Up"}
BATTERY = {
    "NAME": "DELL 0X1Y2",
    "DESIGNCAPACITY": "50160",
    "CYCLES": 120,
    "STATUS": "discharging",
}
VOLUME = {"LETTER": "C:", "TYPE": "Hard Drive", "TOTAL": 243123, "FREE": 1000}
CPU = {"TYPE": "Intel Core i5", "SPEED": "2400", "CORES": 4, "LOGICAL_CPUS": 8}


def full_computer(**sections):
    """Return a computer with rows in every section."""
    return ocs_computer(
        **{
            "memories": [MODULE, {**MODULE, "NUMSLOTS": 2}, {"CAPACITY": 0}],
            "videos": [{"NAME": "Intel UHD 620", "CHIPSET": "", "MEMORY": "1024"}],
            "networks": [
                {**CARD, "IPADDRESS": "192.0.2.10"},
                {**CARD, "IPADDRESS": "fe80::1"},
            ],
            "cpus": [CPU, CPU],
            "storages": [DISK],
            "drives": [VOLUME],
            "batteries": [BATTERY],
            **sections,
        }
    )


class HardwareCase(OcsCase):
    """Base class of tests of components."""

    def components(self, external_id=1, kind=None):
        """Return the components of an asset, of one kind or all."""
        components = self.binding(external_id).odoo_id.component_ids
        return components.filtered(lambda each: each.kind == kind or not kind)

    def row_versions(self):
        """Return the IDs and physical locations of all component rows.

        The location changes when a row is written.
        """
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id, ctid::text FROM maintenance_equipment_component"
        )
        return set(self.env.cr.fetchall())


@tagged("post_install", "-at_install")
class TestHardwareImporter(HardwareCase):
    """The components of an asset follow the inventory of its computer."""

    def test_components_are_created(self):
        asset = self.import_computer(1, full_computer()).odoo_id
        counts = [
            len(asset[name])
            for name in (
                *("processor_ids", "memory_ids", "graphics_ids"),
                *("disk_ids", "network_ids", "volume_ids", "battery_ids"),
            )
        ]
        self.assertEqual(counts, [2, 3, 1, 1, 1, 1, 1])
        self.assertEqual(asset.network_ids.ip_addresses, "192.0.2.10, fe80::1")
        self.assertEqual(asset.memory_ids.mapped("is_empty").count(True), 1)
        self.assertEqual(asset.disk_ids.size, "931.5 GB")
        self.assertEqual(asset.board_model, "0X1Y2Z")
        self.assertEqual(asset.board_manufacturer, "Dell Inc.")

    def test_unchanged_inventory_writes_nothing(self):
        self.import_computer(1, full_computer())
        before = self.row_versions()
        self.import_computer(1, force=True)
        self.assertEqual(self.row_versions(), before)

    def test_reordered_inventory_writes_nothing(self):
        """OCS rewrites all rows, in any order."""
        computer = full_computer()
        self.import_computer(1, computer)
        before = self.row_versions()
        for table in ("memories", "networks", "cpus", "storages", "drives"):
            computer[table] = computer[table][::-1]
        self.import_computer(1, computer, force=True)
        self.assertEqual(self.row_versions(), before)

    def test_upgrade_keeps_unchanged_components(self):
        self.import_computer(1, full_computer())
        before = self.components()
        bigger = {**MODULE, "NUMSLOTS": 2, "CAPACITY": 16384}
        self.import_computer(
            1, full_computer(memories=[MODULE, bigger, {"CAPACITY": 0}])
        )
        after = self.components()
        self.assertEqual(len(after), len(before))
        self.assertEqual((after - before).size_mb, 16384)
        self.assertEqual(len(before & after), len(before) - 1)

    def test_removed_module_is_deleted(self):
        self.import_computer(1, full_computer())
        self.import_computer(1, full_computer(memories=[MODULE]))
        self.assertEqual(self.components(kind="memory").mapped("size_mb"), [8192])

    def test_identical_components_are_counted(self):
        modules = [{"CAPACITY": 4096}] * 4
        self.import_computer(1, full_computer(memories=modules))
        before = self.components(kind="memory")
        self.assertEqual(len(before), 4)
        self.import_computer(1, full_computer(memories=modules[:3]))
        after = self.components(kind="memory")
        self.assertEqual(len(after), 3)
        self.assertFalse(after - before)

    def test_volatile_values_are_written_in_place(self):
        self.import_computer(1, full_computer())
        volume, others = self.components(kind="volume"), self.components()
        full = {**VOLUME, "FREE": 5}
        binding = self.binding(1)
        digests = binding.digests
        self.import_computer(1, full_computer(drives=[full]))
        self.assertEqual(binding.digests, digests)
        self.assertEqual(volume.free_mb, 1000, "Digests ignore volatile values.")
        self.import_computer(1, force=True)
        self.assertEqual(volume.free_mb, 5)
        self.assertEqual(self.components(), others)

    def test_disabled_section_keeps_its_components(self):
        self.import_computer(1, full_computer())
        before, volume = self.components(), self.components(kind="volume")
        self.backend.section_ids = self.backend.section_ids.filtered(
            lambda section: section.table_name not in ("storages", "memories")
        )
        self.import_computer(1, full_computer(storages=[], memories=[], drives=[]))
        self.assertFalse(volume.exists())
        self.assertEqual(self.components(), before - volume)

    def test_thousands_of_interfaces(self):
        """A container host with thousands of interfaces is imported quickly."""
        rows = [
            {"MACADDR": f"02:42:AC:00:{n // 256:02X}:{n % 256:02X}", "DESCRIPTION": "v"}
            for n in range(5000)
        ]
        start = time.monotonic()
        self.import_computer(1, full_computer(networks=rows))
        self.assertEqual(len(self.components(kind="network")), 5000)
        before = self.row_versions()
        self.import_computer(1, full_computer(networks=rows[1:]))
        self.assertEqual(len(before - self.row_versions()), 5000)
        self.assertLess(time.monotonic() - start, 60)

    def test_number_of_components_does_not_change_query_count(self):
        """One query creates all components, and one deletes them."""

        def count(modules):
            computer = full_computer(memories=[{"CAPACITY": 1024}] * modules)
            start = self.cr.sql_log_count
            self.import_computer(1, computer, force=True)
            self.env.flush_all()
            return self.cr.sql_log_count - start

        count(0)
        self.assertLessEqual(abs(count(60) - count(120)), 10)
        self.assertLessEqual(abs(count(60) - count(0)), 10)

    def test_components_are_deleted_with_the_asset(self):
        binding = self.import_computer(1, full_computer())
        components = self.components()
        binding.odoo_id.unlink()
        self.assertFalse(components.exists())

    def test_access(self):
        """Users see the components of equipment they see; only imports write them."""
        asset = self.import_computer(1, full_computer()).odoo_id
        model = self.env["maintenance.equipment.component"]
        new_user = self.env["res.users"].create
        groups = {
            "basic": "base.group_user",
            "ocs": "connector_ocs.group_ocs_user",
            "equipment": "maintenance.group_equipment_manager",
        }
        users = {
            name: new_user(
                {
                    "name": name,
                    "login": f"{name}-of-the-tests",
                    "group_ids": [(6, 0, self.env.ref(group).ids)],
                }
            )
            for name, group in groups.items()
        }
        domain = [("equipment_id", "=", asset.id)]
        for name, count in (("basic", 0), ("ocs", 10), ("equipment", 10)):
            with self.subTest(name):
                found = model.with_user(users[name]).search_count(domain)
                self.assertEqual(found, count)
                self.assertFalse(model.with_user(users[name]).has_access("write"))
        asset.message_subscribe(users["basic"].partner_id.ids)
        self.assertEqual(model.with_user(users["basic"]).search_count(domain), 10)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        asset.company_id = company
        for user in users.values():
            self.assertFalse(model.with_user(user).search_count(domain))
