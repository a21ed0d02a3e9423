# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re
from collections import Counter
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from odoo.tests import tagged

from odoo.addons.component.core import Component
from odoo.addons.component.tests.common import ComponentRegistryCase
from odoo.addons.connector.exception import IDMissingInBackend

from ..components.computer_adapter import Section
from .live import LiveCase

MAC = "00:1B:21:AA:BB:{:02d}"


class AdapterCase(LiveCase):
    """The adapter that reads the backend's computers."""

    @contextmanager
    def adapter(self, **work_values):
        """The adapter, on a session of its own."""
        model = "ocs.computer.binding"
        with self.backend.work_on(model, **work_values) as work:
            yield work.component(usage="backend.adapter")

    def read(self, external_id):
        """The nested dict of one computer."""
        with self.adapter() as adapter:
            return adapter.read(external_id)

    def insert_whole_computer(self, external_id, **columns):
        """A computer with rows in every section."""
        self.insert_computer(external_id, f"PC-{external_id}", **columns)
        self.insert("bios", HARDWARE_ID=external_id, SSN=f"SER{external_id}")
        self.insert("accountinfo", HARDWARE_ID=external_id, TAG="Paris")
        for number in (1, 2):
            self.insert("memories", HARDWARE_ID=external_id, CAPACITY="8192")
            self.insert("videos", HARDWARE_ID=external_id, NAME=f"Card {number}")
            self.insert("monitors", HARDWARE_ID=external_id, CAPTION=f"S{number}")
            self.insert("networks", HARDWARE_ID=external_id, MACADDR=MAC.format(number))


class GenerationMixin:
    """What holds for every schema of OCS."""

    capacities = (("8192", 8192), ("No", 0), ("", 0), (None, 0), ("-1", -1))
    has_archive = True

    def _adapters(self):
        with self.backend.work_on("ocs.computer.binding") as work:
            return work.many_components(usage="backend.adapter")

    def test_version_is_found(self):
        self.backend.version = False
        action = self.backend.action_test_connection()
        self.assertEqual(self.backend.version, self.version)
        self.assertEqual(self.backend.schema_number, int(self.schema))
        self.assertEqual(action["params"]["type"], "success")
        self.assertIn(f"Schema {self.schema},", action["params"]["message"])

    def test_one_adapter(self):
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
            "DESCRIPTION": "",
            "UUID": "4C4C4544-0042-3510-8052-B4C04F564E31",
            "LASTDATE": datetime(2026, 1, 15, 10),
        }
        if self.has_archive:
            hardware["ARCHIVE"] = ""
        bios = "SMANUFACTURER SMODEL SSN TYPE BMANUFACTURER BVERSION BDATE".split()
        monitor = dict.fromkeys(("MANUFACTURER", "DESCRIPTION", "SERIAL"), "")
        self.assertEqual(
            self.read(7),
            {
                "hardware": hardware,
                "bios": {**dict.fromkeys(bios, ""), "SSN": "SER7"},
                "accountinfo": {"TAG": "Paris"},
                "memories": [{"CAPACITY": 8192}, {"CAPACITY": 8192}],
                "videos": [{"NAME": "Card 1"}, {"NAME": "Card 2"}],
                "monitors": [{**monitor, "CAPTION": each} for each in ("S1", "S2")],
                "networks": [{"MACADDR": MAC.format(each)} for each in (1, 2)],
            },
        )

    def test_bare_computer(self):
        self.insert_computer(7)
        computer = self.read(7)
        self.assertEqual(computer.pop("hardware")["NAME"], "PC")
        self.assertEqual(
            computer,
            {
                "bios": {},
                "accountinfo": {},
                "memories": [],
                "videos": [],
                "monitors": [],
                "networks": [],
            },
        )

    def test_missing_computer(self):
        self.insert_computer(7)
        self.insert("bios", HARDWARE_ID=8, SSN="SER8")
        with self.assertRaises(IDMissingInBackend) as caught:
            self.read(8)
        self.assertIn("id 8", str(caught.exception))

    def test_capacities_are_numbers(self):
        self.insert_computer(7)
        for stored, _expected in self.capacities:
            self.insert("memories", HARDWARE_ID=7, CAPACITY=stored)
        found = [row["CAPACITY"] for row in self.read(7)["memories"]]
        expected = [number for _stored, number in self.capacities]
        self.assertEqual(found, expected)

    def test_import(self):
        self.insert_whole_computer(7)
        self.import_all()
        binding = self.binding(7)
        self.assertEqual(binding.memory_modules, "2x8192MB")
        self.assertEqual(binding.graphics, "Card 1, Card 2")
        self.assertEqual(binding.serial_no, "SER7")


