# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import re
from contextlib import contextmanager
from itertools import count
from unittest import mock

from pymysql import OperationalError

from odoo.tests import tagged

from odoo.addons.connector.exception import NetworkRetryableError
from odoo.addons.connector_ocs.tests.scale import FULL

from ..components.change_log_adapter import OcsChangeLogAdapter
from ..lib import change_log_setup as setup
from ..lib.session import WritableSession
from .change_log import OLD_TABLE, ChangeLogCase


@tagged("post_install", "-at_install")
class TestFaults(ChangeLogCase):
    """The server stops between two statements, whichever they are.

    The check names what is missing, repairing mends it, and removing removes it.
    """

    def setUp(self):
        super().setUp()
        self.addCleanup(self.use_account, self.reader)
        self.backend.write({"user": self.administrator, "password": self.root_password})
        if not FULL:
            self.limit_sections()

    def limit_sections(self):
        """Watch two tables only, to save time."""
        sections = OcsChangeLogAdapter.sections
        patch = mock.patch.object(
            OcsChangeLogAdapter, "sections", lambda log: sections(log)[:2]
        )
        patch.start()
        self.addCleanup(patch.stop)

    @contextmanager
    def fault_at(self, position):
        """Make the statement at a position fail."""
        execute, positions = WritableSession.execute, count()

        def fail(client, sql, parameters=None):
            if next(positions) == position:
                raise OperationalError(2013, "Lost connection during the statement")
            return execute(client, sql, parameters)

        with mock.patch.object(WritableSession, "execute", fail):
            yield

    def perform(self, action, **options):
        with self.installer() as installer:
            installer.run(action, self.ocs_account, **options)

    def count_statements(self, action, **options):
        with self.installer() as installer:
            return len(installer.statements(action, self.ocs_account, **options))

    def check_faults(self, prepare, action, **options):
        prepare()
        total = self.count_statements(action, **options)
        self.assertGreater(total, 6)
        for position in range(total):
            with self.subTest(action=action, position=position, **options):
                self._drop_change_log()
                prepare()
                with self.fault_at(position), self.assertRaises(NetworkRetryableError):
                    self.perform(action, **options)
                self.assert_named()
                self.assert_mended()

    def assert_named(self):
        """Assert that the check tells whether the log is complete, and what is not."""
        state, text = self.check()
        missing = self.expected_names() - self.trigger_names()
        if missing == self.expected_names():
            self.assertIn(state, ("absent", "broken"), text)
        for name in missing if state != "absent" else ():
            self.assertIn(name, text)
        self.assertEqual(state == "healthy", self.is_complete(), text)
        self.insert_computer(9)  # OCS is not affected
        self.sql("DELETE FROM hardware WHERE ID = 9")

    def is_complete(self):
        """Return whether everything is there as a new installation creates it."""
        bodies = {t.name: " ".join(t.body.split()) for t in self.wanted()}
        found = {
            row["Trigger"]: " ".join(row["Statement"].split())
            for row in self.sql("SHOW TRIGGERS")
        }
        columns = self.sql("SHOW COLUMNS FROM hardware_updates") if found else ()
        has_columns = {row["Field"] for row in columns} == {*setup.COLUMNS}
        return found == bodies and has_columns and self.has_owner()

    def has_owner(self):
        tables = self.sql("SHOW TABLES LIKE 'hardware_updates_owner'")
        return bool(tables and self.sql("SELECT * FROM hardware_updates_owner"))

    def wanted(self):
        return setup.triggers(self.sections)

    def assert_mended(self):
        self.perform("repair")
        self.assertEqual(self.check()[0], "healthy", self.check()[1])
        self.insert_computer(9)
        self.assertIn((9, "hardware", "INSERT"), self.logged())
        self.sql("DELETE FROM hardware WHERE ID = 9")
        self.perform("remove", drop_table=True)
        self.assertEqual(self.check()[0], "absent")

    def nothing(self):
        """There is no change log."""

    def outdated(self):
        """There is a change log of another version, in the table of a third party."""
        self.sql(OLD_TABLE)
        self.sql("ALTER TABLE hardware_updates DROP COLUMN processed_at")
        self.sql(
            "CREATE TRIGGER odoo_bios_insert BEFORE INSERT ON bios FOR EACH ROW"
            " INSERT INTO hardware_updates (hardware_id, table_name, operation_type)"
            " VALUES (NEW.HARDWARE_ID, 'bios', 'INSERT')"
        )

    def test_install(self):
        self.check_faults(self.nothing, "install")

    def test_repair(self):
        self.check_faults(self.outdated, "repair")

    def test_repair_of_a_healthy_log(self):
        self.check_faults(self.install, "repair")

    def test_remove(self):
        self.check_faults(self.install, "remove")

    def test_remove_with_table(self):
        self.check_faults(self.install, "remove", drop_table=True)

    def test_state_after_a_fault(self):
        """The backend shows what is missing, and the next run compares all."""
        self.install()
        self.assertEqual(self.backend._check_change_log(), "healthy")
        wizard = self.env["ocs.change.log.wizard"].create(
            {"backend_id": self.backend.id, "action": "repair"}
        )
        last_trigger = self.count_statements("repair") - 3  # before the procedure
        with self.fault_at(last_trigger):
            wizard.action_run()
        self.assertFalse(wizard.is_done)
        self.assertEqual(self.backend.change_log_state, "broken")
        self.assertIn("do not exist", self.backend.change_log_report)


