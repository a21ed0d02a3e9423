# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta
from unittest import mock

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.connector.exception import NetworkRetryableError

from ..components.computer_adapter import OcsComputerAdapter
from ..components.computer_importer import OcsComputerImporter
from ..components.scan_batch_importer import OcsComputerBatchImporter
from ..exceptions import OcsConfigurationError
from ..models import ocs_import_preview
from .common import ocs_monitor
from .fleet_checks import IMPORTED
from .runs import RunCase


class PreviewCase(RunCase):
    """Test case with previews whose jobs are performed one after the other."""

    def preview(self):
        """Start a preview and perform its jobs.

        :return: the preview
        """
        self.backend.action_preview()
        with self.enter_registry_test_mode():
            self.perform_jobs("examine")
        return self.env["ocs.import.preview"].search([], limit=1)

    def outcomes(self, preview):
        """:return: dict {hardware.ID: outcome}"""
        return {line.external_id: line.outcome for line in preview.line_ids}

    def line(self, preview, external_id):
        return preview.line_ids.filtered(lambda line: line.external_id == external_id)


@tagged("post_install", "-at_install")
class TestPreview(PreviewCase):
    """A preview says what an import would do, and does nothing."""

    def test_new_asset(self):
        monitor = ocs_monitor("CN-0815")
        self.ocs[1] = self.machine(1, monitors=[monitor])
        line = self.preview().line_ids
        self.assertEqual((line.name, line.outcome), ("PC-1", "create"))
        self.assertIn("no existing asset matched", line.reason)
        self.assertIn(["Equipment Name", "", "PC-1"], line.changes)
        self.assertIn(["Monitor", "", "DELL P2419H (CN-0815)"], line.changes)
        self.assertFalse(self.binding(1))

    def test_changed_asset(self):
        self.fill(1, 2)
        self.ocs[1] = self.machine(1, hardware={"MEMORY": 16384})
        preview = self.preview()
        self.assertEqual(self.outcomes(preview), {1: "change"})
        self.assertEqual(preview.line_ids.changes, [["Memory (MB)", "8192", "16384"]])
        self.assertEqual(preview.line_ids.summary, "Memory (MB): 8192 → 16384")
        self.assertEqual(preview.unchanged_count, 1)

    def test_linked_asset(self):
        asset = self.env["maintenance.equipment"].create(
            {"name": "Typed", "serial_no": "5CG0001XYZ"}
        )
        self.ocs[1] = self.machine(1)
        line = self.preview().line_ids
        self.assertEqual((line.outcome, line.equipment_id), ("link", asset))
        self.assertIn("5CG0001XYZ", line.reason)
        self.assertIn(["Manufacturer", "", "Dell Inc."], line.changes)

    def test_decision(self):
        """A computer that a user has to decide on is listed, as often as one looks."""
        self.ocs[1] = self.machine(1)
        uuid = self.ocs[1]["hardware"]["UUID"]
        self.env["maintenance.equipment"].create(
            [{"name": name, "hardware_uuid": uuid} for name in ("One", "Other")]
        )
        self.assertEqual(self.outcomes(self.preview()), {1: "decide"})
        self.import_changed()
        self.assertEqual(self.issue(1).reason, "ambiguous")
        self.assertEqual(self.outcomes(self.preview()), {1: "decide"})

    def test_removed_computer(self):
        (binding,) = self.fill(1)
        del self.ocs[1]
        line = self.preview().line_ids
        self.assertEqual((line.outcome, line.equipment_id), ("remove", binding.odoo_id))
        self.assertEqual(line.changes, [["Active", "yes", "no"]])
        self.assertTrue(binding.active)

    def test_archived_computer(self):
        (binding,) = self.fill(1)
        self.ocs[1]["hardware"]["ARCHIVE"] = 1
        self.assertEqual(self.outcomes(self.preview()), {1: "remove"})
        self.assertTrue(binding.active)

    def test_left_out_by_its_tag(self):
        self.backend.tag_exclude = "Paris"
        self.ocs[1] = self.machine(1)
        line = self.preview().line_ids
        self.assertEqual((line.outcome, "“Paris”" in line.reason), ("skip", True))

    def test_new_id(self):
        (binding,) = self.fill(1)
        self.ocs[7] = self.ocs.pop(1)
        self.merged[1] = 7
        line = self.preview().line_ids
        self.assertEqual((line.external_id, line.outcome), (7, "change"))
        self.assertEqual(("new ID" in line.reason, binding.external_id), (True, 1))

    def test_failing_computer(self):
        """It is told, and the others are examined."""
        self.ocs |= {number: self.machine(number) for number in (1, 2, 3)}
        with self.failing_imports(2), self.failing_chunks():
            preview = self.preview()
        self.assertEqual(self.outcomes(preview), {1: "create", 2: "fail", 3: "create"})
        self.assertEqual(self.line(preview, 2).reason, "Broken.")
        self.assertEqual(preview.fail_count, 1)

    def failing_chunks(self):
        """Make every chunk fail, so that each computer is examined alone."""
        return mock.patch.object(
            OcsComputerAdapter, "read_many", side_effect=ValueError("Broken.")
        )

    def test_computer_that_is_being_imported(self):
        self.ocs[1] = self.machine(1)
        model = type(self.env["ocs.computer.binding"])
        with mock.patch.object(model, "_lock", lambda *_args: set()):
            preview = self.preview()
        self.assertEqual(self.outcomes(preview), {1: "importing"})
        self.assertIn("Another job", preview.line_ids.reason)


