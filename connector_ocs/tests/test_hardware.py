# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import BaseCase, tagged

from ..lib import hardware

MAC = "00:1B:21:AA:BB:01"


@tagged("post_install", "-at_install")
class TestHardware(BaseCase):
    """Conversion of OCS hardware rows to components."""

    def check(self, function, cases):
        for row, expected in cases:
            with self.subTest(row=row):
                self.assertEqual(function([row]), [expected] if expected else [])

    def test_processors(self):
        self.check(
            hardware.processors,
            (
                (
                    {
                        "MANUFACTURER": "Intel",
                        "TYPE": "Intel(R) Core(TM) i5",
                        "SPEED": "2400",
                        "CORES": 4,
                        "LOGICAL_CPUS": 8,
                        "SOCKET": "FCLGA1200",
                    },
                    {
                        "manufacturer": "Intel",
                        "name": "Intel(R) Core(TM) i5",
                        "speed": "2400 MHz",
                        "cores": 4,
                        "logical_cpus": 8,
                        "slot": "FCLGA1200",
                    },
                ),
                ({"TYPE": "A", "SPEED": "2.4 GHz"}, {"name": "A", "speed": "2.4 GHz"}),
                ({"TYPE": "A", "SPEED": "0", "CORES": -1}, {"name": "A"}),
                ({"TYPE": "A", "CORES": 2147483647}, {"name": "A"}),
                ({"TYPE": "A", "LOGICAL_CPUS": 65535}, {"name": "A"}),
                ({"TYPE": "A", "SPEED": "2147483647"}, {"name": "A"}),
                ({"TYPE": "", "SPEED": "", "CORES": ""}, None),
                ({"TYPE": "", "SPEED": "0", "CORES": -1, "SOCKET": None}, None),
            ),
        )

    def test_processor_with_impossible_numbers_only(self):
        for number in (2147483647, "2147483647", 65535):
            row = {"TYPE": "", "CORES": 0, "LOGICAL_CPUS": number}
            with self.subTest(number=number):
                self.assertEqual(hardware.processors([row]), [{}])

    def test_firmware_chips_are_no_memory(self):
        for values in (
            {"TYPE": "Flash"},
            {"TYPE": "FLASH"},
            {"TYPE": "EEPROM"},
            {"CAPTION": "SYSTEM ROM"},
            {"CAPTION": "Bios ROM", "TYPE": "Unknown"},
            {"DESCRIPTION": "System ROM", "CAPTION": "Physical Memory"},
        ):
            with self.subTest(values=values):
                row = {"CAPACITY": 4096, "CAPTION": "", "DESCRIPTION": "", **values}
                self.assertEqual(hardware.memory([row]), [])

    def test_memory(self):
        dimm = {"CAPTION": "Physical Memory", "DESCRIPTION": "BANK 0", "NUMSLOTS": 1}
        named = {"name": "Physical Memory", "description": "BANK 0", "slot": "1"}
        self.check(
            hardware.memory,
            (
                (
                    {
                        **dimm,
                        "CAPACITY": 8192,
                        "TYPE": "DDR4",
                        "SPEED": "2666",
                        "SERIALNUMBER": "1A2B3C4D",
                    },
                    {
                        **named,
                        "size_mb": 8192,
                        "type": "DDR4",
                        "speed": "2666 MHz",
                        "serial_number": "1A2B3C4D",
                    },
                ),
                ({"CAPACITY": 8192}, {"size_mb": 8192}),
                ({**dimm, "CAPACITY": 0}, {**named, "is_empty": True}),
                ({"CAPACITY": 0, "TYPE": "Empty slot"}, {"is_empty": True}),
                ({"CAPACITY": -1, "NUMSLOTS": 0}, {"is_empty": True}),
                ({"CAPACITY": ""}, {"is_empty": True}),
                # an integer overflow: a module of unknown size
                ({**dimm, "CAPACITY": 2147483647}, named),
                (
                    {"CAPACITY": 1024, "SPEED": "1600 MT/s"},
                    {"size_mb": 1024, "speed": "1600 MT/s"},
                ),
            ),
        )

    def test_memory_is_sorted_by_slot(self):
        rows = [{"CAPACITY": 1024, "NUMSLOTS": slot} for slot in (10, 2, 1)]
        slots = [values["slot"] for values in hardware.memory(rows)]
        self.assertEqual(slots, ["1", "2", "10"])

    def test_graphics(self):
        self.check(
            hardware.graphics,
            (
                (
                    {
                        "NAME": "NVIDIA T1000",
                        "CHIPSET": "TU117",
                        "MEMORY": "4095",
                        "RESOLUTION": "1920 x 1080",
                    },
                    {
                        "name": "NVIDIA T1000",
                        "model": "TU117",
                        "size_mb": 4095,
                        "resolution": "1920 x 1080",
                    },
                ),
                ({"NAME": "A", "MEMORY": "-1"}, {"name": "A"}),
                ({"NAME": "A", "MEMORY": ""}, {"name": "A"}),
                ({"NAME": "A", "MEMORY": "2 GB"}, {"name": "A", "size_mb": 2048}),
                ({"NAME": "", "CHIPSET": "", "MEMORY": "0"}, None),
            ),
        )

    def test_graphics_keeps_the_order_of_ocs(self):
        rows = [{"NAME": "B"}, {"NAME": ""}, {"NAME": "A"}]
        names = [values["name"] for values in hardware.graphics(rows)]
        self.assertEqual(names, ["B", "A"])

    def test_disks(self):
        self.check(
            hardware.disks,
            (
                (
                    {
                        "MANUFACTURER": "Samsung",
                        "NAME": "nvme0n1",
                        "MODEL": "Samsung SSD 970 EVO 500GB",
                        "DESCRIPTION": "Disk drive",
                        "TYPE": "Fixed hard disk media",
                        "DISKSIZE": 476940,
                        "SERIALNUMBER": "S466NX0K",
                        "FIRMWARE": "2B2QEXE7",
                    },
                    {
                        "manufacturer": "Samsung",
                        "name": "nvme0n1",
                        "model": "Samsung SSD 970 EVO 500GB",
                        "description": "Disk drive",
                        "type": "Fixed hard disk media",
                        "size_mb": 476940,
                        "serial_number": "S466NX0K",
                        "firmware": "2B2QEXE7",
                    },
                ),
                (
                    {"NAME": "a", "DISKSIZE": 25000000},
                    {"name": "a", "size_mb": 25000000},
                ),
                ({"NAME": "a", "DISKSIZE": -5}, {"name": "a"}),
                ({"NAME": "", "MODEL": "", "TYPE": ""}, None),
            ),
        )

    def test_removable_disks(self):
        for row, expected in (
            ({"TYPE": "Removable Media"}, True),
            ({"TYPE": "CD-ROM Drive"}, True),
            ({"DESCRIPTION": "USB"}, True),
            ({"MODEL": "SanDisk Cruzer Blade USB Device"}, True),
            ({"NAME": "HL-DT-ST DVDRAM GUD1N"}, True),
            ({"TYPE": "Fixed hard disk media", "MODEL": "ST1000DM010"}, False),
            ({"TYPE": "SSD", "MODEL": "CDW10SUSB"}, False),
        ):
            with self.subTest(row=row):
                (found,) = hardware.disks([row])
                self.assertEqual(found.get("is_removable", False), expected)

    def test_volumes(self):
        self.check(
            hardware.volumes,
            (
                (
                    {
                        "LETTER": "C:",
                        "TYPE": "Hard Drive",
                        "FILESYSTEM": "NTFS",
                        "TOTAL": 243123,
                        "FREE": 1000,
                        "VOLUMN": "System",
                    },
                    {
                        "name": "C:",
                        "type": "Hard Drive",
                        "filesystem": "NTFS",
                        "size_mb": 243123,
                        "free_mb": 1000,
                        "description": "System",
                    },
                ),
                (
                    {"LETTER": "", "TYPE": "/home", "VOLUMN": "/dev/sda3"},
                    {"name": "/home", "description": "/dev/sda3"},
                ),
                (
                    {"LETTER": "Z:", "TYPE": "Network Drive"},
                    {"name": "Z:", "type": "Network Drive", "is_removable": True},
                ),
                (
                    {"TYPE": "/snap/core", "FILESYSTEM": "squashfs"},
                    {
                        "name": "/snap/core",
                        "filesystem": "squashfs",
                        "is_virtual": True,
                    },
                ),
                ({"TYPE": "/mnt/usb"}, {"name": "/mnt/usb"}),
                ({"LETTER": "", "TYPE": "", "TOTAL": 0}, None),
            ),
        )

    def test_rows_of_an_interface_are_merged(self):
        card = {"MACADDR": MAC.lower(), "DESCRIPTION": "eth0", "STATUS": "Up"}
        other = {"MACADDR": MAC, "DESCRIPTION": "br0", "VIRTUALDEV": 1}
        rows = [
            other,
            *({**card, "IPADDRESS": each} for each in ("fe80::1", "192.0.2.10", "")),
            {**card, "IPADDRESS": "9.0.0.1", "SPEED": "1 Gb/s"},
            {**card, "IPADDRESS": "9.0.0.1"},
            {"MACADDR": "", "DESCRIPTION": ""},
        ]
        self.assertEqual(
            hardware.interfaces(rows),
            [
                {
                    "name": "eth0",
                    "mac_address": MAC,
                    "status": "Up",
                    "speed": "1 Gb/s",
                    "ip_addresses": "9.0.0.1, 192.0.2.10, fe80::1",
                },
                {"name": "br0", "mac_address": MAC, "is_virtual": True},
            ],
        )

    def test_sort_addresses_with_invalid_values(self):
        found = hardware.sort_addresses(["?", "fe80::1%eth0", "10.0.0.9", None, ""])
        self.assertEqual(found, ["10.0.0.9", "fe80::1%eth0", "?"])

    def test_disks_do_not_keep_the_order_of_ocs(self):
        rows = [
            {"NAME": "sdb", "MODEL": "B"},
            {"NAME": "sda", "MODEL": "A", "DISKSIZE": 5},
            {"NAME": "sda", "MODEL": "A"},
        ]
        self.assertEqual(hardware.disks(rows), hardware.disks(rows[::-1]))

    def test_parts_of_imported_sections_only(self):
        computer = {"memories": [{"CAPACITY": 1024}], "storages": [], "bios": {}}
        self.assertEqual(
            hardware.parts(computer),
            {"memory": [{"size_mb": 1024, "sequence": 1}], "disk": []},
        )

    def test_identity_ignores_volatile_and_empty_values(self):
        part = {"name": "C:", "size_mb": 10, "free_mb": 5, "sequence": 1}
        for other, is_same in (
            ({**part, "free_mb": 0, "sequence": 2}, True),
            ({**part, "serial_number": "", "cores": 0, "is_empty": False}, True),
            ({**part, "size_mb": 11}, False),
            ({**part, "type": "x"}, False),
        ):
            with self.subTest(other=other):
                same = hardware.identity(part) == hardware.identity(other)
                self.assertEqual(same, is_same)
