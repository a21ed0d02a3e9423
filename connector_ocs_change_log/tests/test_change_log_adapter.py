# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import os
import subprocess
from unittest import mock

from odoo.tests import tagged

from odoo.addons.connector.exception import NetworkRetryableError
from odoo.addons.connector_ocs.exceptions import OcsConfigurationError
from odoo.addons.connector_ocs.tests.live import ROWS, server

from ..components import change_log_adapter
from ..lib.session import WritableSession
from .change_log import ChangeLogCase


class AdapterCase(ChangeLogCase):
    """Test case with a change log."""

    def setUp(self):
        super().setUp()
        self.install()

    def log_row(self, **columns):
        """Insert a row into the log.

        :return: its id
        """
        row = {"table_name": "bios", "operation_type": "UPDATE", **columns}
        return self.insert("hardware_updates", **row)


@tagged("post_install", "-at_install")
class TestReading(AdapterCase):
    """Pending changes are read from the log."""

    def test_pending(self):
        self.inventory(7)
        with self.change_log() as log:
            changes = log.pending()
            self.assertEqual(log.pending_range()[0], len(ROWS))
        self.assertEqual(
            [(c.external_id, c.table, c.operation) for c in changes],
            [(7, table, "INSERT") for table in ROWS],
        )

    def test_batches(self):
        ids = [self.log_row(hardware_id=number) for number in range(1, 8)]
        self.sql("UPDATE hardware_updates SET processed = 1 WHERE id = %s", ids[3])
        batches, last = [], 0
        with self.change_log() as log:
            for _turn in range(4):
                batch = [change.id for change in log.pending(last, limit=2)]
                last = batch[-1] if batch else last
                batches.append(batch)
        self.assertEqual(batches, [ids[:2], [ids[2], ids[4]], ids[5:], []])

    def test_rows_without_a_valid_id(self):
        self.sql("ALTER TABLE hardware_updates MODIFY hardware_id VARCHAR(20) NULL")
        for value in (None, 0, -4, "", "seven", "12"):
            self.log_row(hardware_id=value)
        with self.change_log() as log:
            found = [change.external_id for change in log.pending()]
        self.assertEqual(found, [None] * 5 + [12])

    def test_missing_table(self):
        self._drop_change_log()
        with (
            self.change_log() as log,
            self.assertRaises(OcsConfigurationError) as error,
        ):
            log.pending()
        self.assertIn("Click “Check” on the backend", str(error.exception))


