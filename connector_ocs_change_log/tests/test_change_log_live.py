# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.live import ROWS

from .change_log import OLD_TABLE, ChangeLogCase


@tagged("post_install", "-at_install")
class TestTriggers(ChangeLogCase):
    """Each change of an imported column is logged, and no other."""

    def setUp(self):
        super().setUp()
        self.install()

    def test_insert(self):
        self.inventory(7)
        self.assertEqual(self.logged(), [(7, table, "INSERT") for table in ROWS])

    def test_delete(self):
        self.inventory(7)
        self.empty_log()
        for table in ROWS:
            self.sql(f"DELETE FROM {table}")
        self.assertEqual(self.logged(), [(7, table, "DELETE") for table in ROWS])

    def test_update_of_each_column(self):
        self.inventory(7)
        for table, columns, _key in self.sections:
            for column in columns:
                with self.subTest(table=table, column=column):
                    self.empty_log()
                    value = "2026-02-03 04:05:06" if column == "LASTDATE" else "9"
                    self.sql(f"UPDATE {table} SET {column} = %s", value)
                    expected = [(7, table, "UPDATE")] if column != "LASTDATE" else []
                    self.assertEqual(self.logged(), expected)

    def test_other_columns_are_not_logged(self):
        self.inventory(7)
        self.empty_log()
        self.sql(
            "UPDATE hardware SET FIDELITY = 9, LASTCOME = NOW(), CHECKSUM = 1,"
            " QUALITY = 2, USERAGENT = 'agent', LASTDATE = NOW()"
        )
        self.sql("UPDATE memories SET PURPOSE = 'System Memory'")
        self.sql("UPDATE networks SET STATUS = 'Up', SPEED = '', IPMASK = '255.0.0.0'")
        self.sql("UPDATE drives SET FREE = 1, NUMFILES = 2")
        self.sql("UPDATE batteries SET CYCLES = 9, STATUS = 'charging'")
        self.assertEqual(self.logged(), [])

    def test_same_value_is_not_logged(self):
        self.inventory(7, hardware={"WORKGROUP": None})
        self.empty_log()
        self.sql("UPDATE hardware SET NAME = NAME, WORKGROUP = NULL, ID = ID")
        self.assertEqual(self.logged(), [])

    def test_differences_ignored_by_the_collation(self):
        for before, after in (
            ("pc", "PC"),
            ("Zoe", "Zoé"),
            ("PC", "PC "),
            (None, ""),
            ("", None),
        ):
            with self.subTest(before=before, after=after):
                self.sql("DELETE FROM hardware")
                self.insert_computer(7, NAME=before)
                self.empty_log()
                self.sql("UPDATE hardware SET NAME = %s", after)
                self.assertEqual(self.logged(), [(7, "hardware", "UPDATE")])

    def test_row_moves_to_another_computer(self):
        self.inventory(7)
        self.empty_log()
        self.sql("UPDATE accountinfo SET HARDWARE_ID = 8 WHERE HARDWARE_ID = 7")
        moved = [(8, "accountinfo", "UPDATE"), (7, "accountinfo", "UPDATE")]
        self.assertEqual(self.logged(), moved)

    def test_rows_are_compact_and_pending(self):
        self.inventory(7)
        rows = self.sql(
            "SELECT * FROM hardware_updates WHERE old_data IS NOT NULL"
            " OR new_data IS NOT NULL OR processed <> 0 OR processed_at IS NOT NULL"
            " OR changed_at NOT BETWEEN NOW() - INTERVAL 1 MINUTE AND NOW()"
        )
        self.assertEqual(rows, ())

    def test_pending_row_does_not_hide_later_changes(self):
        self.inventory(7)
        self.empty_log()
        for capacity in (1, 2, 3):
            self.sql("UPDATE memories SET CAPACITY = %s", capacity)
        self.assertEqual(self.logged(), [(7, "memories", "UPDATE")] * 3)

    def test_part_of_the_transaction_of_ocs(self):
        ocs = self.connect(autocommit=False)
        with ocs.cursor() as cursor:
            cursor.execute("INSERT INTO memories (HARDWARE_ID) VALUES (7)")
        self.assertEqual(self.logged(), [])
        ocs.rollback()
        self.assertEqual(self.logged(), [])

    def test_deletion_by_the_console(self):
        """It deletes from every table with a HARDWARE_ID, then from hardware.

        The order of these tables is arbitrary. Here the log is the last of them, so
        that the rows of all deletions before are deleted as well.
        """
        self.inventory(7)
        self.inventory(8)
        tables = self.sql(
            "SELECT TABLE_NAME AS name FROM information_schema.COLUMNS"
            " WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME = 'HARDWARE_ID'"
        )
        self.assertIn("hardware_updates", [row["name"] for row in tables])
        for row in sorted(tables, key=lambda row: row["name"] == "hardware_updates"):
            self.sql(f"DELETE FROM {row['name']} WHERE HARDWARE_ID = 7")
        self.sql("DELETE FROM hardware WHERE ID = 7")
        others = [(8, table, "INSERT") for table in ROWS]
        self.assertEqual(self.logged(), [*others, (7, "hardware", "DELETE")])

    def test_deletion_by_the_console_locks_one_computer(self):
        self.inventory(7)
        others = ", ".join(f"({each}, 'bios', 'INSERT')" for each in range(101, 601))
        self.sql(
            "INSERT INTO hardware_updates (hardware_id, table_name, operation_type)"
            f" VALUES {others}"
        )
        console = self.connect(autocommit=False)
        with console.cursor() as cursor:
            cursor.execute("DELETE FROM hardware_updates WHERE HARDWARE_ID = 7")
        ocs = self.connect()
        with ocs.cursor() as cursor:
            cursor.execute("INSERT INTO memories (HARDWARE_ID) VALUES (200)")
        self.assertIn((200, "memories", "INSERT"), self.logged())
        console.rollback()


