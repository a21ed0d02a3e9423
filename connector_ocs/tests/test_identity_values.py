# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib.identifiers import plain_serial
from ..lib.identity import EVIDENCE, Blacklist
from .test_identity import MACHINE


@tagged("post_install", "-at_install")
class TestBlacklist(BaseCase):
    """Values that identify nothing."""

    blacklist = Blacklist(shared=frozenset({("ocs_serial", plain_serial("SHARED1"))}))

    def test_values(self):
        """A shared value finds assets, but does not identify a machine."""
        for value, is_blacklisted, is_usable in (
            ("5CG0001XYZ", False, True),
            ("SHARED1", False, False),
            ("To be filled by O.E.M.", True, False),
        ):
            with self.subTest(value):
                found = self.blacklist.is_blacklisted("ocs_serial", value)
                self.assertIs(found, is_blacklisted)
                expected = {plain_serial(value)} if is_usable else frozenset()
                self.assertEqual(self.blacklist.usable("ocs_serial", value), expected)

    def test_unknown_values(self):
        for field in EVIDENCE:
            for value in ("", False):
                with self.subTest(field, value=value):
                    self.assertTrue(self.blacklist.is_blacklisted(field, value))
                    self.assertEqual(self.blacklist.usable(field, value), frozenset())

    def test_sharing(self):
        """More values may count as shared; the others remain."""
        more = self.blacklist.sharing(MACHINE, ("ocs_serial", "mac_addresses"))
        mac = MACHINE["mac_addresses"]
        for field, value in (
            ("ocs_serial", "SHARED1"),
            ("ocs_serial", MACHINE["ocs_serial"]),
            ("mac_addresses", mac),
        ):
            with self.subTest(value):
                self.assertFalse(more.usable(field, value))
        self.assertTrue(more.usable("board_serial", MACHINE["board_serial"]))
        self.assertTrue(self.blacklist.usable("mac_addresses", mac))

    def test_description_of_a_computer(self):
        hardware = {"DEVICEID": "PC-1-2024", "UUID": "4C4C", "NAME": "PC-1"}
        unknown = dict.fromkeys(MACHINE, "")
        known = {"device_id": "PC-1-2024", "hardware_uuid": "4C4C", "name": "PC-1"}
        found = Blacklist().identity({"hardware": hardware})
        self.assertEqual(found, unknown | known)
        bios = {"SSN": "S", "MSN": "M", "SMANUFACTURER": "Dell", "SMODEL": "5420"}
        macs = [{"MACADDR": "00:1b:21:aa:bb:02"}, {"MACADDR": "00:1B:21:AA:BB:01"}]
        found = Blacklist(macs=frozenset({"00:1b:21:aa:bb:03"})).identity(
            {
                "hardware": hardware,
                "bios": bios,
                "networks": [*macs, {"MACADDR": "00:1B:21:AA:BB:03"}],
            }
        )
        reported = {
            "ocs_serial": "S",
            "board_serial": "M",
            "manufacturer": "Dell",
            "model": "5420",
            "mac_addresses": "00:1B:21:AA:BB:01, 00:1B:21:AA:BB:02",
        }
        self.assertEqual(found, known | reported)
