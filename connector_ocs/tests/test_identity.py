# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re
from datetime import datetime
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..components.computer_adapter_identity import IDENTIFIERS
from ..lib.identifiers import plain_serial, plain_uuid
from ..lib.identity import (
    DIFFERENT,
    EVIDENCE,
    SAME,
    UNCLEAR,
    Blacklist,
    compare,
    is_replaced,
    is_replacement,
)

#: A machine as OCS reports it.
MACHINE = {
    "device_id": "PC-1-2024-01-15-10-00-00",
    "ocs_serial": "5CG0001XYZ",
    "board_serial": "PKTLA00BB0M0Z1",
    "hardware_uuid": "4C4C4544-0042-3510-8052-B4C04F564E31",
    "mac_addresses": "00:1B:21:AA:BB:01, 02:00:00:00:00:00",
    "name": "PC-1",
    "manufacturer": "Dell Inc.",
    "model": "Latitude 5420",
}
#: Another machine of another make.
OTHER = {
    "device_id": "SRV-9-2026-11-20-10-00-00",
    "ocs_serial": "CZJ1234567",
    "board_serial": "PFARA0ARHBD0KX",
    "hardware_uuid": "30343536-3237-5A43-3332-303930374D4B",
    "mac_addresses": "3C:EC:EF:11:22:33",
    "name": "SRV-9",
    "manufacturer": "HPE",
    "model": "ProLiant DL360",
}
REINSTALLED = ("device_id",)
NEW_BOARD = ("hardware_uuid", "board_serial", "mac_addresses")


def differing(*fields):
    """Return the machine with some values of the other one."""
    return MACHINE | {field: OTHER[field] for field in fields}


def sharing(*fields):
    """Return the other machine with some values of the machine."""
    return OTHER | {field: MACHINE[field] for field in fields}


