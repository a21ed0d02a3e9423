# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import socket
from contextlib import contextmanager
from unittest import mock

from odoo.tests import tagged

from odoo.addons.connector.exception import NetworkRetryableError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..components.computer_mapper import OcsComputerMapper
from ..exceptions import OcsConfigurationError
from ..lib.client import OcsClient
from .test_bad_input import BadInputCase


@tagged("post_install", "-at_install")
class TestFailingJobs(BadInputCase):
    """A job fails with a clear error, affects no other, and can be retried."""

    def setUp(self):
        super().setUp()
        for external_id in (1, 2, 3):
            self.insert_computer(external_id, f"PC-{external_id}")
            self.insert("bios", HARDWARE_ID=external_id, SSN=f"5CG000{external_id}")

    def enqueued_imports(self):
        """Return the jobs that the button enqueues, one for each computer."""
        with trap_jobs() as trap:
            self.backend.action_import_changed()
            trap.perform_enqueued_jobs()
            jobs = trap.enqueued_jobs
        self.assertEqual([job.args[1] for job in jobs], [1, 2, 3])
        return jobs

    def _perform_failing(self, job, error):
        """Perform a job that must fail, and return the message of its error."""
        with self.assertRaises(error) as caught, self.env.cr.savepoint():
            job.perform()
        self.assertFalse(self.binding(job.args[1]))
        return caught.exception.args[0]

    @contextmanager
    def _without_table(self, table):
        self.sql(f"RENAME TABLE {table} TO away")
        try:
            yield
        finally:
            self.sql(f"RENAME TABLE away TO {table}")

    def _assert_all_imported(self):
        self.import_all()
        serials = [self.imported(number).serial_no for number in (1, 2, 3)]
        self.assertEqual(serials, ["5CG0001", "5CG0002", "5CG0003"])

    def test_deleted_before_its_job(self):
        first, second, _third = self.enqueued_imports()
        self.sql("DELETE FROM bios WHERE HARDWARE_ID = 2")
        self.sql("DELETE FROM hardware WHERE ID = 2")
        first.perform()
        second.perform()
        self.assertEqual(self.imported(1).name, "PC-1")
        self.assert_not_imported(2, "deleted")
        self.import_all()
        self.assertFalse(self.issue(2))

    def test_deleted_before_a_later_job(self):
        self.import_all()
        binding = self.imported(2)
        self.sql("UPDATE hardware SET OSNAME = 'Debian GNU/Linux 12'")
        _first, second, _third = self.enqueued_imports()
        self.sql("DELETE FROM hardware WHERE ID = 2")
        second.perform()
        self.assertFalse(binding.removed_since)  # the next run detects it
        self.assertTrue(binding.active)
        self.assertEqual(binding.serial_no, "5CG0002")
        self.import_all()
        self.assertTrue(binding.removed_since)
        self.assertFalse(binding.active)

    def test_archived_before_its_job(self):
        _first, second, _third = self.enqueued_imports()
        self.sql("UPDATE hardware SET ARCHIVE = 1 WHERE ID = 2")
        second.perform()
        self.assert_not_imported(2, "archived", "PC-2")

    def test_wrong_password(self):
        job = self.enqueued_imports()[0]
        original = self.backend._get_password()
        self.backend.password = "another secret"
        sentence = self._perform_failing(job, OcsConfigurationError)
        self.assertIn("Check the user name and the password", sentence)
        self.assertNotIn("another secret", sentence)
        self.backend.password = original
        self._assert_all_imported()

    def test_no_server_listens(self):
        job = self.enqueued_imports()[0]
        original = {"host": self.backend.host, "port": self.backend.port}
        original["password"] = self.backend._get_password()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
        self.backend.write({"host": "127.0.0.1", "port": port})
        sentence = self._perform_failing(job, NetworkRetryableError)
        self.assertIn(f"did not respond at 127.0.0.1:{self.backend.port}", sentence)
        self.backend.write(original)
        self._assert_all_imported()

    def test_missing_table(self):
        job = self.enqueued_imports()[0]
        with self._without_table("videos"):
            sentence = self._perform_failing(job, OcsConfigurationError)
        self.assertIn(f"is missing in {self.database}", sentence)
        self.assertIn("videos", sentence)
        self._assert_all_imported()

    def test_connection_is_lost_between_two_sections(self):
        job = self.enqueued_imports()[0]
        query, killed = OcsClient.query, []

        def query_and_kill(session, sql, parameters=()):
            if "FROM memories" in sql and not killed:
                row = query(session, "SELECT CONNECTION_ID() AS id")[0]
                self.sql(f"KILL {row['id']}")
                killed.append(row["id"])
            return query(session, sql, parameters)

        with mock.patch.object(OcsClient, "query", query_and_kill):
            sentence = self._perform_failing(job, NetworkRetryableError)
        self.assertTrue(killed)
        self.assertIn("did not respond", sentence)
        job.perform()
        self.assertEqual(self.imported(1).serial_no, "5CG0001")

    def test_connection_is_lost_while_idle(self):
        """The database server is restarted between two runs."""
        self.enqueued_imports()
        self._kill_all()
        with mock.patch("odoo.addons.connector_ocs.lib.client.IDLE_CHECK", 0):
            self._assert_all_imported()

    def _kill_all(self):
        own = "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = %s"
        for row in self.sql(f"{own} AND ID <> CONNECTION_ID()", self.database):
            self.sql(f"KILL {row['ID']}")

    def test_failing_computer(self):
        jobs = self.enqueued_imports()
        product = OcsComputerMapper.product

        def failing_product(mapper, record):
            if record["external_id"] == 2:
                raise ValueError("broken")
            return product(mapper, record)

        with mock.patch.object(OcsComputerMapper, "product", failing_product):
            jobs[0].perform()
            self.assertEqual(self._perform_failing(jobs[1], ValueError), "broken")
            jobs[2].perform()
        self.assertEqual(self.imported(1).serial_no, "5CG0001")
        self.assertEqual(self.imported(3).serial_no, "5CG0003")
        self._assert_all_imported()

    def test_largest_integer_of_ocs(self):
        """PostgreSQL stores the largest integers of MySQL; the last is an overflow."""
        for number, expected in ((2147483646, 2147483646), (2147483647, 0)):
            self.sql("UPDATE hardware SET MEMORY = %s WHERE ID = 2", number)
            self._assert_all_imported()
            self.assertEqual(self.binding(2).memory_mb, expected)