@tagged("post_install", "-at_install")
class TestPreviewChangesNothing(PreviewCase):
    """Whatever a preview finds, there is no trace of it."""

    def test_no_row_is_written(self):
        self.fill(*range(1, 9))
        self.backend.tag_exclude = "Lyon"
        self.ocs[1] = self.machine(1, hardware={"MEMORY": 16384})
        self.ocs[2] = self.machine(2, accountinfo={"TAG": "Lyon"})
        del self.ocs[3]
        self.ocs[9] = self.ocs.pop(4)
        self.ocs[10] = self.machine(10, monitors=[ocs_monitor("CN-0815")])
        self.ocs[5]["bios"]["SSN"] = self.ocs[6]["bios"]["SSN"]
        tables = (*IMPORTED, "ocs_shared_identifier", "ocs_import_run", "mail_message")
        before = self.versions(*tables)
        preview = self.preview()
        self.assertGreater(len(preview.line_ids), 4)
        self.assertEqual(self.versions(*tables), before)
        self.assertFalse(self.jobs("pending"))

    def test_nothing_starts_after_the_commit(self):
        self.ocs[1] = self.machine(1)
        started = mock.Mock()
        import_together = OcsComputerImporter.import_together

        def notify(importer, imports):
            importer.env.cr.postcommit.add(started)
            return import_together(importer, imports)

        with mock.patch.object(OcsComputerImporter, "import_together", notify):
            self.preview()
        self.env.cr.postcommit.run()
        started.assert_not_called()

    def test_during_a_run(self):
        """A run that waits goes on as if nothing had happened."""
        self.backend.write({"approval_percent": 1, "approval_minimum": 0})
        self.fill(1, 2)
        del self.ocs[1]
        run = self.import_changed()
        self.assertEqual(run.state, "waiting")
        preview = self.preview()
        self.assertEqual(self.outcomes(preview), {1: "remove"})
        self.assertIn("1 of 2", preview.question)
        run.action_approve()
        self.perform_jobs()
        self.assertEqual((run.state, run.removed_count), ("done", 1))

    def test_pages(self):
        """Several jobs tell the same as one."""
        bindings = self.fill(*range(1, 13))
        for number in range(1, 7):
            self.ocs[number]["hardware"]["MEMORY"] = 16384
        for number in (7, 8):
            del self.ocs[number]
        self.ocs |= {number: self.machine(number) for number in range(20, 26)}
        at_once = self.outcomes(self.preview())
        self.assertEqual(len(at_once), 14)
        with (
            mock.patch.object(ocs_import_preview, "FIRST_PAGE", 2),
            mock.patch.object(ocs_import_preview, "LARGEST_PAGE", 4),
        ):
            preview = self.preview()
        self.assertEqual(self.outcomes(preview), at_once)
        self.assertEqual((preview.seen_count, preview.unchanged_count), (16, 4))
        self.assertTrue(all(bindings.mapped("active")))

    def test_former_preview_is_replaced(self):
        self.ocs[1] = self.machine(1)
        former = self.preview()
        self.preview()
        self.assertFalse(former.exists())


