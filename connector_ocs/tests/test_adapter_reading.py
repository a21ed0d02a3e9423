# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re
from collections import Counter
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from odoo.tests import tagged

from ..lib.fingerprints import changed_sections
from .test_adapter import COLUMNS, AdapterCase


@tagged("post_install", "-at_install")
class TestReading(AdapterCase):
    """Computers are read in batches, completely and from one snapshot."""

    ids = (2, 3, 7, 8, 15, 16, 17, 40, 1000000)

    def _insert_ids(self):
        for external_id in self.ids:
            self.insert_whole_computer(external_id)
            # a row of another computer in between
            self.insert("videos", HARDWARE_ID=external_id + 1, NAME="Lost")

    def _batches(self, read, key=lambda computer: computer):
        after, batches = 0, []
        for _attempt in self.ids:  # enough even if each batch has one
            batch = [key(each) for each in read(after, 4)]
            if not batch:
                break
            batches.append(batch)
            after = batch[-1]
        return batches

    def test_batches_are_complete_and_do_not_overlap(self):
        self._insert_ids()
        expected = [list(self.ids[:4]), list(self.ids[4:8]), list(self.ids[8:])]
        with self.adapter() as adapter:
            self.assertEqual(self._batches(adapter.search), expected)
            read = self._batches(
                lambda *batch: adapter.read_many(adapter.search(*batch))
            )
            self.assertEqual(read, expected)
            scanned = self._batches(adapter.scan, lambda row: row.external_id)
            self.assertEqual(scanned, expected)

    def test_reading_many_equals_reading_one_by_one(self):
        self._insert_ids()
        for ids in (self.ids, self.ids[1:6], (2, 8, 15, 1000000), (7,)):
            with self.subTest(ids=ids), self.adapter() as adapter:
                many = adapter.read_many(list(ids))
                self.assertEqual(many, {each: adapter.read(each) for each in ids})

    def test_removed_computers_are_not_read(self):
        self._insert_ids()
        with self.adapter() as adapter:
            self.assertEqual(list(adapter.read_many([1, 2, 3, 4, 5])), [2, 3])

    def test_find_large(self):
        """Computers with more rows than fit in a chunk are found."""
        self._insert_ids()
        for number in range(30):
            self.insert("networks", HARDWARE_ID=8, DESCRIPTION=f"Virtual {number}")
        with self.adapter() as adapter:
            self.assertEqual(adapter.find_large(list(self.ids), 25), {8})
            self.assertEqual(adapter.find_large([7, 15], 25), set())
            self.assertEqual(adapter.find_large([], 25), set())

    def test_empty_batch(self):
        with self.adapter() as adapter:
            self.assertEqual(adapter.read_many([]), {})
            self.assertEqual(adapter.scan(), [])

    def _tables_read(self, computers):
        """Count how often each table is read for a number of computers."""
        for external_id in range(1, computers + 1):
            self.insert_whole_computer(external_id)
        with self.adapter() as adapter:
            session = adapter.work.ocs_client
            with mock.patch.object(session, "query", wraps=session.query) as spy:
                self.assertEqual(
                    len(adapter.read_many(adapter.search(0, 99))), computers
                )
        self._empty()
        statements = " ".join(call.args[0] for call in spy.call_args_list)
        return Counter(re.findall(r"FROM (\w+)", statements))

    def test_one_query_for_each_section(self):
        expected = dict.fromkeys((*COLUMNS, "accountinfo"), 1)
        expected["hardware"] = 2  # the IDs and the rows
        for computers in (1, 30):
            with self.subTest(computers=computers):
                self.assertEqual(self._tables_read(computers), expected)

    @contextmanager
    def _concurrent_writes(self, session, table, *statements):
        """Run statements in another session right after a table is read."""

        def query(sql, *parameters):
            rows = session_query(sql, *parameters)
            if f"FROM {table}" in sql:
                for statement in statements:
                    self.sql(statement)
            return rows

        session_query = session.query
        with mock.patch.object(session, "query", query):
            yield

    def test_computer_is_read_from_one_snapshot(self):
        self.insert_whole_computer(1)
        with (
            self.adapter() as adapter,
            self._concurrent_writes(
                adapter.work.ocs_client,
                "hardware",
                "UPDATE videos SET NAME = 'Another'",
                "INSERT INTO videos (HARDWARE_ID, NAME) VALUES (1, 'Another')",
            ),
        ):
            computer = adapter.read(1)
        names = [row["NAME"] for row in computer["videos"]]
        self.assertEqual(names, ["Card 1", "Card 2"])

    def test_batch_is_read_from_one_snapshot(self):
        """Computers change while the sections of a batch are read."""
        self._insert_ids()
        with self.adapter() as adapter:
            before = adapter.read_many(list(self.ids))
        for table in ("hardware", "bios", "memories"):
            with (
                self.subTest(table),
                self.adapter() as adapter,
                self._concurrent_writes(
                    adapter.work.ocs_client,
                    table,
                    "UPDATE hardware SET NAME = CONCAT(NAME, 'x')",
                    "UPDATE bios SET SSN = CONCAT(SSN, 'x')",
                    "UPDATE memories SET CAPACITY = CAPACITY + 1",
                    "DELETE FROM videos LIMIT 1",
                    "DELETE FROM monitors LIMIT 1",
                    "INSERT INTO drives (HARDWARE_ID, LETTER) VALUES (2, 'Z:')",
                ),
            ):
                batch = adapter.read_many(list(self.ids))
            self.assertEqual(batch, before)
            with self.adapter() as adapter:
                before = adapter.read_many(list(self.ids))
            self.assertNotEqual(batch, before)

    def test_rows_are_sorted_by_id(self):
        # MyISAM returns rows in the order of their insertion unless they are sorted
        self.sql("ALTER TABLE videos ENGINE = MyISAM")
        self.addCleanup(self.sql, "ALTER TABLE videos ENGINE = InnoDB")
        self.insert_computer(7)
        for row_id, name in ((30, "Third"), (10, "First"), (20, "Second")):
            self.insert("videos", ID=row_id, HARDWARE_ID=7, NAME=name)
        names = [row["NAME"] for row in self.read_computer(7)["videos"]]
        self.assertEqual(names, ["First", "Second", "Third"])

    def test_scanned_row(self):
        self.insert_computer(7)
        self.insert_computer(8, DEVICEID="_SYSTEMGROUP_")
        self.insert_computer(9, ARCHIVE=1)
        with self.adapter() as adapter:
            first, group, archived = adapter.scan()
            self.assertEqual(first.name, "PC")
            self.assertIsNone(first.exclusion)
            self.assertEqual(first.last_date, datetime(2026, 1, 15, 10))
            self.assertEqual(first.digests, adapter.read(7)["digests"])
            self.assertEqual(group.exclusion, "group")
            self.assertEqual(archived.exclusion, "archived")

    def _digests(self):
        with self.adapter() as adapter:
            (row,) = adapter.scan()
            self.assertEqual(row.digests, adapter.read(7)["digests"])
            return row.digests

    def test_null_and_empty_differ(self):
        self.insert_whole_computer(7, OSCOMMENTS=None)
        before = self._digests()
        self.sql("UPDATE hardware SET OSCOMMENTS = ''")
        self.assertEqual(changed_sections(before, self._digests()), ["hardware"])

    def test_inventory_without_change_keeps_the_digests(self):
        """The OCS server replaces all rows: they have new IDs and dates."""
        self.insert_whole_computer(7)
        before = self._digests()
        self.sql("UPDATE hardware SET LASTDATE = NOW(), LASTCOME = NOW(), CHECKSUM = 1")
        for table in COLUMNS.keys() - {"bios"}:
            self.sql(f"UPDATE {table} SET ID = ID + 1000")
        self.assertEqual(self._digests(), before)

    def test_volatile_columns_are_not_compared(self):
        self.insert_whole_computer(7)
        before = self._digests()
        self.sql("UPDATE drives SET FREE = 5, NUMFILES = 6")
        self.sql("UPDATE networks SET SPEED = '10 Mb/s', STATUS = 'Down'")
        self.sql("UPDATE videos SET RESOLUTION = '800 x 600'")
        self.sql("UPDATE cpus SET SPEED = '800'")
        self.sql("UPDATE batteries SET CYCLES = 9, DESIGNCAPACITY = '12.5 V'")
        self.assertEqual(self._digests(), before)
        (volume, _other) = self.read_computer(7)["drives"]
        self.assertEqual(volume["FREE"], 5)

    def test_every_change_is_detected(self):
        self.insert_whole_computer(7)
        before = self._digests()
        for statement, table in (
            ("UPDATE hardware SET IPADDR = '192.0.2.11'", "hardware"),
            ("UPDATE hardware SET NAME = 'pc-7'", "hardware"),
            ("UPDATE bios SET SSN = 'SER8'", "bios"),
            ("UPDATE bios SET SSN = 'SER8 '", "bios"),
            ("UPDATE accountinfo SET TAG = 'Lyon'", "accountinfo"),
            ("UPDATE accountinfo SET TAG = 'Lyón'", "accountinfo"),
            ("UPDATE memories SET CAPACITY = 4096 LIMIT 1", "memories"),
            ("DELETE FROM memories WHERE CAPACITY = 8192", "memories"),
            ("UPDATE videos SET NAME = 'Card 3' LIMIT 1", "videos"),
            ("UPDATE videos SET ID = 1000 - ID", "videos"),
            ("UPDATE monitors SET SERIAL = 'CN0ABC' LIMIT 1", "monitors"),
            ("DELETE FROM monitors LIMIT 1", "monitors"),
            ("UPDATE networks SET MACADDR = '00:1B:21:AA:BB:09' LIMIT 1", "networks"),
            ("UPDATE networks SET IPADDRESS = 'fe80::1' LIMIT 1", "networks"),
            ("UPDATE memories SET SERIALNUMBER = '1A2B' LIMIT 1", "memories"),
            ("UPDATE cpus SET CORES = 8 LIMIT 1", "cpus"),
            ("UPDATE storages SET FIRMWARE = '2' LIMIT 1", "storages"),
            ("DELETE FROM storages LIMIT 1", "storages"),
            ("UPDATE drives SET TOTAL = 5 LIMIT 1", "drives"),
            ("UPDATE batteries SET SERIALNUMBER = '4123' LIMIT 1", "batteries"),
            ("UPDATE bios SET MMODEL = '0X1Y2Z'", "bios"),
            ("DELETE FROM bios", "bios"),
            ("UPDATE hardware SET ARCHIVE = 1", "hardware"),
        ):
            self.sql(statement)
            found = self._digests()
            with self.subTest(statement):
                self.assertEqual(changed_sections(before, found), [table])
            before = found

    def test_equal_rows_do_not_cancel_out(self):
        self.insert_computer(7)
        digests = []
        for _module in range(4):
            self.insert("memories", HARDWARE_ID=7, CAPACITY=8192)
            digests.append(self._digests()["memories"])
        self.assertEqual(len(set(digests)), 4)

    def test_digest_covers_thousands_of_rows(self):
        """GROUP_CONCAT would truncate them by default on MySQL."""
        self.insert_computer(7)
        rows = ", ".join(f"({each}, 7, 'MAC-{each}')" for each in range(1, 40001))
        self.sql(f"INSERT INTO networks (ID, HARDWARE_ID, MACADDR) VALUES {rows}")
        before = self._digests()
        for row in (1, 20000, 40000):
            self.sql("UPDATE networks SET MACADDR = 'ANOTHER' WHERE ID = %s", row)
            found = self._digests()
            self.assertEqual(changed_sections(before, found), ["networks"])
            before = found

    def test_section_that_the_server_cannot_digest(self):
        """Its rows are read instead, with the same digests."""
        self.insert_whole_computer(7, OSCOMMENTS=None)
        self.insert_whole_computer(9)
        expected = self._rows()
        for table in ("hardware", "bios", "memories", "videos"):
            self.backend.section_problems = {table: {"digest": "The error."}}
            with self.subTest(table=table):
                self.assertEqual(self._rows(), expected)
                with self.adapter() as adapter:
                    self.assertEqual(adapter.read(9)["digests"], expected[1].digests)

    def _rows(self):
        with self.adapter() as adapter:
            return adapter.scan()

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
