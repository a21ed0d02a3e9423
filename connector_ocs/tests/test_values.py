# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from unittest import mock

from odoo.tests import BaseCase, tagged

from ..lib import fingerprints, schema
from ..lib.eligibility import exclusion
from ..lib.fingerprints import changed_sections, row_digest, section_digest
from ..lib.sections import Section, ids_condition
from ..lib.values import clean_text, local_to_utc, positive_int, processor_number
from .common import ocs_computer


@tagged("post_install", "-at_install")
class TestValues(BaseCase):
    """Conversion of OCS values for Odoo."""

    def test_clean_text(self):
        table = (
            (None, ""),
            ("", ""),
            ("PC-1", "PC-1"),
            ("  PC-1 \t\n", "PC-1"),
            ("PC\x00-1\x00", "PC-1"),
            (" \x00 ", ""),
            ("\x00 PC-1", "PC-1"),
            ("PC  1", "PC  1"),
            ("Комп'ютер", "Комп'ютер"),
            ("<b>\"PC\"</b> & 'x' \\ 100%", "<b>\"PC\"</b> & 'x' \\ 100%"),
            (8192, "8192"),
            (0, "0"),
        )
        for value, expected in table:
            with self.subTest(value=value):
                self.assertEqual(clean_text(value), expected)

    def test_positive_int(self):
        table = (
            (2400, 2400),
            ("2400", 2400),
            (" 2400 ", 2400),
            (0, 0),
            (-1, 0),
            ("-1", 0),
            ("", 0),
            (None, 0),
            ("2.4 GHz", 0),
            ("unknown", 0),
            ([], 0),
            (2147483646, 2147483646),
            (2147483647, 0),
            ("4294967295", 0),
        )
        for value, expected in table:
            with self.subTest(value=value):
                self.assertEqual(positive_int(value), expected)

    def test_processor_number(self):
        table = ((4, 4), ("8", 8), (8192, 8192), (65535, 0), (2147483647, 0), (-1, 0))
        for value, expected in table:
            with self.subTest(value=value):
                self.assertEqual(processor_number(value), expected)