@tagged("post_install", "-at_install")
class TestOldSchema(ChangeLogCase):
    """OCS 2.7: other columns, the same log."""

    schema, version = "7028", "2.7"

    def test_changes_are_logged(self):
        self.install()
        self.inventory(7)
        self.sql("UPDATE memories SET CAPACITY = '8 GB'")
        self.assertEqual(len(self.logged()), len(self.sections) + 1)
        self.assertEqual(self.check()[0], "healthy")


@tagged("post_install", "-at_install")
class TestTakeover(ChangeLogCase):
    """An installation by another script is taken over with its rows."""

    def setUp(self):
        super().setUp()
        self.sql(OLD_TABLE)
        self.sql(
            "INSERT INTO hardware_updates (hardware_id, table_name, operation_type,"
            " old_data, processed) VALUES (3, 'bios', 'UPDATE', '{\"SSN\": 1}', 1)"
        )
        insert = (
            "INSERT INTO hardware_updates (hardware_id, table_name, operation_type)"
            " VALUES ({}, '{}', '{}')"
        )
        for name, table, event, key in (
            ("after_hardware_insert", "hardware", "INSERT", "ID"),
            ("after_memories_change", "memories", "UPDATE", "NEW.HARDWARE_ID"),
            ("odoo_bios_insert", "bios", "INSERT", "NEW.HARDWARE_ID"),
            ("archive_log", "archive", "INSERT", "NEW.HARDWARE_ID"),
        ):
            key = "0" if key == "ID" else key  # the value of a bare ID in a trigger
            sql = insert.format(key, table, event)
            self.sql(
                f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {sql}"
            )
        self.sql(
            "CREATE TRIGGER not_ours AFTER INSERT ON videos FOR EACH ROW SET @seen = 1"
        )

    def repair(self):
        self.use_root()
        with self.installer() as installer:
            installer.run("repair", self.ocs_account)
            installer.grant(self.reader)
        self.use_account(self.reader)

    def use_root(self):
        self.backend.write({"user": self.administrator, "password": self.root_password})

    def test_check_before_the_takeover(self):
        self.assertEqual(self.check()[0], "absent")  # it does not see the triggers
        self.use_account(self.ocs_account)
        self.addCleanup(self.use_account, self.reader)
        state, text = self.check()
        self.assertEqual(state, "broken")
        self.assertIn("these triggers do not exist", text)
        self.assertIn("these triggers are outdated", text)
        for name in ("after_hardware_insert", "archive_log"):
            self.assertIn(f"The trigger {name} on the table", text)
        self.assertNotIn("not_ours", text)

    def test_repair(self):
        self.repair()
        self.assertEqual(self.trigger_names(), self.expected_names() | {"not_ours"})
        self.assertEqual(self.check()[0], "healthy")
        kept = self.sql("SELECT hardware_id, old_data, processed FROM hardware_updates")
        expected = {"hardware_id": 3, "old_data": '{"SSN": 1}', "processed": 1}
        self.assertEqual(kept, [expected])

    def test_one_row_for_each_change(self):
        self.inventory(7)
        self.assertIn((0, "hardware", "INSERT"), self.logged())
        self.repair()
        self.empty_log()
        self.inventory(8)
        self.assertEqual(self.logged(), [(8, table, "INSERT") for table in ROWS])

    def test_unsuitable_table_is_converted(self):
        self._drop_change_log()
        self.sql(
            "CREATE TABLE hardware_updates (id INT AUTO_INCREMENT PRIMARY KEY,"
            " hardware_id TINYINT, table_name ENUM('hardware'), old_data TEXT NOT NULL)"
            " ENGINE=MyISAM"
        )
        self.sql("INSERT INTO hardware_updates VALUES (4, 5, 'hardware', 'x')")
        self.repair()
        self.assertEqual(self.check()[0], "healthy")
        row = self.sql("SELECT * FROM hardware_updates")[0]
        self.assertEqual((row["id"], row["hardware_id"], row["old_data"]), (4, 5, "x"))
        self.inventory(1234)
        self.assertIn((1234, "networks", "INSERT"), self.logged())