@tagged("post_install", "-at_install")
class TestOtherVersions(ChangeLogCase):
    """Change logs that another version, or somebody else, has made or altered."""

    def setUp(self):
        super().setUp()
        self.install()

    def assert_mended(self, state, *parts):
        """Assert that the check names a problem, and that repairing mends it."""
        found, text = self.check()
        self.assertEqual(found, state, text)
        for part in parts:
            self.assertIn(part, text)
        with self.installer() as installer:
            statements = installer.statements("repair", self.ocs_account)
        self.run_statements(statements)
        self.assertEqual(self.check()[0], "healthy", self.check()[1])
        self._drop_change_log()
        self.install()

    def recreate(self, name, old, new):
        """Create a trigger anew, with another definition."""
        (row,) = self.sql(f"SHOW CREATE TRIGGER {name}")
        self.sql(f"DROP TRIGGER {name}")
        definition, number = re.subn(old, new, row["SQL Original Statement"], count=1)
        self.assertEqual(number, 1)
        self.sql(definition)

    def test_other_triggers(self):
        for name, old, new in (
            ("odoo_bios_insert", "NEW.HARDWARE_ID", "1"),
            ("odoo_bios_insert", "AFTER INSERT", "BEFORE INSERT"),
            ("odoo_hardware_update", "CONTINUE HANDLER", "EXIT HANDLER"),
            ("odoo_bios_delete", "ON `?bios`?", "ON sounds"),
        ):
            with self.subTest(name=name, new=new):
                self.recreate(name, old, new)
                self.assert_mended("broken", "outdated", name)

    def test_trigger_in_strict_mode(self):
        """A column without default that somebody adds would make it lose changes."""
        mode = "SET SESSION sql_mode = '{}'"
        self.sql(mode.format("STRICT_TRANS_TABLES"))
        self.addCleanup(self.sql, mode.format("NO_ENGINE_SUBSTITUTION"))
        self.recreate("odoo_bios_insert", "AFTER", "AFTER")
        self.assert_mended("broken", "outdated", "odoo_bios_insert")

    def test_trigger_on_the_log(self):
        self.sql(
            "CREATE TRIGGER theirs BEFORE INSERT ON hardware_updates FOR EACH ROW"
            " SET NEW.processed = 1"
        )
        self.assert_mended("danger", "The trigger theirs on the table hardware_upd")

    def test_keys(self):
        for change, *parts in (
            ("ADD UNIQUE KEY theirs (hardware_id)", "broken", "theirs"),
            ("ADD UNIQUE KEY theirs (hardware_id, table_name)", "broken", "theirs"),
            (
                "ADD CONSTRAINT theirs FOREIGN KEY (hardware_id)"
                " REFERENCES hardware (ID) ON DELETE CASCADE",
                "broken",
                "theirs",
            ),
            ("ADD KEY (id), DROP PRIMARY KEY", "danger", "no primary key on (id)"),
            (
                "ADD KEY (id), DROP PRIMARY KEY,"
                " ADD PRIMARY KEY (table_name, operation_type)",
                "broken",
                "PRIMARY",
            ),
        ):
            with self.subTest(change):
                self.sql(f"ALTER TABLE hardware_updates {change}")
                self.assert_mended(*parts)

    def test_definer_that_may_do_half(self):
        for privileges, state, part in (
            ("SELECT, INSERT", "broken", "TRIGGER"),
            ("SELECT, TRIGGER", "broken", "INSERT"),
            ("INSERT, TRIGGER", "broken", "SELECT"),
        ):
            with self.subTest(privileges):
                definer = self.create_account(
                    f"EXECUTE, {privileges} ON {self.database}.*"
                )
                self.install(definer)
                self.assertIn(part, self.check()[1])
                self.assertEqual(self.check()[0], state)
                self._drop_change_log()

    def test_account_of_ocs_as_reader(self):
        """It needs no privilege on the tables of accounts to check its own."""
        self.addCleanup(self.use_account, self.reader)
        self.use_account(self.ocs_account)
        self.assertEqual(self.check()[0], "healthy", self.check()[1])
        poor = self.create_account(
            f"SELECT, TRIGGER, UPDATE, DELETE ON {self.database}.*"
        )
        self.install(poor)
        self.backend.change_log_account = poor
        self.addCleanup(self.backend.write, {"change_log_account": self.ocs_account})
        self.use_account(poor)
        state, text = self.check()
        self.assertEqual(state, "broken")
        self.assertIn("lacks the INSERT privilege", text)