@tagged("post_install", "-at_install")
class TestDates(BaseCase):
    """Conversion of local times of the OCS server to UTC."""

    def test_local_to_utc(self):
        winter, summer = datetime(2024, 1, 15, 10), datetime(2024, 7, 15, 10)
        table = (
            (winter, "UTC", winter),
            (winter, "Europe/Paris", datetime(2024, 1, 15, 9)),
            (summer, "Europe/Paris", datetime(2024, 7, 15, 8)),
            (winter, "America/New_York", datetime(2024, 1, 15, 15)),
            (summer, "America/New_York", datetime(2024, 7, 15, 14)),
            (winter, "Asia/Kolkata", datetime(2024, 1, 15, 4, 30)),
            (
                datetime(2024, 1, 1, 0, 30),
                "Europe/Paris",
                datetime(2023, 12, 31, 23, 30),
            ),
        )
        for value, timezone, expected in table:
            with self.subTest(value=value, timezone=timezone):
                self.assertEqual(local_to_utc(value, timezone), expected)

    def test_daylight_saving_time(self):
        table = (
            # 2024-03-31: 2:00 becomes 3:00; 2:30 does not exist
            (datetime(2024, 3, 31, 1, 59), datetime(2024, 3, 31, 0, 59)),
            (datetime(2024, 3, 31, 2, 30), datetime(2024, 3, 31, 1, 30)),
            (datetime(2024, 3, 31, 3, 0), datetime(2024, 3, 31, 1, 0)),
            # 2024-10-27: 3:00 becomes 2:00; 2:30 occurs twice: the first one is used
            (datetime(2024, 10, 27, 1, 59), datetime(2024, 10, 26, 23, 59)),
            (datetime(2024, 10, 27, 2, 30), datetime(2024, 10, 27, 0, 30)),
            (datetime(2024, 10, 27, 3, 0), datetime(2024, 10, 27, 2, 0)),
        )
        for value, expected in table:
            with self.subTest(value=value):
                self.assertEqual(local_to_utc(value, "Europe/Paris"), expected)

    def test_inventories_of_the_repeated_hour(self):
        """Inventories in their order: none is earlier than the one before it."""
        table = (
            ("Europe/Paris", (10, 27), ("01:50", "02:50", "02:10", "02:20", "03:00")),
            ("Europe/Dublin", (10, 27), ("00:50", "01:50", "01:10", "02:00")),
            ("America/New_York", (11, 3), ("00:50", "01:50", "01:10", "02:00")),
            # half an hour
            ("Australia/Lord_Howe", (4, 7), ("01:29", "01:50", "01:40", "02:00")),
        )
        for timezone, day, times in table:
            known, found = None, []
            for text in times:
                local = datetime(2024, *day, *map(int, text.split(":")))
                known = local_to_utc(local, timezone, known)
                found.append(known)
                with self.subTest(timezone=timezone, unchanged=text):
                    self.assertEqual(local_to_utc(local, timezone, known), known)
            with self.subTest(timezone=timezone):
                self.assertEqual(found, sorted(set(found)))
                self.assertEqual(found[-1], local_to_utc(local, timezone))

    def test_clock_that_was_set_back(self):
        for day in (26, 27):
            value, known = datetime(2024, 10, day, 2, 30), datetime(2024, 12, 1)
            found = local_to_utc(value, "Europe/Paris", known)
            self.assertEqual(found, datetime(2024, 10, day, 0, 30))

    def test_result_is_naive_without_microseconds(self):
        found = local_to_utc(datetime(2024, 1, 15, 10, 0, 0, 123456), "Europe/Paris")
        self.assertEqual(found, datetime(2024, 1, 15, 9))
        self.assertIsNone(found.tzinfo)

    def test_invalid_dates(self):
        table = (
            (None, "UTC"),
            ("", "UTC"),
            ("0000-00-00 00:00:00", "Europe/Paris"),
            ("0000-00-00", "UTC"),
            ("2024-00-15 10:00:00", "UTC"),
            (datetime(1, 1, 1), "Europe/Paris"),
            (datetime(9999, 12, 31, 23, 59, 59), "America/New_York"),
        )
        for value, timezone in table:
            with self.subTest(value=value, timezone=timezone):
                self.assertIsNone(local_to_utc(value, timezone))


@tagged("post_install", "-at_install")
class TestDigest(BaseCase):
    """A digest changes with the rows of a section, and only then."""

    def test_format(self):
        self.assertRegex(row_digest(("PC", 8192, None)), "^[0-9a-f]{32}$")
        self.assertRegex(section_digest([row_digest(("PC",))]), "^[0-9a-f]{32}$")
        self.assertEqual(section_digest([]), "")

    def test_different_rows_have_different_digests(self):
        rows = (
            ("a", "b"),
            ("b", "a"),
            ("a,b", ""),
            ("", "a,b"),
            ("a", ""),
            ("", "a"),
            ("a", None),
            (None, "a"),
            (None, None),
            ("", ""),
            ("-", "-"),
            ("a ", "b"),
            ("A", "b"),
            ("á", "b"),
            ("a", "b", ""),
            ("ab",),
            ("a",),
        )
        self.assertEqual(len({row_digest(row) for row in rows}), len(rows))

    def test_digest_depends_on_the_mapping_version(self):
        before = row_digest(("PC",))
        with mock.patch.object(fingerprints, "MAPPING_VERSION", 999):
            self.assertNotEqual(row_digest(("PC",)), before)

    def test_equal_rows_are_counted(self):
        module = row_digest((8192,))
        digests = {section_digest([module] * count) for count in range(5)}
        self.assertEqual(len(digests), 5)

    def test_changed_sections(self):
        found = {"hardware": "1", "bios": "2", "memories": ""}
        table = (
            (None, ["hardware", "bios", "memories"]),
            ({}, ["hardware", "bios", "memories"]),
            ({"hardware": "1", "bios": "2", "memories": ""}, []),
            ({"hardware": "1", "bios": "3", "memories": ""}, ["bios"]),
            ({"hardware": "1", "bios": "2"}, ["memories"]),
            ({"hardware": "1", "bios": "2", "memories": "", "videos": "4"}, []),
        )
        for known, expected in table:
            with self.subTest(known=known):
                self.assertEqual(changed_sections(known, found), expected)

    def test_date_of_inventory_is_not_compared(self):
        section = Section("hardware", ("NAME", "LASTDATE"), key="ID")
        self.assertEqual(section.compared_columns, ("NAME",))
        self.assertNotIn("LASTDATE", section.row_digest)

    def test_range_or_list(self):
        table = (
            ([7], "ID BETWEEN %s AND %s", (7, 7)),
            ([1, 2, 5], "ID BETWEEN %s AND %s", (1, 5)),
            ([1, 2, 900], "ID IN %s", ([1, 2, 900],)),
        )
        for ids, condition, parameters in table:
            with self.subTest(ids=ids):
                self.assertEqual(ids_condition("ID", ids), (condition, parameters))


