# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from ..exceptions import OcsConfigurationError
from .test_adapter import AdapterCase


@tagged("post_install", "-at_install")
class TestEquivalences(AdapterCase):
    """Merges that OCS records in deleted_equiv."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.sql, "DELETE FROM deleted_equiv")

    def merge(self, *pairs):
        for deleted, equivalent in pairs:
            self.insert("deleted_equiv", DELETED=deleted, EQUIVALENT=equivalent)

    def predecessors(self, *ids):
        with self.adapter() as adapter:
            return adapter.find_predecessors(list(ids))

    def successor(self, external_id):
        with self.adapter() as adapter:
            return adapter.find_successor(external_id)

    def test_merge(self):
        self.merge((1, 2))
        self.assertEqual(self.predecessors(2, 3), {2: [1]})
        self.assertEqual(self.successor(1), 2)
        self.assertEqual(self.successor(2), 0)

    def test_chain_of_merges(self):
        self.merge((1, 2), (2, 5), (5, 9))
        self.assertEqual(self.predecessors(9), {9: [5, 2, 1]})
        self.assertEqual([self.successor(each) for each in (1, 2, 5)], [9, 9, 9])

    def test_two_computers_merged_into_one(self):
        self.merge((1, 9), (2, 9))
        (ancestors,) = self.predecessors(9).values()
        self.assertCountEqual(ancestors, [1, 2])

    def test_cycle_terminates(self):
        self.merge((1, 2), (2, 1))
        self.assertEqual(self.predecessors(2), {2: [1]})
        self.assertEqual(self.successor(1), 2)

    def test_deletions_and_device_ids_are_ignored(self):
        """A deletion has no successor; other tools record device IDs."""
        self.merge(
            (1, None), (2, ""), ("PC-2024-01-15-10-00-00", 7), (3, "PC-2024"), ("", 7)
        )
        self.assertEqual(self.predecessors(7), {})
        self.assertEqual([self.successor(each) for each in (1, 2, 3)], [0, 0, 0])

    def test_unreadable_table_is_ignored(self):
        """OCS fills the table only if configured to: nothing depends on it."""
        self.sql("RENAME TABLE deleted_equiv TO away")
        try:
            self.assertEqual(self.predecessors(7), {})
        finally:
            self.sql("RENAME TABLE away TO deleted_equiv")

    def test_other_errors_are_raised(self):
        self.sql("ALTER TABLE deleted_equiv RENAME COLUMN EQUIVALENT TO AWAY")
        try:
            with self.assertRaises(OcsConfigurationError):
                self.predecessors(7)
        finally:
            self.sql("ALTER TABLE deleted_equiv RENAME COLUMN AWAY TO EQUIVALENT")


@tagged("post_install", "-at_install")
class TestIdentities(AdapterCase):
    """Values that identify computers."""

    def test_shared_serials(self):
        for external_id, serial in ((1, "SER1"), (2, "ser1 "), (3, "SER3")):
            self.insert_computer(external_id)
            self.insert("bios", HARDWARE_ID=external_id, SSN=serial)
        with self.adapter() as adapter:
            found = adapter.find_shared("ocs_serial", {"SER1", "SER3", "SER4"})
            self.assertEqual(found, {"SER1"})
            self.assertEqual(adapter.find_shared("ocs_serial", set()), set())

    def _shared(self, key, *values):
        with self.adapter() as adapter:
            return adapter.find_shared(key, set(values))

    def test_shared_serials_in_any_spelling(self):
        spellings = (" ser 1", "SER1", "SER2", "s e r 2 ", "SER3")
        for external_id, serial in enumerate(spellings, 1):
            self.insert_computer(external_id)
            self.insert("bios", HARDWARE_ID=external_id, SSN=serial, MSN=serial)
        for key in ("ocs_serial", "board_serial"):
            found = self._shared(key, "SER1", "ser 2", "SER3")
            self.assertEqual(found, {"SER1", "ser 2"})

    def test_shared_uuids_in_both_byte_orders(self):
        for external_id, uuid in enumerate(
            (
                "1B2D3F40-5A6B-7C8D-9EAF-0123456789AB",
                "{403f2d1b-6b5a-8d7c-9eaf-0123456789ab}",
                "4C4C4544-0042-3510-8052-000000000007",
                "4C4C4544004235108052000000000007",
                "4C4C4544-0042-3510-8052-000000000008",
                "00000000-0000-0000-0000-000000000000",
                "00000000-0000-0000-0000-000000000000",
            ),
            1,
        ):
            self.insert_computer(external_id, UUID=uuid)
        one = "403F2D1B-6B5A-8D7C-9EAF-0123456789AB"
        two, three, zero = (
            "4C4C4544-0042-3510-8052-000000000007",
            "4C4C4544-0042-3510-8052-000000000008",
            "00000000-0000-0000-0000-000000000000",
        )
        found = self._shared("hardware_uuid", one, two, three, zero)
        self.assertEqual(found, {one, two})
        with self.adapter() as adapter:
            for uuid in (one, two):
                found = adapter.find_shared_keys({"hardware_uuid": uuid})
                self.assertEqual(found, {"hardware_uuid"})
            for uuid in (three, zero):
                found = adapter.find_shared_keys({"hardware_uuid": uuid})
                self.assertEqual(found, set())

    def test_shared_mac_addresses_in_any_notation(self):
        local, one, other = (
            "02:00:00:00:00:00",
            "00:1B:21:4A:00:01",
            "00:1B:21:4A:00:02",
        )
        for external_id, macs in enumerate(
            (
                (one, other, local),
                ("001b214a0001", "00-1b-21-4a-00-02"),
                ("001b.214a.0001", local),
                (local,),
                (local,),
            ),
            1,
        ):
            self.insert_computer(external_id)
            for mac in macs:
                self.insert("networks", HARDWARE_ID=external_id, MACADDR=mac)
        both = f"{local}, {one}, {other}"
        found = self._shared("mac_addresses", both, one, local)
        self.assertEqual(found, {both})
        with self.adapter() as adapter:
            for macs, shared in ((both, True), (one, True), (local, False)):
                found = adapter.find_shared_keys({"mac_addresses": macs})
                self.assertEqual(found, {"mac_addresses"} if shared else set())

    def test_read_identities(self):
        self.insert_computer(1, "PC-1", UUID="4C4C4544-0042-3510-8052-B4C04F564E31")
        self.insert("bios", HARDWARE_ID=1, SSN=" SER1 ", MSN="BOARD1")
        for last in (2, 1, 1):
            self.insert("networks", HARDWARE_ID=1, MACADDR=f"00-1b-21-4a-00-0{last}")
        self.insert("networks", HARDWARE_ID=1, MACADDR="00:00:00:00:00:00")
        self.insert_computer(2, "PC-2")
        device_id = "PC-{0}-2024-01-15-10-00-0{0}".format
        with self.adapter() as adapter:
            self.assertEqual(
                adapter.read_identities([1, 2]),
                {
                    1: {
                        "device_id": device_id(1),
                        "hardware_uuid": "4C4C4544-0042-3510-8052-B4C04F564E31",
                        "ocs_serial": "SER1",
                        "board_serial": "BOARD1",
                        "mac_addresses": "00:1B:21:4A:00:01, 00:1B:21:4A:00:02",
                        "name": "PC-1",
                        "manufacturer": "",
                        "model": "",
                    },
                    2: {
                        "device_id": device_id(2),
                        "hardware_uuid": "",
                        "ocs_serial": "",
                        "board_serial": "",
                        "mac_addresses": "",
                        "name": "PC-2",
                        "manufacturer": "",
                        "model": "",
                    },
                },
            )

    def _insert_macs(self, external_id, *last):
        for each in last:
            mac = f"00:1B:21:4A:00:0{each}"
            self.insert("networks", HARDWARE_ID=external_id, MACADDR=mac)

    def test_shared_mac_addresses(self):
        """All addresses have to match; blacklisted ones are ignored."""
        both = "00:1B:21:4A:00:01, 00:1B:21:4A:00:02"
        for external_id, last in ((1, (1, 2)), (2, (2, 1, 1)), (3, (1,)), (4, (3,))):
            self.insert_computer(external_id)
            self._insert_macs(external_id, *last)
        self.insert("networks", HARDWARE_ID=2, MACADDR="00:00:00:00:00:00")
        values = {both, "00:1B:21:4A:00:01", "00:1B:21:4A:00:03"}
        with self.adapter() as adapter:
            self.assertEqual(adapter.find_shared("mac_addresses", values), {both})

    def test_shared_keys(self):
        """One query finds which values of a computer other computers share."""
        uuid = "4C4C4544-0042-3510-8052-B4C04F564E31"
        for external_id in (1, 2):
            self.insert_computer(external_id, f"PC-{external_id}", UUID=uuid)
            self.insert("bios", HARDWARE_ID=external_id, SSN=f"SER{external_id}")
            self._insert_macs(external_id, 1, external_id)
        with self.adapter() as adapter:
            identity = adapter.read_identities([1])[1]
            del identity["board_serial"]
            self.assertEqual(
                adapter.find_shared_keys(identity), {"hardware_uuid", "mac_addresses"}
            )
            self.assertEqual(adapter.find_shared_keys({}), set())
            self.sql("UPDATE hardware SET ARCHIVE = 1 WHERE ID = 2")
            self.insert("bios", HARDWARE_ID=9, SSN="SER1")  # an orphan
            self.assertEqual(adapter.find_shared_keys(identity), set())

    def test_holders(self):
        """Values are found in every section, in any spelling."""
        for external_id in (1, 2, 3, 4, 5):
            self.insert_computer(external_id)
        self.insert("bios", HARDWARE_ID=1, SSN="LISTED")
        self.insert("bios", HARDWARE_ID=2, MSN="List ed ")
        self.insert("monitors", HARDWARE_ID=3, SERIAL="listed")
        self._insert_macs(4, 1)
        with self.adapter() as adapter:
            macs = {"00:1b:21:4a:00:01"}
            self.assertEqual(adapter.find_holders({"listed"}, macs), [1, 2, 3, 4])
            self.assertEqual(adapter.find_holders(set(), macs), [4])
            self.backend.section_ids -= self.env.ref("connector_ocs.section_bios")
            self.assertEqual(adapter.find_holders({"listed"}, set()), [3])

    def test_missing_board_serial_column(self):
        """OCS 2.1 and earlier have no such column."""
        self.insert_computer(1)
        self.insert("bios", HARDWARE_ID=1, SSN="LISTED")
        self.sql("ALTER TABLE bios RENAME COLUMN MSN TO AWAY")
        try:
            report = self.backend.action_test_connection()["params"]["message"]
            self.assertIn("OCS lacks MSN", report)
            with self.adapter() as adapter:
                identity = adapter.read_identities([1])[1]
                self.assertEqual(identity["board_serial"], "")
                self.assertEqual(identity["ocs_serial"], "LISTED")
                self.assertEqual(adapter.find_holders({"listed"}, set()), [1])
            self.import_all()
            self.assertEqual(self.binding(1).serial_no, "LISTED")
        finally:
            self.sql("ALTER TABLE bios RENAME COLUMN AWAY TO MSN")

    def test_disabled_section_is_not_read(self):
        self.insert_computer(1)
        self.insert("bios", HARDWARE_ID=1, SSN="SER1")
        self.backend.section_ids -= self.env.ref("connector_ocs.section_bios")
        with self.adapter() as adapter:
            self.assertEqual(adapter.read_identities([1])[1]["ocs_serial"], "")
