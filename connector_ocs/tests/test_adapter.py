# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from datetime import datetime

from odoo.tests import tagged

from odoo.addons.connector.exception import IDMissingInBackend

from .live import LiveCase

MAC = "00:1B:21:AA:BB:{:02d}"
#: Columns read from the sections of which the tests fill only one.
COLUMNS = {
    "bios": "SMANUFACTURER SMODEL SSN TYPE BMANUFACTURER BVERSION BDATE ASSETTAG "
    "MMANUFACTURER MMODEL MSN",
    "memories": "CAPACITY CAPTION DESCRIPTION TYPE SPEED NUMSLOTS SERIALNUMBER",
    "videos": "NAME CHIPSET MEMORY RESOLUTION",
    "monitors": "MANUFACTURER CAPTION DESCRIPTION SERIAL",
    "networks": "MACADDR DESCRIPTION TYPE SPEED STATUS IPADDRESS VIRTUALDEV",
    "cpus": "MANUFACTURER TYPE SPEED CORES LOGICAL_CPUS SOCKET",
    "storages": "MANUFACTURER NAME MODEL DESCRIPTION TYPE DISKSIZE SERIALNUMBER "
    "FIRMWARE",
    "drives": "LETTER TYPE FILESYSTEM TOTAL FREE VOLUMN",
    "batteries": "NAME DESCRIPTION MANUFACTURER SERIALNUMBER CHEMISTRY DESIGNCAPACITY "
    "CYCLES ESTIMATEDCHARGEREMAINING STATUS",
}


def row_read(table, **values):
    """Return a row as the adapter reads it, with '' for NULL in OCS."""
    return {**dict.fromkeys(COLUMNS[table].split(), ""), **values}


class AdapterCase(LiveCase):
    """Test case for the adapter that reads the backend's computers."""

    @contextmanager
    def adapter(self, model_name="ocs.computer.binding"):
        """Yield the adapter on its own session."""
        with self.backend.work_on(model_name) as work:
            yield work.component(usage="backend.adapter")

    def read_computer(self, external_id):
        """Return the nested dict of one computer."""
        with self.adapter() as adapter:
            return adapter.read(external_id)

    def insert_whole_computer(self, external_id, **columns):
        """Insert a computer with rows in every section."""
        self.insert_computer(external_id, f"PC-{external_id}", **columns)
        self.insert("bios", HARDWARE_ID=external_id, SSN=f"SER{external_id}")
        self.insert("accountinfo", HARDWARE_ID=external_id, TAG="Paris")
        for number in (1, 2):
            self.insert("memories", HARDWARE_ID=external_id, CAPACITY="8192")
            self.insert("videos", HARDWARE_ID=external_id, NAME=f"Card {number}")
            self.insert("monitors", HARDWARE_ID=external_id, CAPTION=f"S{number}")
            self.insert("networks", HARDWARE_ID=external_id, MACADDR=MAC.format(number))
            self.insert("cpus", HARDWARE_ID=external_id, CORES=4)
            self.insert("storages", HARDWARE_ID=external_id, NAME=f"sd{number}")
            self.insert("drives", HARDWARE_ID=external_id, LETTER=f"{number}:")
            self.insert("batteries", HARDWARE_ID=external_id, NAME=f"BAT{number}")


