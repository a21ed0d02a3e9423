# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .cases.case import CasesCase, InChunks
from .cases.tables import Asset, removed
from .scale import FULL

NUMBERS = range(1, 31)
#: The assets of new_server.sql.
OFFICE = [
    Asset(f"PC29-{number}", f"SN29X{number:04d}", (f"MON29{number:03d}",))
    for number in NUMBERS
]


@tagged("post_install", "-at_install")
class TestCases(CasesCase):
    """Situations that were found in real databases."""

    def check_file(self, name, *expected):
        """Import a file, and check the assets at its end."""
        self.import_file(name)
        self.assert_assets(expected)
        self.assert_settled(self.later)

    def test_default_serial_number_of_monitors(self):
        """Ten monitors are ten assets, and none moves."""
        self.check_file(
            "default_monitor_serial",
            *(
                Asset(f"OFFICE-{number}", f"SN01X{number:04d}", ("DELL P2419H",))
                for number in range(1, 11)
            ),
        )
        self.assertEqual(self.moves(), 0)

    def test_twin_is_deleted(self):
        """The computer in use keeps its asset, and then has its serial number."""
        parts = self.load("deleted_twin")
        monitor = ("MON02LAGER",)
        for expected in (
            [Asset("KASSE-1", "SER02WHITEBOX")],
            [Asset("KASSE-1"), Asset("LAGER-7", "", monitor)],
            [Asset("KASSE-1"), Asset("LAGER-7", "", monitor)],
            [removed("KASSE-1"), Asset("LAGER-7", "SER02WHITEBOX", monitor)],
        ):
            next(parts)
            self.import_changed()
            self.assert_assets(expected)
        self.assert_settled(self.later)

    def test_original_of_a_clone_is_deleted(self):
        number = "VMware-56 4d 02 bb 00 00 40 00-80 00 00 00 00 00 be ef"
        self.check_file("vm_clone", removed("APP-PROD"), Asset("APP-TEST", number))

    def test_laptop_with_the_same_dock_is_deleted(self):
        self.check_file("dock_mac", removed("LT-1"), Asset("LT-2"))

    def test_swapped_serial_numbers(self):
        self.check_file(
            "swapped_serials", Asset("SW-1", "SN08X2"), Asset("SW-2", "SN08X1")
        )

    def test_shared_values(self):
        """Nobody has a serial number or monitor that two machines report."""
        self.check_file(
            "shared_values",
            *(Asset(f"PG-{number}", "", ("P2419H",)) for number in range(1, 61)),
        )


@tagged("post_install", "-at_install")
class TestIds(CasesCase):
    """A hardware.ID is not a machine."""

    def test_reused_id(self):
        """The other machine has a new asset; no user is asked about a single one."""
        self.import_file("reused_id")
        self.assert_assets(
            [
                Asset("A1", "SN28A0001"),
                removed("OLD-LAPTOP", "SN28OLD02", screens=("MON28OLD",)),
                Asset("NEW-SERVER", "SN28NEW99"),
            ]
        )
        old = self.assets().filtered(lambda each: each.name == "OLD-LAPTOP")
        bodies = "".join(old.message_ids.mapped("body"))
        self.assertIn("This computer was removed from OCS", bodies)
        self.assertEqual(old.ocs_bind_ids.ocs_tag, "Paris")
        self.assert_settled(self.later)

    def test_new_server(self):
        """All assets are bound to the new IDs, and otherwise unchanged."""
        self.backend.approval_percent = 0
        parts = self.load("new_server")
        before = self._import_first(parts)
        next(parts)
        self.import_changed()
        self._assert_rebound(before)

    def test_new_server_with_approval(self):
        parts = self.load("new_server")
        before, versions = self._import_first(parts), self._versions()
        next(parts)
        run = self.import_changed()
        self.assertEqual(run.state, "waiting")
        self.assertEqual(run.affected_count, 30)
        self.assertEqual(self._versions(), versions)
        run.action_approve()
        self.perform_jobs()
        self._assert_complete(run)
        self.assertEqual(run.state, "done")
        self._assert_rebound(before)

    def test_new_server_by_mistake(self):
        """A cancelled run changes nothing, and the next one asks again."""
        parts = self.load("new_server")
        before, versions = self._import_first(parts), self._versions()
        next(parts)
        self.import_changed().action_cancel()
        self.assertEqual(self.import_changed("schedule").state, "waiting")
        self.assertEqual(self._versions(), versions)
        self.assertEqual(self._ids(), before)

    def _import_first(self, parts):
        """Import the first part of new_server.sql, and return ``_ids``."""
        next(parts)
        self.import_changed()
        self.assert_assets(OFFICE)
        return self._ids()

    def _ids(self):
        """Return {name: ID of the asset}."""
        return {asset.name: asset.id for asset in self.assets()}

    def _versions(self):
        return self.versions(
            "maintenance_equipment", "ocs_computer_binding", "ocs_monitor_binding"
        )

    def _assert_rebound(self, before):
        self.assert_assets(OFFICE)
        self.assertEqual(self._ids(), before)
        for number in NUMBERS:
            binding = self.binding(31 - number)
            self.assertEqual(binding.name, f"PC29-{number}")
            self.assertEqual(binding.memory_mb, 1024 * number)
            self.assertFalse(binding.removed_since)
        self.assertEqual(self.moves(), 0)
        self.assert_settled(self.later)


if FULL:

    @tagged("post_install", "-at_install")
    class TestCasesInChunks(InChunks, TestCases):
        """The same tests with every import in chunks."""

    @tagged("post_install", "-at_install")
    class TestIdsInChunks(InChunks, TestIds):
        """The same tests with every import in chunks."""
