# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import closing, contextmanager
from unittest import mock

from psycopg2.errors import DeadlockDetected, ForeignKeyViolation

from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.connector.exception import NetworkRetryableError
from odoo.addons.queue_job.exception import RetryableJobError

from ..components.computer_adapter import OcsComputerAdapter
from ..components.computer_adapter_section import OcsSectionAdapter
from ..components.computer_importer import OcsComputerImporter
from ..exceptions import OcsConfigurationError
from ..models.ocs_computer_jobs import OcsComputerJobs
from .chunks import ChunkCase
from .common import OcsCase
from .test_hardware_importer import MODULE

CHUNK_LOGGER = "odoo.addons.connector_ocs.components.bulk_importer"

#: Tables of components, besides memories.
PARTS = ("batteries", "cpus", "drives", "networks", "storages", "videos")


@tagged("post_install", "-at_install")
class TestChunkImporter(ChunkCase):
    """A chunk is imported together; other computers get a job of their own."""

    def setUp(self):
        super().setUp()
        self.ocs = {number: self.machine(number) for number in range(1, 6)}

    @contextmanager
    def raising(self, error, external_id=3):
        """Make the import of one computer fail."""
        mapped = OcsComputerImporter._mapped

        def fail(importer, computer_import):
            if computer_import.external_id == external_id:
                raise error
            return mapped(importer, computer_import)

        with mock.patch.object(OcsComputerImporter, "_mapped", fail):
            yield

    def test_all_are_imported(self):
        with self.assert_own_jobs():
            result = self.import_chunk(1, 2, 3, 4, 5)
        self.assertEqual(self.imported(), [1, 2, 3, 4, 5])
        self.assertIn("5 of 5", result)
        for number in self.ocs:
            binding = self.binding(number)
            self.assertEqual(binding.name, f"PC-{number}")
            self.assertEqual(binding.serial_no, f"SN-{number}-4711")
            self.assertEqual(binding.monitor_ids.serial_no, f"CN-{number}-74261")
            self.assertTrue(binding.sync_date)
            self.assertTrue(binding.component_ids)

    def test_records_are_created_together(self):
        """Computers, monitors and components are created in one call each."""
        created = []
        models = {
            "ocs.computer.binding": 5,
            "ocs.monitor.binding": 5,
            "maintenance.equipment.component": 5 * 6,
        }
        for model in models:
            create = type(self.env[model]).create

            def spy(records, vals_list, create=create):
                created.append((records._name, len(vals_list)))
                return create(records, vals_list)

            patcher = mock.patch.object(type(self.env[model]), "create", spy)
            patcher.start()
            self.addCleanup(patcher.stop)
        for number in self.ocs:
            self.ocs[number]["memories"] = [MODULE] * 6
            for each in (
                "batteries",
                "cpus",
                "drives",
                "networks",
                "storages",
                "videos",
            ):
                self.ocs[number][each] = []
        self.import_chunk(1, 2, 3, 4, 5)
        self.assertEqual(created, list(models.items()))

    def test_only_changes_are_imported_again(self):
        """Unchanged computers are skipped, changed ones updated."""
        self.import_chunk(1, 2, 3, 4, 5)
        self.ocs[2]["hardware"]["OSVERSION"] = "6.12"
        self.ocs[4]["monitors"] = []
        with self.assert_own_jobs():
            result = self.import_chunk(1, 2, 3, 4, 5)
        self.assertIn("2 of 5", result)
        self.assertEqual(self.binding(2).os_version, "6.12")
        self.assertFalse(self.binding(4).monitor_ids)
        self.assertIn("6.12", str(self.binding(2).message_ids[0].body))

    def test_failing_computer(self):
        """After a failure, each computer of the chunk gets a job of its own."""
        with self.raising(ValueError("Broken.")):
            with (
                self.assertLogs(CHUNK_LOGGER, "ERROR") as logged,
                self.assert_own_jobs(1, 2, 3, 4, 5) as trap,
            ):
                result = self.import_chunk(1, 2, 3, 4, 5, force=True)
            self.assertIn("ValueError: Broken.", logged.output[0])
            self.assertEqual(self.imported(), [])
            self.assertIn("Broken.", result)
            for job in trap.enqueued_jobs:
                self.assertEqual(job.kwargs, {"force": True})
            with self.assertRaises(ValueError):
                trap.perform_enqueued_jobs()

    def test_failure_when_all_is_written(self):
        """An error at the end of the chunk is treated the same."""
        broken = ValueError("Too late.")
        with (
            mock.patch.object(
                OcsComputerImporter, "_import_children", side_effect=broken
            ),
            mute_logger(CHUNK_LOGGER),
            self.assert_own_jobs(1, 2),
        ):
            self.import_chunk(1, 2)
        self.assertEqual(self.imported(), [])
        equipment = self.env["maintenance.equipment"]
        self.assertFalse(equipment.search([("name", "in", ("PC-1", "PC-2"))]))

    def test_temporary_errors_retry_the_chunk(self):
        """An error that no computer causes does not split the chunk."""
        for error, expected in (
            (DeadlockDetected(), DeadlockDetected),
            (RetryableJobError("Another job"), RetryableJobError),
            (ForeignKeyViolation(), RetryableJobError),
        ):
            with (
                self.subTest(error=error),
                self.assert_own_jobs(),
                self.raising(error),
                self.assertRaises(expected),
                self.env.cr.savepoint(),
            ):
                self.import_chunk(1, 2, 3)

    def test_ocs_cannot_be_read(self):
        """Jobs of single computers could not read it either."""
        for error in (
            NetworkRetryableError("No answer"),
            OcsConfigurationError("No privilege"),
        ):
            with (
                self.subTest(error=error),
                self.assert_own_jobs(),
                mock.patch.object(OcsComputerAdapter, "read_many", side_effect=error),
                self.assertRaises(type(error)),
            ):
                self.import_chunk(1, 2)

    def test_locked_by_another_job(self):
        with (
            mock.patch.object(OcsComputerJobs, "_lock", return_value={1, 3}),
            self.assert_own_jobs(2),
        ):
            result = self.import_chunk(1, 2, 3)
        self.assertEqual(self.imported(), [1, 3])
        self.assertIn("1 enqueued separately", result)

    def test_large_computer_gets_its_own_job(self):
        """A computer with thousands of rows would fill the memory."""
        with (
            mock.patch.object(OcsSectionAdapter, "find_large", lambda *_args: {2}),
            self.assert_own_jobs(2),
        ):
            self.import_chunk(1, 2, 3)
        self.assertEqual(self.imported(), [1, 3])

    def test_removed_meanwhile(self):
        del self.ocs[2]
        with self.assert_own_jobs(2) as trap:
            self.import_chunk(1, 2, 3)
        trap.perform_enqueued_jobs()
        self.assertEqual(self.imported(), [1, 3])
        self.assertEqual(self.issue(2).reason, "deleted")

    def test_constant_number_of_queries(self):
        """The number of queries does not depend on the number of computers."""
        found = []
        for numbers in (range(100, 105), range(200, 240)):
            for number in numbers:
                self.ocs[number] = self.machine(number)
            for force in (False, True):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.import_chunk(*numbers, force=force)
                self.env.flush_all()
                found.append(self.env.cr.sql_log_count - before)
        few_new, few_forced, many_new, many_forced = found
        self.assertLessEqual(many_new, few_new)
        self.assertLessEqual(many_forced, few_forced)


@tagged("post_install", "-at_install")
class TestLock(OcsCase):
    """Only one job at a time imports a computer."""

    def setUp(self):
        super().setUp()
        self.bindings = self.env["ocs.computer.binding"]

    def lock(self, *external_ids):
        return self.bindings._lock(self.backend, list(external_ids))

    def test_computers_locked_by_others_are_not_returned(self):
        number = self.bindings._lock_number(self.backend, 2)
        with closing(db_connect(self.env.cr.dbname).cursor()) as other:
            other.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
            self.assertEqual(other.fetchone(), (True,))
            self.assertEqual(self.lock(1, 2, 3), {1, 3})
            other.rollback()
        self.assertEqual(self.lock(2), {2})
        self.assertEqual(self.lock(), set())