@tagged("post_install", "-at_install")
class TestEligibility(BaseCase):
    """Groups and archived computers do not become assets."""

    def test_exclusion(self):
        table = (
            ({"NAME": ""}, None),
            ({"DEVICEID": "_SYSTEMGROUP_"}, "group"),
            ({"DEVICEID": "_DOWNLOADGROUP_"}, "group"),
            ({"DEVICEID": "_SYSTEMGROUP_", "ARCHIVE": 1}, "group"),
            ({"DEVICEID": "PC_SYSTEMGROUP_"}, None),
            ({"DEVICEID": "MANUEL"}, None),
            ({"DEVICEID": ""}, None),
            ({"ARCHIVE": 1}, "archived"),
            ({"ARCHIVE": 0}, None),
            ({"ARCHIVE": ""}, None),
            ({"ARCHIVE": None}, None),
        )
        for hardware, expected in table:
            with self.subTest(hardware=hardware):
                self.assertEqual(exclusion(ocs_computer(hardware=hardware)), expected)

    def test_schema_without_archive_column(self):
        computer = ocs_computer()
        del computer["hardware"]["ARCHIVE"]
        self.assertIsNone(exclusion(computer))


@tagged("post_install", "-at_install")
class TestSchema(BaseCase):
    """Adapters and releases by schema number."""

    def test_generation(self):
        table = (
            (7000, "2.7"),
            (7028, "2.7"),
            (7036, "2.7"),
            (7037, "2.8"),
            (7049, "2.8"),
            (7050, "2.9.1"),
            (7069, "2.9.1"),
            (7999, "2.9.1"),
        )
        for number, expected in table:
            with self.subTest(number=number):
                self.assertEqual(schema.generation(number), expected)

    def test_release(self):
        table = (
            (0, ""),
            (7008, ""),
            (7009, "2.2"),
            (7010, "2.3"),
            (7011, "2.4"),
            (7015, "2.5"),
            (7021, "2.5"),
            (7022, "2.6"),
            (7028, "2.7"),
            (7036, "2.7"),
            (7037, "2.8"),
            (7038, "2.8"),
            (7039, "2.8.1"),
            (7045, "2.9"),
            (7050, "2.9"),
            (7051, "2.9.1"),
            (7057, "2.9.2"),
            (7063, "2.10"),
            (7067, "2.10"),
            (7068, "2.11.0"),
            (7069, "2.11.1"),
            (7073, "2.11.1"),
            (7074, "2.12.0"),
            (7081, "2.12.4"),
            (7999, "2.12.4"),
        )
        for number, expected in table:
            with self.subTest(number=number):
                self.assertEqual(schema.release(number), expected)