@tagged("post_install", "-at_install")
class TestEvidence(BaseCase):
    """What speaks for and against two descriptions being one machine."""

    def verdict(self, found, known=None, **shared):
        blacklist = Blacklist(shared=frozenset(shared.items()))
        return compare(known or MACHINE, found, blacklist).verdict

    def test_one_machine(self):
        for fields in (
            (),
            REINSTALLED,
            ("device_id", "name"),
            NEW_BOARD,
            (*REINSTALLED, *NEW_BOARD),
            ("ocs_serial",),
            ("mac_addresses",),
        ):
            with self.subTest(fields):
                self.assertEqual(self.verdict(differing(*fields)), SAME)

    def test_two_machines(self):
        for fields in (
            (),
            ("mac_addresses",),  # a docking station
            ("name",),  # the successor of a machine
            ("hardware_uuid",),  # a copied virtual machine
            ("device_id",),  # a disk that was moved
            ("manufacturer", "model"),
            ("board_serial", "manufacturer"),
        ):
            with self.subTest(fields):
                self.assertEqual(self.verdict(sharing(*fields)), DIFFERENT)

    def test_a_person_decides(self):
        for found in (
            differing("device_id", "name", *NEW_BOARD),
            differing("ocs_serial", "name"),
            {"ocs_serial": MACHINE["ocs_serial"], "hardware_uuid": "1" * 31 + "2"},
            {},
        ):
            with self.subTest(found):
                self.assertEqual(self.verdict(found), UNCLEAR)

    def test_weak_values_raise_no_question(self):
        """Little speaks against one machine, but nothing strong for it."""
        for found in (
            {"device_id": OTHER["device_id"]},
            {"name": MACHINE["name"], "hardware_uuid": OTHER["hardware_uuid"]},
        ):
            with self.subTest(found):
                self.assertEqual(self.verdict(found), DIFFERENT)

    def test_products(self):
        """Makers are abbreviated after their first word, models are not."""
        for field, value, is_same in (
            ("manufacturer", "Dell", True),
            ("manufacturer", "Dell Computer", True),
            ("manufacturer", "Lenovo Inc.", False),
            ("model", "Latitude 5430", False),
        ):
            with self.subTest(value):
                found = compare(MACHINE, MACHINE | {field: value}, Blacklist())
                self.assertEqual(found.different, () if is_same else (field,))

    def test_unknown_values_do_not_count(self):
        for field in EVIDENCE:
            for value in ("", False, None):
                with self.subTest(field, value=value):
                    self.assertEqual(self.verdict(MACHINE | {field: value}), SAME)
                    self.assertEqual(self.verdict(OTHER | {field: value}), DIFFERENT)
                    unknown = MACHINE | {field: value}
                    for pair in ((OTHER, unknown), (unknown, OTHER)):
                        self.assertNotIn(field, compare(*pair, Blacklist()).different)

    def test_placeholders_do_not_count(self):
        for field, value in (
            ("ocs_serial", "To be filled by O.E.M"),
            ("board_serial", "Default string"),
            ("hardware_uuid", "03000200-0400-0500-0006-000700080009"),
            ("mac_addresses", "02:00:00:00:00:00"),
            ("device_id", "MANUEL"),
        ):
            with self.subTest(field):
                known, found = MACHINE | {field: value}, OTHER | {field: value}
                self.assertNotIn(field, compare(known, found, Blacklist()).same)

    def test_shared_values_do_not_count(self):
        found = OTHER | {"ocs_serial": MACHINE["ocs_serial"], "hardware_uuid": ""}
        serial = plain_serial("5CG0001XYZ")
        self.assertEqual(self.verdict(found), UNCLEAR)
        self.assertEqual(self.verdict(found, ocs_serial=serial), DIFFERENT)
        known = {"ocs_serial": MACHINE["ocs_serial"]}
        self.assertEqual(self.verdict(known), SAME)
        self.assertEqual(self.verdict(known, ocs_serial=serial), UNCLEAR)

    def test_machines_with_and_without_a_shared_value(self):
        """That one of them has it still tells them apart."""
        found = {"ocs_serial": MACHINE["ocs_serial"], "hardware_uuid": "1" * 31 + "2"}
        uuid = plain_uuid(MACHINE["hardware_uuid"])
        self.assertEqual(self.verdict(found), UNCLEAR)
        self.assertEqual(self.verdict(found, hardware_uuid=uuid), UNCLEAR)

    def test_order_does_not_matter(self):
        for fields in (REINSTALLED, NEW_BOARD, ("ocs_serial", "hardware_uuid")):
            with self.subTest(fields):
                found = differing(*fields)
                self.assertEqual(
                    self.verdict(found), self.verdict(MACHINE, known=found)
                )

    def test_documentation(self):
        """The page lists the weights as they are."""
        page = Path(__file__).parents[2] / "docs" / "identity.rst"
        if not page.exists():
            self.skipTest("The documentation is in the repository.")
        found = re.findall(r"\((\w+\.\w+)\) +(\d) +(\d) +(\w+)\n", page.read_text())
        columns = {**IDENTIFIERS, "mac_addresses": ("networks", "MACADDR")}
        expected = [
            (".".join(columns[field]), str(same), str(different), part)
            for field, (same, different, part) in EVIDENCE.items()
        ]
        self.assertEqual(found, expected)


@tagged("post_install", "-at_install")
class TestReplaced(BaseCase):
    """Whether OCS gave the ID of a computer to another machine."""

    def is_replaced(self, found, known=None):
        return is_replaced(known or MACHINE, found, Blacklist())

    def test_same_agent(self):
        """As after a swap of mainboards, or of disks."""
        self.assertFalse(self.is_replaced(sharing("device_id")))

    def test_another_agent(self):
        self.assertTrue(self.is_replaced(OTHER))
        self.assertTrue(self.is_replaced(sharing("mac_addresses")))
        self.assertTrue(self.is_replaced(sharing("ocs_serial", "name")))

    def test_another_agent_on_the_same_machine(self):
        self.assertFalse(self.is_replaced(differing("device_id")))
        self.assertFalse(self.is_replaced(differing("device_id", "name")))

    def test_unknown_agent(self):
        """A computer that was entered manually may be renamed."""
        known = MACHINE | {"device_id": "MANUEL"}
        for fields, expected in (
            (("name", "model", "manufacturer"), False),
            (("ocs_serial",), False),
            (("ocs_serial", "hardware_uuid", "board_serial"), True),
        ):
            with self.subTest(fields):
                found = differing(*fields) | {"device_id": "MANUEL"}
                self.assertEqual(self.is_replaced(found, known), expected)

    def test_nothing_is_known(self):
        self.assertFalse(self.is_replaced({}, {}))

    def test_only_the_product_is_known(self):
        """Another name and model alone do not make another machine."""
        fields = ("name", "manufacturer", "model")
        for more, expected in (((), False), (("ocs_serial",), True)):
            known, found = (
                {each: one[each] for each in (*fields, *more)}
                for one in (MACHINE, OTHER)
            )
            with self.subTest(more):
                self.assertEqual(self.is_replaced(found, known), expected)


