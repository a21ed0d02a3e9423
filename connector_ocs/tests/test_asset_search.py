# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from ..components.match_asset_search import spelled_like
from .test_asset_matcher import BOARD, MACS, SERIAL, AssetCase

UUID = "1B2D3F40-5A6B-7C8D-9EAF-0123456789AB"
SWAPPED = "403F2D1B-6B5A-8D7C-9EAF-0123456789AB"
LOCAL = "02:00:00:00:00:00"


@tagged("post_install", "-at_install")
class TestAssetSearch(AssetCase):
    """Assets that share a value with a computer are found in any spelling."""

    def setUp(self):
        super().setUp()
        self.ocs[7]["hardware"]["UUID"] = UUID

    def find(self, external_id=7):
        """Return the assets that share a value with a computer."""
        return self.find_many(external_id)[external_id]

    def find_many(self, *external_ids):
        """Return the assets by hardware.ID: the computers are looked up together."""
        computers = {each: self.ocs[each] for each in external_ids}
        with self.work_on() as work:
            imports = work.component(usage="record.importer").start(computers)
            search = work.component(usage="asset.search")
            return {each.external_id: search.find(each) for each in imports}

    def assert_spellings(self, field, spellings):
        """Assert that an asset with any of the spellings is found."""
        asset = self.create_asset()
        for spelling in spellings:
            with self.subTest(field=field, spelling=spelling):
                asset[field] = spelling
                self.assertEqual(self.find(), asset)
        asset.unlink()

    def assert_not_found(self, field, values):
        asset = self.create_asset()
        for value in values:
            with self.subTest(field=field, value=value):
                asset[field] = value
                self.assertFalse(self.find())
        asset.unlink()

    def test_serial_number(self):
        spellings = (SERIAL, SERIAL.lower(), " 5cg 0007 Xyz", "5CG0007 XYZ ")
        self.assert_spellings("serial_no", spellings)
        self.assert_not_found("serial_no", ("5CG0008XYZ", "5CG0007XYZ1"))

    def test_serial_number_with_blanks_in_ocs(self):
        serial = "VMware-56 4d 02 bb 00 00 40 00-80 00 00 00 00 00 be ef"
        self.ocs[7]["bios"]["SSN"] = serial
        spellings = (serial.upper(), serial.replace(" ", ""), serial.replace(" ", "  "))
        self.assert_spellings("serial_no", spellings)

    def test_board_serial(self):
        self.assert_spellings("board_serial", (BOARD, BOARD.lower(), f" {BOARD}"))

    def test_uuid(self):
        for uuid in (UUID, SWAPPED):
            spellings = (uuid, uuid.lower(), f"{{{uuid}}}", uuid.replace("-", ""))
            self.assert_spellings("hardware_uuid", spellings)
        half = "403F2D1B-5A6B-7C8D-9EAF-0123456789AB"
        self.assert_not_found("hardware_uuid", (half,))

    def test_uuid_in_the_other_byte_order_in_ocs(self):
        self.ocs[7]["hardware"]["UUID"] = SWAPPED.lower()
        self.assert_spellings("hardware_uuid", (UUID, SWAPPED))

    def test_mac_addresses(self):
        one, other = MACS
        self.assert_spellings(
            "mac_addresses",
            (
                f"{one}, {other}",
                f"{other},{one}",
                f"{one}, {other}".lower(),
                f"{one}, {other}".replace(":", "-"),
                f"{one}, {other}".replace(":", ""),
                "004a.0000.0001, 004a.0000.0002",
                f"{LOCAL}, {one}, {other}",
            ),
        )
        self.assert_not_found(
            "mac_addresses", (one, other, f"{one}, {other}, 00:4A:00:00:00:03", LOCAL)
        )

    def test_locally_administered_addresses_do_not_count(self):
        """Neither those of the computer nor those of the asset."""
        one = MACS[0]
        self.ocs[7]["networks"] = [{"MACADDR": mac} for mac in (LOCAL, one)]
        self.assert_spellings("mac_addresses", (one, f"{one}, 52:54:00:12:34:AB"))
        self.ocs[7]["networks"] = [{"MACADDR": LOCAL}]
        self.assert_not_found("mac_addresses", (LOCAL,))
        with self.work_on() as work:
            search = work.component(usage="asset.search")
            (found,) = work.component(usage="record.importer").start({7: self.ocs[7]})
            self.assertEqual(found.identity["mac_addresses"], LOCAL)
            self.assertNotIn("mac_addresses", search.keys(found))

    def test_removed_computer(self):
        """The serial number of a binding is found even if its asset has none."""
        new = self.ocs.pop(7)
        (binding,) = self.fill(1)
        del self.ocs[1]
        self.import_changed()
        self.ocs[7] = new
        binding.odoo_id.serial_no = False
        for serial in ("5cg0001xyz", "5CG 0001 XYZ"):
            self.ocs[7]["bios"]["SSN"] = serial
            self.assertEqual(self.find(), binding.odoo_id)

    def test_many_computers(self):
        """Each asset is found for the computers that share one of its values."""
        self.ocs[8] = self.machine(8, bios={"SSN": "5cg0007xyz"})
        self.ocs[9] = self.machine(9)
        by_serial = self.create_asset(serial_no="5CG 0007 XYZ")
        by_uuid = self.create_asset(hardware_uuid=SWAPPED)
        found = self.find_many(7, 8, 9)
        self.assertEqual(found[7], by_serial | by_uuid)
        self.assertEqual(found[8], by_serial)
        self.assertFalse(found[9])

    def test_bindings(self):
        """The values of an asset are found through its binding, too."""
        self.ocs[7]["networks"].append({"MACADDR": LOCAL})
        binding = self.import_computer(7)
        others = self.fill(1, 2)
        for field, value in (
            ("ocs_serial", "5cg 0007 xyz"),
            ("serial_no", "5cg 0007 xyz"),
            ("board_serial", BOARD.lower()),
            ("hardware_uuid", SWAPPED),
            ("mac_addresses", MACS[1].replace(":", "-")),
            ("device_id", binding.device_id),
        ):
            with self.subTest(field=field):
                found = self.env["ocs.computer.binding"].search(
                    spelled_like(field, [value])
                )
                self.assertEqual(found, binding)
                self.assertNotIn(found, others)

    def test_import_links_the_asset(self):
        """The matcher compares in any spelling, too."""
        one, other = (mac.replace(":", "-").lower() for mac in MACS)
        for values in (
            {"serial_no": "5cg 0007 xyz"},
            {"hardware_uuid": SWAPPED},
            {"mac_addresses": f"{other}, {one}, {LOCAL}"},
        ):
            with self.subTest(values), self.env.cr.savepoint() as savepoint:
                self.assert_linked(self.create_asset(**values))
                savepoint.rollback()

    def test_import_of_a_phone(self):
        """All Android phones report the same address: it links none of them."""
        phone = self.create_asset(mac_addresses=LOCAL)
        self.ocs[7] = self.machine(
            7,
            hardware={"UUID": "", "DEVICEID": "phone-7"},
            bios={"SSN": "unknown"},
            networks=[{"MACADDR": LOCAL}],
        )
        self.assert_new(phone)
        self.assertEqual(self.binding(7).mac_addresses, LOCAL)
