# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime, timedelta
from unittest import mock

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.queue_job.tests.common import trap_jobs

from ..lib.runs import UNFINISHED
from ..models.ocs_computer_jobs import OcsComputerJobs
from .common import OcsCase, ocs_computer


@tagged("post_install", "-at_install")
class TestBackend(OcsCase):
    """Form and buttons of a backend."""

    def message(self):
        """Return the message of the button “Test connection”."""
        return self.backend.action_test_connection()["params"]["message"]

    def test_default_values(self):
        form = Form(self.env["ocs.backend"])
        form.name = "Head office"
        form.host = "ocs.example.org"
        form.user = "odoo_reader"
        backend = form.save()
        self.assertEqual(backend.port, 3306)
        self.assertEqual(backend.database, "ocsweb")
        self.assertEqual(
            backend.computer_category_id,
            self.env.ref("connector_ocs.category_computer"),
        )

    def test_connection_sets_the_version(self):
        for schema, version, release in (
            (7028, "2.7", "2.7"),
            (7049, "2.8", "2.9"),
            (7069, "2.9.1", "2.11.1"),
            (7081, "2.9.1", "2.12.4"),
        ):
            self.schema = schema
            with self.subTest(schema):
                self.message()
                self.assertEqual(self.backend.version, version)
                self.assertEqual(self.backend.ocs_release, release)

    def test_connection_reports_schema_count_and_privileges(self):
        message = self.message()
        for part in ("7081", "42", "read-only access"):
            self.assertIn(part, message)

    def test_newer_schema_is_a_warning(self):
        self.schema = 7999
        params = self.backend.action_test_connection()["params"]
        self.assertEqual(params["type"], "warning")
        self.assertIn("newer", params["message"])
        self.assertEqual(self.backend.version, "2.9.1")

    def test_import_changed(self):
        with trap_jobs() as trap:
            self.backend.action_import_changed()
        trap.assert_enqueued_job(self.backend.last_run_id.scan, args=(), kwargs={})

    def test_import_all(self):
        with trap_jobs() as trap:
            self.backend.action_import_all()
        trap.assert_jobs_count(1)
        self.assertTrue(self.backend.last_run_id.force)

    def test_button_pressed_twice(self):
        first = self.backend.action_import_changed()
        run = self.backend.last_run_id
        second = self.backend.action_import_changed()
        self.assertIn("Import started", first["params"]["title"])
        self.assertIn("already running", second["params"]["title"])
        self.assertEqual(self.backend.run_ids, run)
        self.assertEqual(len(run._jobs(UNFINISHED)), 1)

    def test_button_runs_postponed_job_of_the_run_now(self):
        """OCS did not answer one job; the other jobs of the run continue."""
        self.backend.action_import_changed()
        run = self.backend.last_run_id
        model = self.env["ocs.computer.binding"]
        model._enqueue_import(self.backend, 1, run=run)
        waiting = run._jobs(UNFINISHED, ("method_name", "=", "import_record"))
        waiting.eta = datetime.now() + timedelta(minutes=15)
        self.backend.action_import_changed()
        self.assertFalse(waiting.eta)

    def test_counts(self):
        self.import_computer(1, ocs_computer(monitors=[]))
        self.import_computer(2, ocs_computer(hardware={"ARCHIVE": 1}))
        self.backend.invalidate_recordset()
        self.assertEqual(self.backend.computer_count, 1)
        self.assertEqual(self.backend.issue_count, 1)
        action = self.backend.action_view_issues()
        issues = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(issues, self.issue(2))

    def test_import_now(self):
        binding = self.import_computer(1, ocs_computer())
        binding.odoo_id.manufacturer = "edited"
        binding.odoo_id.action_ocs_import_now()
        self.assertEqual(binding.manufacturer, "Dell Inc.")

    def test_import_now_of_several(self):
        bindings = self.import_computer(1, ocs_computer())
        bindings |= self.import_computer(2, ocs_computer())
        with trap_jobs() as trap:
            bindings.action_import_now()
        trap.assert_jobs_count(2)

    def test_import_now_raises_a_readable_error(self):
        binding = self.import_computer(1, ocs_computer())
        with (
            mock.patch.object(OcsComputerJobs, "_lock", return_value=set()),
            self.assertRaisesRegex(UserError, "Try again"),
        ):
            binding.action_import_now()

    def test_invalid_port(self):
        for port in (0, 65536):
            with self.subTest(port), self.assertRaises(ValidationError):
                self.backend.port = port

    def test_unknown_version_has_no_adapter(self):
        self.backend.version = False
        with self.backend.work_on("ocs.computer.binding") as work:
            self.assertFalse(work.many_components(usage="backend.adapter"))

    def test_name_of_a_copy(self):
        self.assertEqual(self.backend.copy().name, "Test OCS (copy)")

    def test_backend_with_assets_cannot_be_deleted(self):
        self.import_computer(1, ocs_computer())
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.backend.unlink()
        self.binding(1).odoo_id.unlink()
        self.backend.unlink()

    def test_untested_backend_imports_nothing(self):
        binding = self.import_computer(1, ocs_computer())
        self.backend.version = False
        with self.assertRaisesRegex(UserError, "Click “Test connection”"):
            binding.action_import_now()

    def test_version_follows_an_upgrade_of_ocs(self):
        self.schema = 7049
        self.start_run().scan()
        self.assertEqual(self.backend.version, "2.8")

    def test_scan_is_recorded(self):
        self.start_run()._fail("The reason.")
        self.assertEqual(self.backend.last_error, "The reason.")
        self.assertFalse(self.backend.last_scan)
        self.start_run().scan()
        self.assertTrue(self.backend.last_scan)
        self.assertTrue(self.backend.last_comparison)
        self.assertFalse(self.backend.last_error)

    def test_button_runs_postponed_single_job_now(self):
        """OCS did not answer; the user does not wait for the next attempt."""
        model = self.env["ocs.computer.binding"]
        model._enqueue_import(self.backend, 1)
        job = self.env["queue.job"].search([("method_name", "=", "import_record")])
        job.eta = datetime.now() + timedelta(minutes=15)
        self.backend.action_import_changed()
        self.assertFalse(job.eta)

    def test_import_now_reports_its_result(self):
        binding = self.import_computer(1, ocs_computer())
        del self.ocs[1]
        action = binding.action_import_now()
        self.assertIn("no computer", action["params"]["message"])