@tagged("post_install", "-at_install")
class TestReplacement(BaseCase):
    """Whether two computers in OCS are one machine that was reinstalled."""

    def test_inventories(self):
        for older, newer, expected in (
            ((1, 5), (6, 9), True),  # reinstalled on day 6
            ((1, 6), (6, 9), True),
            ((1, 7), (6, 9), False),
            ((1, 9), (6, 6), False),
            ((1, False), (6, 9), True),
            ((1, 5), (False, 9), True),
        ):
            with self.subTest(older, newer=newer):
                one, other = self.computer(4, *older), self.computer(7, *newer)
                self.assertEqual(is_replacement(one, other, Blacklist()), expected)
                self.assertEqual(is_replacement(other, one, Blacklist()), expected)

    def test_two_operating_systems(self):
        """They report the machine from time to time, under their own IDs."""
        swapped = {"hardware_uuid": "44454C4C-4200-1035-8052-B4C04F564E31"}
        mac = {"mac_addresses": MACHINE["mac_addresses"]}
        for values, expected in (({}, False), (swapped, True), (mac, True)):
            with self.subTest(values):
                one = self.computer(4, 1, 9) | mac
                other = self.computer(7, 2, 8) | values
                self.assertEqual(is_replacement(one, other, Blacklist()), expected)

    def test_shared_uuid_is_no_second_system(self):
        """Its two byte orders then do not tell that it is one machine."""
        uuid = MACHINE["hardware_uuid"]
        swapped = {"hardware_uuid": "44454C4C-4200-1035-8052-B4C04F564E31"}
        one, other = self.computer(4, 1, 9), self.computer(7, 2, 8) | swapped
        blacklist = Blacklist(shared=frozenset({("hardware_uuid", plain_uuid(uuid))}))
        self.assertTrue(is_replacement(one, other, Blacklist()))
        self.assertFalse(is_replacement(one, other, blacklist))

    def test_nothing_in_common(self):
        """Only software differs, but nothing else is known."""
        unknown = dict.fromkeys(MACHINE.keys() - {"device_id", "name"}, "")
        one = self.computer(4, 1, 2) | unknown
        other = self.computer(7, 3, 4) | unknown
        other |= {each: OTHER[each] for each in ("device_id", "name")}
        self.assertFalse(is_replacement(one, other, Blacklist()))

    def test_contradictions(self):
        """Another name is none, other hardware is."""
        for fields, expected in (
            (("name", "device_id"), True),
            (("mac_addresses",), False),
            (("board_serial",), False),
            (("manufacturer",), False),
        ):
            with self.subTest(fields):
                one = self.computer(4, 1, 2) | {
                    "mac_addresses": MACHINE["mac_addresses"]
                }
                other = self.computer(7, 3, 4) | {
                    "mac_addresses": MACHINE["mac_addresses"],
                    **{field: OTHER[field] for field in fields},
                }
                self.assertEqual(is_replacement(one, other, Blacklist()), expected)

    def computer(self, external_id, *days):
        first, last = (day and datetime(2026, 1, day) for day in days)
        return MACHINE | {
            "mac_addresses": "",
            "external_id": external_id,
            "first_inventory": first,
            "last_inventory": last,
        }
