# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..components.computer_adapter import OcsComputerAdapter
from ..lib.values import REPLACEMENT
from .test_bad_input import BadInputCase

#: A lone surrogate in UTF-8, which MariaDB stores although it is no character.
SURROGATE = b"\xed\xa0\x80"
#: What turns the direction of the text after it, so that it reads backwards.
OVERRIDE = "\u202e"


class HostileDataCase(BadInputCase):
    """Test case with a computer that holds hostile data between two others."""

    def setUp(self):
        super().setUp()
        self.backend.write({"removal_policy": "keep", "approval_percent": 0})
        for number in (1, 2, 3):
            self.insert_computer(number, f"PC-{number}")

    def spoil(self, table, column, content):
        """Write bytes to a column of the second computer, in every row of a table."""
        key = "ID" if table == "hardware" else "HARDWARE_ID"
        self.sql(f"UPDATE {table} SET {column} = %s WHERE {key} = 2", content)

    def text_columns(self):
        """Return the pairs of table and column that hold text and are imported."""
        with self.backend.work_on("ocs.computer.binding") as work:
            adapter = work.component(usage="backend.adapter")
            sections = adapter._imported_sections()
        texts = self.sql(
            "SELECT TABLE_NAME AS name, COLUMN_NAME AS col, CHARACTER_MAXIMUM_LENGTH"
            " AS length FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()"
            " AND CHARACTER_MAXIMUM_LENGTH > 8"
        )
        there = {(row["name"].lower(), row["col"]): row["length"] for row in texts}
        return [
            (each.ocs_table, column)
            for each in sections
            for column in each.columns
            if (each.ocs_table, column) in there
        ]

    def fill(self):
        """Give the second computer a row in every section."""
        tables = {table for table, _column in self.text_columns()} - {"hardware"}
        for table in tables:
            self.insert(table, HARDWARE_ID=2)
        return tables

    def assert_all_imported(self):
        bindings = [self.imported(number) for number in (1, 2, 3)]
        for binding in (bindings[0], bindings[2]):
            self.assertFalse(binding.warnings)
        return bindings[1]


@tagged("post_install", "-at_install")
class TestHostileText(HostileDataCase):
    """What OCS holds stops nothing but its computer, and even that is imported."""

    def test_surrogate_in_every_column(self):
        tables = self.fill()
        self.assertGreater(len(tables), 6)
        columns = self.text_columns()
        self.assertGreater(len(columns), 40)
        for table, column in columns:
            self.spoil(table, column, b"x" + SURROGATE)
        (row,) = self.sql("SELECT HEX(NAME) AS name FROM hardware WHERE ID = 2")
        self.assertEqual(row["name"], "78EDA080")  # the server has stored it
        self.import_all()
        binding = self.assert_all_imported()
        self.assertEqual(binding.name, "x" + REPLACEMENT * 3)
        self.assertIn(REPLACEMENT, binding.warnings)
        for table in ("hardware", *tables):
            with self.subTest(table=table):
                self.assertIn(table, binding.warnings)

    def test_in_chunks(self):
        self.backend.write({"chunk_threshold": 1, "chunk_size": 3})
        self.insert("bios", HARDWARE_ID=2)
        self.spoil("bios", "SMODEL", SURROGATE)
        self.import_all()
        binding = self.assert_all_imported()
        self.assertEqual(binding.model, REPLACEMENT * 3)

    def test_nothing_else_is_told(self):
        self.import_all()
        self.assertFalse(self.assert_all_imported().warnings)

    def test_direction_and_control_characters(self):
        self.insert("bios", HARDWARE_ID=2, SSN=f"5CG{OVERRIDE}1234\x1b[0mXYZ")
        self.sql(f"UPDATE hardware SET NAME = 'PC-{OVERRIDE}2\x07' WHERE ID = 2")
        self.import_all()
        binding = self.assert_all_imported()
        self.assertEqual(binding.name, "PC-2")
        self.assertEqual(binding.serial_no, "5CG1234[0mXYZ")


@tagged("post_install", "-at_install")
class TestUnreadableComputer(HostileDataCase):
    """A computer that cannot even be read stops none of a chunk."""

    def setUp(self):
        super().setUp()
        read = OcsComputerAdapter._read_computers

        def read_computers(adapter, ids):
            if 2 in ids:
                raise ValueError("spoiled")
            return read(adapter, ids)

        self.patch(OcsComputerAdapter, "_read_computers", read_computers)

    def test_chunk(self):
        """Each of the computers gets a job of its own."""
        bindings = self.env["ocs.computer.binding"]
        with trap_jobs() as trap:
            bindings.import_chunk(self.backend, [1, 2, 3])
            trap.assert_jobs_count(3, only=bindings.import_record)
        for number in (1, 3):
            bindings.import_record(self.backend, number)
            self.imported(number)
        with self.assertRaisesRegex(ValueError, "spoiled"):
            bindings.import_record(self.backend, 2)