@tagged("post_install", "-at_install")
class TestSchema7028(GenerationMixin, AdapterCase):
    """OCS 2.7: no archive, capacities as text."""

    schema, version = "7028", "2.7"
    has_archive = False
    capacities = (("8192", 8192), ("8 GB", 8192), ("No", 0), ("", 0), ("-1", 0))


@tagged("post_install", "-at_install")
class TestSchema7039(GenerationMixin, AdapterCase):
    """OCS 2.8.1: archive, capacities as text."""

    schema, version = "7039", "2.8"
    capacities = TestSchema7028.capacities


@tagged("post_install", "-at_install")
class TestSchema7049(GenerationMixin, AdapterCase):
    """The last schema with capacities as text."""

    schema, version = "7049", "2.8"
    capacities = TestSchema7028.capacities


@tagged("post_install", "-at_install")
class TestSchema7050(GenerationMixin, AdapterCase):
    """The first schema with capacities as numbers."""

    schema, version = "7050", "2.9.1"


@tagged("post_install", "-at_install")
class TestSchema7069(GenerationMixin, AdapterCase):
    """OCS 2.11.1, the newest schema there is."""


@tagged("post_install", "-at_install")
class TestReading(AdapterCase):
    """Computers are read page by page, whole, and as they were at one moment."""

    ids = (2, 3, 7, 8, 15, 16, 17, 40, 1000000)

    def _insert_ids(self):
        for external_id in self.ids:
            self.insert_whole_computer(external_id)
            # the rows of another one, in between
            self.insert("videos", HARDWARE_ID=external_id + 1, NAME="Lost")

    def _pages(self, read, key=lambda computer: computer):
        after, pages = 0, []
        while page := [key(each) for each in read(after, 4)]:
            pages.append(page)
            after = page[-1]
        return pages

    def test_pages_have_no_holes_and_no_repeats(self):
        self._insert_ids()
        expected = [list(self.ids[:4]), list(self.ids[4:8]), list(self.ids[8:])]
        with self.adapter() as adapter:
            self.assertEqual(self._pages(adapter.search), expected)
            self.assertEqual(self._pages(adapter.read_page), expected)
            sighted = self._pages(adapter.scan, lambda sighting: sighting.external_id)
            self.assertEqual(sighted, expected)

    def test_page_is_what_one_by_one_gives(self):
        self._insert_ids()
        with self.adapter() as adapter:
            page = adapter.read_page(2, 5)
            self.assertEqual(page, {each: adapter.read(each) for each in self.ids[1:6]})

    def test_empty_page(self):
        with self.adapter() as adapter:
            self.assertEqual(adapter.read_page(), {})
            self.assertEqual(adapter.scan(), [])

    def _tables_read(self, computers):
        """How often each table is read for a page."""
        for external_id in range(1, computers + 1):
            self.insert_whole_computer(external_id)
        with self.adapter() as adapter:
            session = adapter.work.ocs_client
            with mock.patch.object(session, "query", wraps=session.query) as spy:
                self.assertEqual(len(adapter.read_page()), computers)
        self._empty()
        statements = " ".join(call.args[0] for call in spy.call_args_list)
        return Counter(re.findall(r"FROM (\w+)", statements))

    def test_one_query_for_each_section(self):
        expected = dict.fromkeys(
            ("bios", "accountinfo", "memories", "videos", "monitors", "networks"), 1
        )
        expected["hardware"] = 2  # the ids and the rows
        for computers in (1, 30):
            with self.subTest(computers=computers):
                self.assertEqual(self._tables_read(computers), expected)

    def test_one_moment(self):
        self.insert_whole_computer(1)
        with self.adapter() as adapter:
            session = adapter.work.ocs_client

            def inventory_meanwhile(sql, *parameters):
                rows = session_query(sql, *parameters)
                if "FROM hardware" in sql:
                    self.sql("UPDATE videos SET NAME = 'Another'")
                    self.insert("videos", HARDWARE_ID=1, NAME="Another")
                return rows

            session_query = session.query
            with mock.patch.object(session, "query", inventory_meanwhile):
                computer = adapter.read(1)
        self.assertEqual(
            computer["videos"], [{"NAME": "Card 1"}, {"NAME": "Card 2"}]
        )

    def test_order_of_rows_is_that_of_ocs(self):
        self.insert_computer(7)
        for row_id, name in ((30, "Third"), (10, "First"), (20, "Second")):
            self.insert("videos", ID=row_id, HARDWARE_ID=7, NAME=name)
        names = [row["NAME"] for row in self.read(7)["videos"]]
        self.assertEqual(names, ["First", "Second", "Third"])

    def test_sighting(self):
        self.insert_computer(7)
        self.insert_computer(8, DEVICEID="_SYSTEMGROUP_")
        self.insert_computer(9, ARCHIVE=1)
        with self.adapter() as adapter:
            first, group, archived = adapter.scan()
            self.assertEqual(first.name, "PC")
            self.assertIsNone(first.exclusion)
            self.assertEqual(first.last_date, datetime(2026, 1, 15, 10))
            self.assertEqual(first.digest, adapter.digest(adapter.read(7)))
            self.assertEqual(group.exclusion, "group")
            self.assertEqual(archived.exclusion, "archived")

    def _digest(self):
        with self.adapter() as adapter:
            (sighting,) = adapter.scan()
            return sighting.digest

    def test_null_and_empty_are_the_same(self):
        self.insert_whole_computer(7, OSCOMMENTS=None, ARCHIVE=None)
        before = self._digest()
        self.sql("UPDATE hardware SET OSCOMMENTS = ''")
        self.sql("UPDATE monitors SET SERIAL = NULL, DESCRIPTION = '  '")
        self.assertEqual(self._digest(), before)

    def test_inventory_without_change(self):
        """As the engine does it: all rows deleted and inserted, new ids and dates."""
        self.insert_whole_computer(7)
        before = self._digest()
        self.sql("UPDATE hardware SET LASTDATE = NOW(), LASTCOME = NOW(), CHECKSUM = 1")
        for table in ("memories", "videos", "monitors", "networks"):
            self.sql(f"UPDATE {table} SET ID = ID + 1000")
        self.assertEqual(self._digest(), before)

    def test_every_change_is_seen(self):
        self.insert_whole_computer(7)
        digests = [self._digest()]
        for statement in (
            "UPDATE hardware SET IPADDR = '192.0.2.11'",
            "UPDATE bios SET SSN = 'SER8'",
            "UPDATE accountinfo SET TAG = 'Lyon'",
            "UPDATE memories SET CAPACITY = 4096 LIMIT 1",
            "DELETE FROM memories WHERE CAPACITY = 8192",
            "UPDATE videos SET NAME = 'Card 3' LIMIT 1",
            "UPDATE monitors SET SERIAL = 'CN0ABC' LIMIT 1",
            "DELETE FROM monitors LIMIT 1",
            "UPDATE networks SET MACADDR = '00:1B:21:AA:BB:09' LIMIT 1",
            "DELETE FROM bios",
            "UPDATE hardware SET ARCHIVE = 1",
        ):
            self.sql(statement)
            digests.append(self._digest())
        self.assertEqual(len(set(digests)), len(digests))

    def test_orphans(self):
        self.insert_whole_computer(1)
        self.insert("bios", HARDWARE_ID=5, SSN="SER5")
        self.insert("videos", HARDWARE_ID=5, NAME="Lost")
        self.insert("videos", HARDWARE_ID=5, NAME="Lost as well")
        self.insert("monitors", HARDWARE_ID=6, CAPTION="Lost")
        with self.adapter() as adapter:
            self.assertEqual(
                adapter.search_orphans(), {5: ["bios", "videos"], 6: ["monitors"]}
            )
            self.assertEqual(list(adapter.search_orphans(limit=1)), [5, 6])


