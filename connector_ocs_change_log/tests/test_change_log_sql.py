# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re

from odoo.tests import BaseCase, tagged

from ..lib import change_log, change_log_script
from ..lib import change_log_procedure as procedure
from ..lib import change_log_setup as setup
from ..lib.change_log_setup import COLUMNS, ChangeLogState, Column

SECTIONS = (
    ("hardware", ("NAME", "LASTDATE"), "ID"),
    ("memories", ("CAPACITY",), "HARDWARE_ID"),
)
#: The table as ``setup.repair`` creates it.
TABLE = {
    "id": Column("bigint", "bigint(20)", False, None, True),
    "hardware_id": Column("int", "int(11)", True),
    "table_name": Column("varchar", "varchar(64)", False, 64),
    "operation_type": Column("varchar", "varchar(10)", False, 10),
    "old_data": Column("text", "text", True, 65535),
    "new_data": Column("text", "text", True, 65535),
    "changed_at": Column("timestamp", "timestamp", False),
    "processed": Column("tinyint", "tinyint(4)", False),
    "processed_at": Column("timestamp", "timestamp", True),
}
INDEXES = (("id",), ("processed", "id"), ("hardware_id",))


def complete(**changes):
    """Return what is found of a healthy installation, with changes."""
    found = ChangeLogState(
        columns=TABLE,
        engine="InnoDB",
        indexes=INDEXES,
        unique={"PRIMARY": ("id",)},
    )
    return found._replace(**changes)


@tagged("post_install", "-at_install")
class TestTriggerSql(BaseCase):
    """SQL of the triggers."""

    def setUp(self):
        super().setUp()
        self.triggers = {t.name: t for t in change_log.triggers(SECTIONS)}

    def test_three_triggers_for_each_table(self):
        self.assertEqual(
            list(self.triggers),
            [
                f"odoo_{table}_{event}"
                for table in ("hardware", "memories")
                for event in ("insert", "update", "delete")
            ],
        )

    def test_rows_refer_to_their_computer(self):
        for name, key in (
            ("odoo_hardware_insert", "(NEW.ID, 'hardware', 'INSERT', NOW(), 0)"),
            ("odoo_hardware_update", "(NEW.ID, 'hardware', 'UPDATE', NOW(), 0)"),
            ("odoo_hardware_delete", "(OLD.ID, 'hardware', 'DELETE', NOW(), 0)"),
            ("odoo_memories_insert", "(NEW.HARDWARE_ID, 'memories', 'INSERT',"),
            ("odoo_memories_update", "(NEW.HARDWARE_ID, 'memories', 'UPDATE',"),
            ("odoo_memories_delete", "(OLD.HARDWARE_ID, 'memories', 'DELETE',"),
        ):
            with self.subTest(name):
                self.assertIn(key, self.triggers[name].body)

    def test_every_trigger_swallows_errors(self):
        for name, trigger in self.triggers.items():
            with self.subTest(name):
                handler = "DECLARE CONTINUE HANDLER FOR SQLEXCEPTION BEGIN END;"
                self.assertIn(handler, trigger.body)

    def test_only_updates_of_imported_columns(self):
        body = self.triggers["odoo_hardware_update"].body
        self.assertIn("CAST(OLD.NAME AS BINARY) <=> CAST(NEW.NAME AS BINARY)", body)
        self.assertNotIn("LASTDATE", body)
        for name in ("odoo_hardware_insert", "odoo_hardware_delete"):
            self.assertNotIn("<=>", self.triggers[name].body)

    def test_comparison_of_triggers(self):
        trigger = self.triggers["odoo_memories_insert"]
        spaced = trigger.body.replace("\n", "\r\n ")
        self.assertTrue(trigger.is_like(trigger._replace(body=spaced, definer="a@b")))
        for changes in (
            {"body": trigger.body.replace("NEW", "OLD")},
            {"table": "videos"},
            {"event": "DELETE"},
        ):
            with self.subTest(changes=changes):
                self.assertFalse(trigger.is_like(trigger._replace(**changes)))