class SchemaMixin:
    """Mixin with the tests of every schema of OCS."""

    allow_inherited_tests_method = True
    capacities = (("8192", 8192), ("No", 0), ("", 0), (None, 0), ("-1", -1))
    has_archive = True
    has_batteries = False

    def _adapters(self):
        with self.backend.work_on("ocs.computer.binding") as work:
            return work.many_components(usage="backend.adapter")

    def test_version_is_detected(self):
        self.backend.version = False
        action = self.backend.action_test_connection()
        self.assertEqual(self.backend.version, self.version)
        self.assertEqual(self.backend.schema_number, int(self.schema))
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn(f"Schema {self.schema},", action["params"]["message"])
        self.assertNotIn("batteries", action["params"]["message"])

    def test_one_adapter_for_each_version(self):
        (adapter,) = self._adapters()
        self.assertIn(self.version, adapter._ocs_versions)

    def test_no_adapter_without_version(self):
        self.backend.version = False
        self.assertFalse(self._adapters())

    def test_whole_computer(self):
        self.insert_whole_computer(
            7,
            WORKGROUP="EXAMPLE",
            OSNAME="Debian GNU/Linux 12",
            OSVERSION="6.1.0",
            PROCESSORT="Intel Core i5",
            PROCESSORS=2400,
            PROCESSORN=1,
            MEMORY=16128,
            IPADDR="192.0.2.10",
            USERID="user0001",
            UUID="4C4C4544-0042-3510-8052-B4C04F564E31",
        )
        hardware = {
            "DEVICEID": "PC-7-2024-01-15-10-00-07",
            "NAME": "PC-7",
            "WORKGROUP": "EXAMPLE",
            "OSNAME": "Debian GNU/Linux 12",
            "OSVERSION": "6.1.0",
            "OSCOMMENTS": "",
            "PROCESSORT": "Intel Core i5",
            "PROCESSORS": 2400,
            "PROCESSORN": 1,
            "MEMORY": 16128,
            "IPADDR": "192.0.2.10",
            "USERID": "user0001",
            "UUID": "4C4C4544-0042-3510-8052-B4C04F564E31",
            "LASTDATE": datetime(2026, 1, 15, 10),
        }
        if self.has_archive:
            hardware["ARCHIVE"] = ""
        computer = self.read_computer(7)
        self.assertEqual(set(computer.pop("digests")), set(computer))
        batteries = computer.pop("batteries", [])
        self.assertEqual(
            batteries,
            [
                row_read("batteries", NAME=each, DESCRIPTION="N/A")
                for each in (("BAT1", "BAT2") if self.has_batteries else ())
            ],
        )
        self.assertEqual(
            computer,
            {
                "hardware": hardware,
                "bios": row_read("bios", SSN="SER7"),
                "accountinfo": {"TAG": "Paris"},
                "memories": [row_read("memories", CAPACITY=8192)] * 2,
                "videos": [row_read("videos", NAME=f"Card {each}") for each in (1, 2)],
                "monitors": [
                    row_read("monitors", CAPTION=each) for each in ("S1", "S2")
                ],
                "networks": [
                    row_read("networks", MACADDR=MAC.format(each), VIRTUALDEV=0)
                    for each in (1, 2)
                ],
                "cpus": [row_read("cpus", CORES=4)] * 2,
                "storages": [
                    row_read("storages", NAME=each) for each in ("sd1", "sd2")
                ],
                "drives": [row_read("drives", LETTER=each) for each in ("1:", "2:")],
            },
        )

    def test_computer_without_sections(self):
        self.insert_computer(7)
        computer = self.read_computer(7)
        self.assertEqual(computer.pop("hardware")["NAME"], "PC")
        digests = computer.pop("digests")
        self.assertEqual({table for table in digests if digests[table]}, {"hardware"})
        self.assertEqual(
            computer,
            {
                "bios": row_read("bios"),
                "accountinfo": {"TAG": ""},
                **{table: [] for table in self._tables() - {"bios"}},
            },
        )

    def _tables(self):
        return set(COLUMNS) - (set() if self.has_batteries else {"batteries"})

    def test_missing_computer_raises(self):
        self.insert_computer(7)
        self.insert("bios", HARDWARE_ID=8, SSN="SER8")
        with self.assertRaises(IDMissingInBackend) as caught:
            self.read_computer(8)
        self.assertIn("ID 8", str(caught.exception))

    def test_capacities_are_numbers(self):
        self.insert_computer(7)
        for stored, _expected in self.capacities:
            self.insert("memories", HARDWARE_ID=7, CAPACITY=stored)
        found = [row["CAPACITY"] for row in self.read_computer(7)["memories"]]
        expected = [number for _stored, number in self.capacities]
        self.assertEqual(found, expected)

    def test_import(self):
        self.insert_whole_computer(7)
        self.import_all()
        binding = self.binding(7)
        self.assertEqual(binding.memory_modules, "2x8192MB")
        self.assertEqual(binding.graphics, "Card 1, Card 2")
        self.assertEqual(binding.serial_no, "SER7")
        names = ["BAT1", "BAT2"] if self.has_batteries else []
        self.assertEqual(binding.battery_ids.mapped("name"), names)


@tagged("post_install", "-at_install")
class TestSchema7028(SchemaMixin, AdapterCase):
    """OCS 2.7: no archive, capacities as text."""

    schema, version = "7028", "2.7"
    has_archive = False
    capacities = (("8192", 8192), ("8 GB", 8192), ("No", 0), ("", 0), ("-1", 0))


@tagged("post_install", "-at_install")
class TestSchema7039(SchemaMixin, AdapterCase):
    """OCS 2.8.1: archive, capacities as text."""

    schema, version = "7039", "2.8"
    capacities = TestSchema7028.capacities


@tagged("post_install", "-at_install")
class TestSchema7049(SchemaMixin, AdapterCase):
    """The last schema with capacities as text."""

    schema, version = "7049", "2.8"
    capacities = TestSchema7028.capacities


@tagged("post_install", "-at_install")
class TestSchema7050(SchemaMixin, AdapterCase):
    """The first schema with capacities as numbers."""

    schema, version = "7050", "2.9.1"


@tagged("post_install", "-at_install")
class TestSchema7069(SchemaMixin, AdapterCase):
    """OCS 2.11.1, the last schema with the old table of batteries."""

    schema = "7069"


@tagged("post_install", "-at_install")
class TestSchema7081(SchemaMixin, AdapterCase):
    """OCS 2.12.4, the newest schema tested."""

    has_batteries = True
