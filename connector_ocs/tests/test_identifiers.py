# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lib.identifiers import (
    is_blacklisted_mac,
    is_blacklisted_serial,
    is_blacklisted_uuid,
    is_unique_mac,
    mac_addresses,
    plain_mac,
    plain_uuid,
)
from .live import LiveCase, server
from .test_histories import run_examples


@tagged("post_install", "-at_install")
class TestMac(BaseCase):
    """Detection of MAC addresses that are shared by many machines or invalid."""

    def test_blacklisted_mac_addresses(self):
        table = (
            None,
            "",
            "00:00:00:00:00:00",
            "000000000000",
            "ff:ff:ff:ff:ff:ff",
            "50:50:54:50:30:30",
            "33:50:6F:45:30:30",
            "02:00:4E:43:50:49",
            "02-00-4e-43-50-49",
            "0200.4e43.5049",
            "02004E435049",
            "2:0:4e:43:50:49",
            "00:A0:C6:00:00:00",
            "02:80:37:EC:02:00",
            "44:45:53:54:61:6f",
            "20:41:53:59:4E:FF",
            "0A:00:27:00:00:00",
            "00:50:56:C0:00:01",
            "00-50-56-c0-00-08",
            "00:1B:21:AA:BB",
            "00:1B:21:AA:BB:01:02",
            "00:1B:21:AA:BB:01_M",
            "00:1B:21:AA:BB:0G",
            "00:1B:21:AA:BB01",
            "001:B2:1A:AB:B0:1",
            "00:00:00:00:00:00:00:E0",
            "unknown",
        )
        for value in table:
            with self.subTest(value=value):
                self.assertTrue(is_blacklisted_mac(value))
                self.assertFalse(is_unique_mac(value))

    def test_locally_administered_and_multicast(self):
        """They are displayed, but identify nothing."""
        for value in (
            "02:00:00:00:00:00",
            "02-00-00-00-00-00",
            "020000000000",
            "0200.0000.0000",
            "52:54:00:12:AB:CD",
            "0A:00:27:00:00:01",
            "DE:AD:BE:EF:12:34",
            "6E:40:08:1C:2A:55",
            "01:00:5E:12:AB:CD",
            "33:33:00:12:AB:CD",
        ):
            with self.subTest(value=value):
                self.assertFalse(is_blacklisted_mac(value))
                self.assertFalse(is_unique_mac(value))

    def test_unset_addresses(self):
        """The shape of an address shows that it is a placeholder."""
        for value in (
            "00:11:22:33:44:55",
            "00:01:02:03:04:05",
            "00:12:34:56:78:90",
            "88:88:88:88:88:88",
            "00:1B:21:00:00:00",
            "00:1B:21:FF:FF:FF",
        ):
            with self.subTest(value=value):
                self.assertFalse(is_unique_mac(value))

    def test_unique_mac_addresses(self):
        for value in (
            "00:1B:21:AA:BB:01",
            "00:1b:21:aa:bb:01",
            " 00:1B:21:AA:BB:01 ",
            "00-1B-21-AA-BB-01",
            "001B21AABB01",
            "00:50:56:C0:01:01",
            "00:50:56:AB:CD:EF",
            "00:15:5D:00:00:01",
            "00:1B:21:00:00:01",
            "F8:FF:C2:00:12:34",
            "A4:BB:6D:12:34:56",
        ):
            with self.subTest(value=value):
                self.assertFalse(is_blacklisted_mac(value))
                self.assertTrue(is_unique_mac(value))
                listed = frozenset((value.strip().casefold(),))
                self.assertTrue(is_blacklisted_mac(value, listed))

    def test_normal_form(self):
        for value in (
            "00:1B:21:AA:0B:01",
            "00-1b-21-aa-0b-01",
            "001b.21aa.0b01",
            "001B21AA0B01",
            "0:1b:21:aa:b:1",
            " 00:1b:21:aa:0b:01\x00",
        ):
            with self.subTest(value=value):
                self.assertEqual(plain_mac(value), "00:1B:21:AA:0B:01")

    def test_random_macs(self):
        @run_examples(st.binary(min_size=6, max_size=6), examples=300)
        def check(data):
            normal = data.hex(":").upper()
            for value in (data.hex(), data.hex("-"), data.hex(".", 2), normal):
                self.assertEqual(plain_mac(value), normal)
                self.assertEqual(is_unique_mac(value), is_unique_mac(normal))

        check()