@tagged("post_install", "-at_install")
class TestWriting(AdapterCase):
    """Processed changes are acknowledged, then purged."""

    def states(self):
        rows = self.sql("SELECT id, processed, processed_at FROM hardware_updates")
        return {
            row["id"]: (row["processed"], bool(row["processed_at"])) for row in rows
        }

    def test_acknowledge(self):
        ids = [self.log_row(hardware_id=7) for _row in range(5)]
        with mock.patch.object(change_log_adapter, "ROWS_PER_STATEMENT", 2):
            with self.change_log() as log:
                self.assertEqual(log.acknowledge(ids[1:]), 4)
                self.assertEqual(log.acknowledge(ids[1:]), 0)
                self.assertEqual(log.acknowledge(iter([])), 0)
        done = dict.fromkeys(ids[1:], (1, True))
        self.assertEqual(self.states(), {ids[0]: (0, False), **done})

    def test_acknowledging_again_keeps_the_date(self):
        number = self.log_row(processed=1, processed_at="2020-01-01")
        with self.change_log() as log:
            log.acknowledge([number])
        row = self.sql("SELECT processed_at FROM hardware_updates")[0]
        self.assertEqual(row["processed_at"].year, 2020)

    def test_purge(self):
        old, recent = "2020-01-01", "2038-01-01"
        kept = [
            self.log_row(processed=0, changed_at=old),
            self.log_row(processed=1, processed_at=recent, changed_at=old),
            self.log_row(processed=1, changed_at=recent),
        ]
        self.log_row(processed=1, processed_at=old)
        self.log_row(processed=1, changed_at=old)  # acknowledged by another program
        with mock.patch.object(change_log_adapter, "ROWS_PER_STATEMENT", 1):
            with self.change_log() as log:
                self.assertEqual(log.purge(7), 2)
        self.assertEqual(list(self.states()), kept)

    def test_purge_limit(self):
        for _row in range(5):
            self.log_row(processed=1, processed_at="2020-01-01")
        with self.change_log() as log:
            self.assertEqual([log.purge(7, limit=3) for _turn in range(3)], [3, 2, 0])

    def test_locked_row_is_retried(self):
        number = self.log_row(hardware_id=7)
        locker = self.connect(autocommit=False)
        with locker.cursor() as cursor:
            cursor.execute("SELECT * FROM hardware_updates FOR UPDATE")
        with self.change_log() as log, self.assertRaises(NetworkRetryableError):
            log.acknowledge([number])

    def test_missing_privilege(self):
        self.use_account(self.create_account(f"SELECT ON {self.database}.*"))
        number = self.log_row(hardware_id=7)
        with (
            self.change_log() as log,
            self.assertRaises(OcsConfigurationError) as error,
        ):
            log.acknowledge([number])
        text = f"GRANT SELECT, UPDATE, DELETE ON {self.database}.hardware_updates TO"
        self.assertIn(text, str(error.exception))
        self.assertIn(self.backend.user, str(error.exception))

    def test_only_writing_opens_a_writable_session(self):
        number = self.log_row(hardware_id=7)
        with self.change_log() as log:
            log.acknowledge([number])
            with self.assertRaisesRegex(OcsConfigurationError, "READ ONLY"):
                log._query("DELETE FROM hardware_updates")
        refuse = mock.patch.object(
            WritableSession, "execute", side_effect=AssertionError
        )
        with refuse, self.change_log() as log:
            log.pending()
            log.pending_range()
            for write in (lambda: log.acknowledge([1]), self.check):  # finds no row
                with self.assertRaises(AssertionError):
                    write()


@tagged("post_install", "-at_install")
class TestScriptInTheClient(ChangeLogCase):
    """The SQL file does in the command line client what the button does."""

    def run_script(self, action, **options):
        with self.installer() as installer:
            text = installer.script(action, self.ocs_account, **options)
        where = server()
        done = subprocess.run(
            [
                where["client"],
                "--no-defaults",
                f"--host={where['host']}",
                f"--port={where['port']}",
                f"--user={where['user']}",
            ],
            input=text,
            env={**os.environ, "MYSQL_PWD": where["password"]},
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return text

    def test_install_and_remove(self):
        self.run_script("install", reader=self.reader)
        self.assertEqual(self.check()[0], "healthy")
        self.inventory(7)
        self.assertEqual(len(self.logged()), len(ROWS))
        self.run_script("remove")
        self.assertEqual(self.trigger_names(), set())
        self.assertEqual(len(self.logged()), len(ROWS))
        self.run_script("remove", drop_table=True)
        self.assertEqual(self.sql("SHOW TABLES LIKE 'hardware_updates'"), ())

    def test_privileges_of_the_reader(self):
        newcomer = self.create_reader()
        self.run_script("install", reader=newcomer)
        self.use_account(newcomer)
        self.addCleanup(self.use_account, self.reader)
        self.assertEqual(self.check()[0], "healthy")

    def test_repair(self):
        self.install()
        self.sql("DROP TRIGGER odoo_bios_insert")
        self.sql("ALTER TABLE hardware_updates DROP COLUMN processed_at")
        self.assertEqual(self.check()[0], "broken")
        self.run_script("repair", reader=self.reader)
        self.assertEqual(self.check()[0], "healthy")

    def test_statements_that_undo_the_installation(self):
        text = self.run_script("install")
        undo = text.partition("-- To undo it:\n")[2].partition("\n\n")[0]
        for line in undo.splitlines():
            self.sql(line.removeprefix("--").strip().removesuffix(";"))
        self.assertEqual(self.trigger_names(), set())
        self.assertEqual(self.sql("SHOW TABLES LIKE 'hardware_updates'"), ())
