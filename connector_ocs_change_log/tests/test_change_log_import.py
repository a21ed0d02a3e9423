# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from unittest import mock

from odoo import fields
from odoo.tests import tagged

from odoo.addons.connector_ocs.components import scan_import_enqueuer
from odoo.addons.connector_ocs.lib.quoting import quote_account
from odoo.addons.queue_job.tests.common import trap_jobs

from ..components import change_log_detector
from .change_log import ChangeLogCase


@tagged("post_install", "-at_install")
class TestChangeLogImport(ChangeLogCase):
    """The change log determines which computers are scanned."""

    def setUp(self):
        super().setUp()
        self.install()
        self.backend.write({"detection": "changelog", "change_log_state": False})
        for external_id in (1, 2, 3):
            self.insert_computer(external_id, f"PC-{external_id}", UUID=None)
        self.import_all()

    @property
    def run_record(self):
        return self.backend.last_run_id

    def pending(self):
        """Return the set of hardware_id of the changes that are not acknowledged."""
        rows = self.sql("SELECT hardware_id FROM hardware_updates WHERE processed = 0")
        return {row["hardware_id"] for row in rows}

    def scan(self):
        """Scan without importing.

        :return: IDs of the computers whose import was enqueued
        """
        self.backend._start_run("schedule")
        with trap_jobs() as trap:
            self.run_record.scan()
        return [
            job.args[1]
            for job in trap.enqueued_jobs
            if job.method_name == "import_record"
        ]

    def close(self):
        """Perform the last job of the run."""
        self.run_record.close()

    def import_record(self, external_id):
        self.env["ocs.computer.binding"].import_record(self.backend, external_id)

    def test_first_run_compares_all(self):
        self.assertEqual(self.run_record.detection, "fingerprint")
        self.assertTrue(self.backend.last_comparison)
        self.assertEqual(self.backend.change_log_state, "healthy")
        self.assertEqual(len(self.binding(1) | self.binding(2) | self.binding(3)), 3)

    def test_only_changed_computers_are_scanned(self):
        self.import_all()  # acknowledges the changes before the comparison
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 2")
        self.import_all()
        self.assertEqual(self.run_record.detection, "changelog")
        self.assertEqual(self.run_record.seen_count, 1)
        self.assertEqual(self.run_record.changed_count, 1)
        self.assertEqual(self.binding(2).name, "RENAMED")

    def test_nothing_changed(self):
        self.import_all()
        self.import_all()
        self.assertEqual(self.run_record.seen_count, 0)
        self.assertEqual(self.run_record.state, "done")

    def test_changes_are_acknowledged_after_the_import(self):
        self.import_all()
        self.assertEqual(self.pending(), set())
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID IN (2, 3)")
        self.assertEqual(self.scan(), [2, 3])
        self.close()
        self.assertEqual(self.pending(), {2, 3})
        self.import_record(2)
        self.close()
        self.run_record.state = "importing"
        self.close()
        self.assertEqual(self.pending(), {3})

    def test_change_during_the_import_is_not_acknowledged(self):
        self.import_all()
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 2")
        self.scan()
        self.import_record(2)
        self.sql("UPDATE hardware SET NAME = 'AGAIN' WHERE ID = 2")
        self.run_record.state = "importing"
        self.close()
        self.assertEqual(self.pending(), {2})
        self.assertEqual(self.scan(), [2])

    def test_several_batches(self):
        self.import_all()
        self.sql("UPDATE hardware SET NAME = CONCAT('X-', NAME)")
        self.sql("UPDATE hardware SET OSNAME = 'Debian'")
        with (
            mock.patch.object(change_log_detector, "CHANGES_BATCH", 2),
            mock.patch.object(scan_import_enqueuer, "MAX_CHUNK_THRESHOLD", 1),
        ):
            self.import_all()
        for external_id in (1, 2, 3):
            self.assertEqual(self.binding(external_id).name, f"X-PC-{external_id}")
            self.assertEqual(self.binding(external_id).os_name, "Debian")

    def test_deletion(self):
        self.import_all()
        binding = self.binding(2)
        self.sql("DELETE FROM hardware WHERE ID = 2")
        self.import_all()
        self.assertEqual(self.run_record.removed_count, 1)
        self.assertEqual(binding.removal_action, "archive")
        self.import_all()
        self.assertEqual(self.pending(), set())
        self.assertFalse(self.issue(2))

    def test_computer_added_and_deleted_between_two_scans(self):
        self.import_all()
        self.inventory(9)
        for table in ("hardware", "bios", "memories"):
            key = "ID" if table == "hardware" else "HARDWARE_ID"
            self.sql(f"DELETE FROM {table} WHERE {key} = 9")
        self.import_all()
        self.assertFalse(self.binding(9))
        self.assertFalse(self.issue(9))
        self.import_all()
        self.assertEqual(self.pending(), set())

    def test_rows_of_computers_that_never_existed(self):
        self.import_all()
        for hardware_id in (4711, 0, -1):
            self.sql(
                "INSERT INTO hardware_updates (hardware_id, table_name, operation_type)"
                " VALUES (%s, 'memories', 'UPDATE')",
                hardware_id,
            )
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 2")
        self.import_all()
        self.assertEqual(self.binding(2).name, "RENAMED")
        self.assertEqual(self.issue(4711).reason, "unknown")
        self.assertIn("never had", self.issue(4711).message)
        self.assertIn("without a computer ID", self.issue(0).message)
        self.import_all()
        self.assertEqual(self.pending(), set())
        self.backend._force_comparison()
        self.import_all()
        self.assertEqual(self.issue(4711).reason, "unknown")

    def test_failing_computer_is_tried_twice(self):
        self.import_all()
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID IN (2, 3)")
        for _try in range(2):  # once more, in case the error was temporary
            self.assertIn(2, self.scan())
            self.env["ocs.import.issue"]._record(
                self.backend, 2, "failed", message="The reason."
            )
            self.import_record(3)
            self.run_record.state = "importing"
            self.close()
        self.assertEqual(self.scan(), [])
        self.close()
        self.assertEqual(self.pending(), set())
        self.assertEqual(self.issue(2).message, "The reason.")
        self.sql("UPDATE hardware SET NAME = 'AGAIN' WHERE ID = 2")
        self.assertEqual(self.scan(), [2])

    def test_excluded_computers(self):
        self.import_all()
        self.sql("UPDATE hardware SET ARCHIVE = 1 WHERE ID = 1")
        self.insert_computer(9, DEVICEID="_SYSTEMGROUP_")
        self.import_all()
        self.assertEqual(self.issue(1).reason, "archived")
        self.assertEqual(self.issue(9).reason, "group")
        self.import_all()
        self.assertEqual(self.pending(), set())

    def test_all_requested_imports(self):
        """One run scans all of them, each one once."""
        bindings = self.env["ocs.computer.binding"].search([])
        bindings._request_import("settings")
        self.sql("UPDATE hardware SET MEMORY = 1 WHERE ID = 2")
        with mock.patch.object(change_log_detector, "BATCH_SIZE", 1):
            self.assertEqual(self.scan(), [1, 2, 3])
        self.assertEqual(self.run_record.job_count, 3)

    def test_import_requested_in_odoo(self):
        self.import_all()
        self.binding(2)._request_import("settings")
        self.assertEqual(self.scan(), [2])

    def test_regular_comparison(self):
        """It detects a change that is missing from the log."""
        self.import_all()
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 2")
        self.empty_log()
        self.import_all()
        self.assertEqual(self.binding(2).name, "PC-2")
        compared = self.backend._last_comparison()
        compared.date_scan = fields.Datetime.subtract(
            compared.date_scan, hours=self.backend.reconcile_hours
        )
        self.import_all()
        self.assertEqual(self.run_record.detection, "fingerprint")
        self.assertEqual(self.binding(2).name, "RENAMED")

    def test_import_all_compares_all(self):
        self.import_all()
        backend = self.backend.with_context(queue_job__no_delay=True)
        backend.action_import_all()
        self.assertEqual(self.run_record.detection, "fingerprint")
        self.assertEqual(self.run_record.seen_count, 3)

    def test_broken_change_log(self):
        """All is compared with a warning, and once more after the repair."""
        self.import_all()
        self.sql("DROP TRIGGER odoo_hardware_update")
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 2")
        self.import_all()
        self.assertEqual(self.binding(2).name, "RENAMED")
        self.assertEqual(self.run_record.detection, "fingerprint")
        self.assertIn("odoo_hardware_update", self.run_record.warnings)
        self.sql("UPDATE hardware SET NAME = 'AGAIN' WHERE ID = 2")
        with self.installer() as installer:
            statements = installer.statements("repair", self.ocs_account)
        self.run_statements(statements)
        self.import_all()
        self.assertEqual(self.run_record.detection, "fingerprint")
        self.assertFalse(self.run_record.warnings)
        self.assertEqual(self.binding(2).name, "AGAIN")
        self.import_all()
        self.assertEqual(self.run_record.detection, "changelog")

    def test_inventory_dates_are_updated_without_change(self):
        self.import_all()
        now = fields.Datetime.now().replace(microsecond=0)
        self.sql("UPDATE hardware SET LASTDATE = %s WHERE ID = 2", now)
        self.sql("UPDATE hardware SET LASTDATE = '2099-01-01' WHERE ID = 3")
        self.import_all()
        self.assertEqual(self.run_record.seen_count, 0)
        self.assertEqual(self.binding(2).last_inventory, now)
        self.assertEqual(self.binding(3).last_inventory, datetime(2099, 1, 1))
        later = fields.Datetime.add(now, minutes=5)
        self.sql("UPDATE hardware SET LASTDATE = %s WHERE ID = 1", later)
        self.import_all()
        self.assertEqual(self.binding(1).last_inventory, later)

    def test_approval(self):
        self.backend.write({"approval_percent": 10, "approval_minimum": 1})
        self.import_all()
        self.sql("DELETE FROM hardware WHERE ID IN (1, 2)")
        self.import_all()
        self.assertEqual(self.run_record.state, "waiting")
        self.assertFalse(self.binding(1).removed_since)
        self.assertEqual(self.pending(), {1, 2})
        self.run_record.with_context(queue_job__no_delay=True).action_approve()
        self.assertTrue(
            self.env["ocs.computer.binding"]._find(self.backend, 1).removed_since
        )

    def test_purge(self):
        self.import_all()
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 2")
        self.sql(
            "UPDATE hardware_updates SET processed_at = NOW() - INTERVAL 8 DAY"
            " WHERE processed = 1"
        )
        self.import_all()
        rows = self.sql("SELECT hardware_id FROM hardware_updates")
        self.assertEqual({row["hardware_id"] for row in rows}, {2})

    def test_missing_privilege(self):
        """The import is kept, and a warning names the GRANT."""
        self.import_all()
        self.sql("UPDATE hardware SET NAME = 'RENAMED' WHERE ID = 2")
        self.scan()
        self.import_record(2)
        reader = quote_account(self.reader)
        self.sql(f"REVOKE UPDATE ON hardware_updates FROM {reader}")
        self.addCleanup(self.sql, f"GRANT UPDATE ON hardware_updates TO {reader}")
        self.run_record.state = "importing"
        self.close()
        self.assertEqual(self.run_record.state, "done")
        self.assertIn("GRANT SELECT, UPDATE", self.run_record.warnings)
        self.assertEqual(self.backend.change_log_state, "danger")
        self.assertEqual(self.pending(), {2})