@tagged("post_install", "-at_install")
class TestUuid(BaseCase):
    """Detection of UUIDs that are placeholders, and their normal form."""

    def test_placeholders(self):
        for value in (
            None,
            "",
            "unknown",
            "4C4C4544-0042-3510-8052-B4C04F564E3",
            "4C4C4544-0042-3510-8052-B4C04F564E3G",
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "{ffffffff-ffff-ffff-ffff-ffffffffffff}",
            "01010101-0101-0101-0101-010101010101",
            "58585858-5858-5858-5858-585858585858",
            "20202020202020202020202020202020",
            "00010203-0405-0607-0809-0A0B0C0D0E0F",
            "03020100-0504-0706-0809-0A0B0C0D0E0F",
            "00112233-4455-6677-8899-AABBCCDDEEFF",
            "33221100-5544-7766-8899-AABBCCDDEEFF",
            "12345678-1234-5678-1234-567812345678",
            "12345678-9012-3456-7890-123456789012",
            "03000200-0400-0500-0006-000700080009",
            "03000200-0400-0500-0006-000700080009".lower(),
            "00020003-0004-0005-0006-000700080009",
            "{00020003000400050006000700080009}",
            "6AB5B300-538D-1014-9FB5-B0684D007B53",
            "00B3B56A-8D53-1410-9FB5-B0684D007B53",
        ):
            with self.subTest(value=value):
                self.assertTrue(is_blacklisted_uuid(value))
                self.assertEqual(plain_uuid(value), "")

    def test_real(self):
        for value in (
            "4C4C4544-0042-3510-8052-B4C04F564E31",
            "4C4C4544-0042-3510-8052-000000000007",
            "00000000-0000-0000-0000-AC1F6B123456",
            "1B2D3F40-5A6B-7C8D-9EAF-0123456789AB",
            "564D02BB-0000-4000-8000-00000000BEEF",
        ):
            with self.subTest(value=value):
                self.assertFalse(is_blacklisted_uuid(value))

    def test_both_byte_orders_are_equal(self):
        for value in (
            "1B2D3F40-5A6B-7C8D-9EAF-0123456789AB",
            "403F2D1B-6B5A-8D7C-9EAF-0123456789AB",
            "{403f2d1b-6b5a-8d7c-9eaf-0123456789ab}",
            "403F2D1B6B5A8D7C9EAF0123456789AB",
        ):
            with self.subTest(value=value):
                self.assertEqual(plain_uuid(value), "1B2D3F405A6B7C8D9EAF0123456789AB")
        self.assertNotEqual(
            plain_uuid("1B2D3F40-5A6B-7C8D-9EAF-0123456789AB"),
            plain_uuid("403F2D1B-5A6B-7C8D-9EAF-0123456789AB"),
        )

    def test_random_uuids(self):
        """They are real, and equal in each notation and byte order."""

        @run_examples(st.uuids(), examples=300)
        def check(uuid):
            normal = plain_uuid(str(uuid))
            if uuid.version:  # the others are hardly random
                self.assertTrue(normal)
            swapped = uuid.bytes_le.hex().upper()
            self.assertIn(normal, ("", uuid.hex.upper(), swapped))
            self.assertEqual(plain_uuid(swapped), normal)
            self.assertEqual(plain_uuid(uuid.hex), normal)
            self.assertEqual(plain_uuid(normal), normal)

        check()


@tagged("post_install", "-at_install")
class TestBlacklists(LiveCase):
    """The addon blacklists every identifier that OCS blacklists by default."""

    def _defaults(self, table, column):
        original = server()["databases"][self.schema]
        rows = self.sql(f"SELECT {column} FROM {original}.{table}")
        values = [row[column] for row in rows]
        self.assertGreater(len(values), 10)
        return values

    def test_serials(self):
        for serial in self._defaults("blacklist_serials", "SERIAL"):
            with self.subTest(serial=serial):
                self.assertTrue(is_blacklisted_serial(serial))

    def test_mac_addresses(self):
        for mac in self._defaults("blacklist_macaddresses", "MACADDRESS"):
            with self.subTest(mac=mac):
                self.assertTrue(is_blacklisted_mac(mac))


@tagged("post_install", "-at_install")
class TestMacAddresses(BaseCase):
    """The valid MAC addresses of a computer, sorted and without duplicates."""

    def test_valid_addresses(self):
        one, two = "00:1B:21:AA:BB:01", "00:1B:21:AA:BB:02"
        table = (
            ([two, one], [one, two]),
            ([one, one, two, one], [one, two]),
            ([one.lower(), one], [one]),
            ([f" {one} "], [one]),
            ([one, "00:00:00:00:00:00", "FF:FF:FF:FF:FF:FF"], [one]),
            ([one, "ff:ff:ff:ff:ff:ff"], [one]),
            ([one, "", None, f"{two}_M", "001B21AABB0"], [one]),
            (["001b.21aa.bb02", "00-1b-21-aa-bb-01", "001B21AABB02"], [one, two]),
            (["02:00:00:00:00:00", one], [one, "02:00:00:00:00:00"]),
            ([""], []),
            ([], []),
        )
        for addresses, expected in table:
            with self.subTest(addresses=addresses):
                networks = [{"MACADDR": each} for each in addresses]
                self.assertEqual(mac_addresses(networks), expected)