@tagged("post_install", "-at_install")
class TestPreviewFailures(PreviewCase):
    """What goes wrong is told."""

    def test_ocs_cannot_be_reached(self):
        """Whoever clicks is told at once."""
        error = OcsConfigurationError("OCS did not respond.", 0)
        with (
            mock.patch.object(type(self.backend), "_detect", side_effect=error),
            self.assertRaisesRegex(UserError, "OCS did not respond."),
        ):
            self.backend.action_preview()
        self.assertFalse(self.env["ocs.import.preview"].search([]))

    def test_ocs_stops_responding(self):
        for error in (
            OcsConfigurationError("Access denied.", 1045),
            NetworkRetryableError("OCS did not respond."),
        ):
            with (
                self.subTest(error=error),
                mock.patch.object(
                    OcsComputerBatchImporter, "_reconcile", side_effect=error
                ),
            ):
                preview = self.preview()
                self.assertEqual(
                    (preview.state, preview.message), ("failed", str(error))
                )

    def test_unexpected_error(self):
        with mock.patch.object(
            OcsComputerBatchImporter, "_reconcile", side_effect=ValueError("Broken.")
        ):
            preview = self.preview()
        self.assertEqual((preview.state, preview.message), ("failed", "Broken."))

    def test_deleted_meanwhile(self):
        self.ocs[1] = self.machine(1)
        self.backend.action_preview()
        self.env["ocs.import.preview"].search([]).unlink()
        self.perform_jobs("examine")
        (job,) = self.jobs("done", "examine")
        self.assertEqual(job.result, "The preview was deleted.")

    def test_archived_backend(self):
        self.backend.active = False
        with self.assertRaises(UserError):
            self.backend.action_preview()

    def test_only_managers(self):
        user = new_test_user(self.env, "reader", "connector_ocs.group_ocs_user")
        with self.assertRaises(AccessError):
            self.backend.with_user(user).action_preview()
        self.ocs[1] = self.machine(1)
        preview = self.preview()
        with self.assertRaises(AccessError):
            preview.with_user(user).read(["state"])
        with self.assertRaises(AccessError):
            preview.line_ids.with_user(user).read(["name"])

    def test_manager_of_another_company(self):
        self.ocs[1] = self.machine(1)
        preview = self.preview()
        company = self.env["res.company"].create({"name": "Other"})
        user = new_test_user(
            self.env,
            "other",
            "connector_ocs.group_ocs_manager",
            company_id=company.id,
            company_ids=company.ids,
        )
        for records in (preview, preview.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(user).read(["display_name"])

    def test_old_previews_are_deleted(self):
        old, new = self.env["ocs.import.preview"].create(
            [{"backend_id": self.backend.id}] * 2
        )
        late = fields.Datetime.now() + timedelta(days=1, minutes=5)
        with mock.patch.object(fields.Datetime, "now", return_value=late):
            old._gc_previews()
        self.assertFalse((old | new).exists())
        kept = new.create({"backend_id": self.backend.id})
        kept._gc_previews()
        self.assertTrue(kept.exists())