@tagged("post_install", "-at_install")
class TestExtension(AdapterCase, ComponentRegistryCase):
    """Another addon's adapter takes its place among ours."""

    def setUp(self):
        super().setUp()
        self._setup_registry(self)
        self.addCleanup(self._teardown_registry, self)
        self._load_module_components("connector_ocs")

    def test_narrower_match_wins(self):
        class GenericAdapter(Component):
            _name = "generic.adapter"
            _inherit = "ocs.adapter"

        self._build_components(GenericAdapter)
        with self.adapter(components_registry=self.comp_registry) as adapter:
            self.assertEqual(adapter._name, "ocs.computer.adapter.2.9.1")
        with self.backend.work_on(
            "maintenance.request", components_registry=self.comp_registry
        ) as work:
            generic = work.component(usage="backend.adapter")
            self.assertEqual(generic._name, "generic.adapter")

    def test_more_columns(self):
        class AdapterWithDescriptions(Component):
            _inherit = "ocs.computer.adapter.2.9.1"

            @property
            def _sections(self):
                columns = ("DESCRIPTION", "DISKSIZE")
                return (*super()._sections, Section("storages", columns, many=True))

        self._build_components(AdapterWithDescriptions)
        self.insert_whole_computer(7)
        self.addCleanup(self.sql, "DELETE FROM storages")
        self.insert("storages", HARDWARE_ID=7, DISKSIZE=512000)
        with self.adapter(components_registry=self.comp_registry) as adapter:
            adapter.check_columns()
            self.assertEqual(
                adapter.read(7)["storages"], [{"DESCRIPTION": "", "DISKSIZE": 512000}]
            )