@tagged("post_install", "-at_install")
class TestSetupSql(BaseCase):
    """Statements and their order."""

    def positions(self, statements, *starts):
        """Return the position of the first statement that starts with each text."""
        return [
            next(i for i, sql in enumerate(statements) if sql.startswith(start))
            for start in starts
        ]

    def assert_in_order(self, statements, *starts):
        found = self.positions(statements, *starts)
        self.assertEqual(found, sorted(found))

    def test_table_before_triggers(self):
        statements = setup.repair(SECTIONS, "ocs@localhost", ChangeLogState())
        self.assert_in_order(
            statements,
            "SET SESSION lock_wait_timeout",
            "CREATE TABLE",
            "DROP TRIGGER",
            "CREATE DEFINER=`ocs`@`localhost` TRIGGER",
        )

    def test_triggers_before_table(self):
        statements = setup.remove(SECTIONS, ChangeLogState(), drop_table=True)
        self.assert_in_order(
            statements, "SET SESSION lock_wait_timeout", "DROP TRIGGER", "DROP TABLE"
        )
        self.assertTrue(statements[-1].startswith("DROP TABLE"))
        self.assertIn(procedure.DROP, statements)

    def test_removal_keeps_the_table_by_default(self):
        statements = setup.remove(SECTIONS, complete())
        tables = [sql for sql in statements if "TABLE" in sql]
        self.assertEqual(tables, ["DROP TABLE IF EXISTS hardware_updates_owner"])

    def test_no_definer(self):
        sql = "\n".join(setup.repair(SECTIONS, "", ChangeLogState()))
        self.assertNotIn("DEFINER=", sql)
        self.assertIn("CREATE TRIGGER `odoo_hardware_insert`", sql)

    def test_foreign_triggers_are_dropped(self):
        foreign = change_log.Trigger("it`s mine", "hardware", "INSERT", "…")
        found = complete(listing=procedure.Listing(triggers=(foreign,)))
        for statements in (
            setup.repair(SECTIONS, "", found),
            setup.remove(SECTIONS, found),
        ):
            self.assertIn("DROP TRIGGER IF EXISTS `it``s mine`", statements)

    def test_complete_table_is_not_altered(self):
        statements = setup.repair(SECTIONS, "", complete())
        self.assertFalse([sql for sql in statements if "ALTER TABLE" in sql])
        self.assertFalse([sql for sql in statements if "CREATE TABLE" in sql])

    def test_table_is_completed(self):
        without = {name: TABLE[name] for name in TABLE if name != "processed_at"}
        for found, change in (
            (complete(columns=without), "ADD COLUMN processed_at TIMESTAMP NULL"),
            (complete(indexes=INDEXES[:1]), "ADD KEY odoo_processed (processed, id)"),
            (complete(indexes=INDEXES[:2]), "ADD KEY odoo_hardware_id (hardware_id)"),
            (complete(engine="MyISAM"), "ENGINE=InnoDB"),
        ):
            with self.subTest(change):
                sql = "\n".join(setup.repair(SECTIONS, "", found))
                self.assertIn(f"ALTER TABLE hardware_updates\n  {change}", sql)

    def test_suitable_columns(self):
        kinds = "enum('INSERT','UPDATE','DELETE')"
        for name, column, suitable in (
            ("id", Column("int", "int(11)", False, None, True), True),
            ("id", Column("int", "int(11)", False), False),
            ("hardware_id", Column("varchar", "varchar(20)", True, 20), True),
            ("hardware_id", Column("tinyint", "tinyint(4)", True), False),
            ("table_name", Column("varchar", "varchar(5)", False, 5), False),
            ("table_name", Column("enum", kinds, False, 6), False),
            ("operation_type", Column("enum", kinds, False, 6), True),
            ("operation_type", Column("enum", "enum('INSERT')", False, 6), False),
            ("old_data", Column("json", "json", False), False),
            ("changed_at", Column("datetime", "datetime", True), True),
            ("changed_at", Column("varchar", "varchar(20)", True, 20), False),
            ("processed", Column("int", "int(11)", True), True),
            ("processed", Column("varchar", "varchar(1)", True, 1), False),
            ("processed_at", Column("datetime", "datetime", False), False),
        ):
            with self.subTest(name=name, column=column):
                found = setup.unsuitable_columns({**TABLE, name: column})
                self.assertEqual(found, [] if suitable else [name])

    def test_missing_columns_are_unsuitable(self):
        self.assertEqual(setup.unsuitable_columns({}), list(COLUMNS))
        self.assertEqual(setup.unsuitable_columns(TABLE), [])

    def test_longer_index_is_sufficient(self):
        longer = (("processed", "id", "hardware_id"), ("hardware_id", "processed"))
        self.assertEqual(setup.missing_indexes(longer), [])
        self.assertEqual(setup.missing_indexes([("processed",)]), list(setup.INDEXES))

    def test_privileges_for_daily_use(self):
        grants = setup.grants("odoo@10.0.0.1", "ocs_web")
        self.assertEqual(
            grants,
            [
                "GRANT SELECT, UPDATE, DELETE ON `ocs_web`.hardware_updates"
                " TO `odoo`@`10.0.0.1`",
                "GRANT SELECT, INSERT, UPDATE ON `ocs_web`.hardware_updates_owner"
                " TO `odoo`@`10.0.0.1`",
                "GRANT EXECUTE ON PROCEDURE `ocs_web`.hardware_updates_check"
                " TO `odoo`@`10.0.0.1`",
            ],
        )

    def test_procedure_only_reads(self):
        """It is called with the privileges of another account."""
        statement = procedure.create(["odoo_bios_insert"], "ocs@localhost")
        self.assertIn("READS SQL DATA SQL SECURITY DEFINER", statement)
        body = statement.partition("BEGIN")[2].partition("END")[0]
        for part in re.split(r";|UNION ALL", body):
            if part.strip() and "CURRENT_USER() AS definer" not in part:
                self.assertRegex(
                    part.strip(), r"(?s)^SELECT .*\sFROM information_schema"
                )


@tagged("post_install", "-at_install")
class TestScript(BaseCase):
    """SQL file for an administrator of the database server."""

    def test_file(self):
        undo = setup.remove(SECTIONS, ChangeLogState(), drop_table=True)
        statements = setup.repair(SECTIONS, "ocs@localhost", ChangeLogState())
        text = change_log_script.script("install", "ocs`web", statements, undo)
        self.assertIn("USE `ocs``web`;", text)
        self.assertIn("--     DROP TABLE IF EXISTS hardware_updates;", text)
        self.assertLess(text.index("DELIMITER $$"), text.index("CREATE TABLE"))
        self.assertEqual(text.count("$$"), len(statements) + 1)
        self.assertTrue(text.endswith("DELIMITER ;\n"))

    def test_each_action_is_explained(self):
        for action in ("install", "repair", "remove", "move"):
            text = change_log_script.script(action, "ocsweb", [])
            self.assertIn(change_log_script.PURPOSES[action], text)
            lines = text.partition("USE")[0].splitlines()
            self.assertTrue(all(line.startswith("--") or not line for line in lines))
