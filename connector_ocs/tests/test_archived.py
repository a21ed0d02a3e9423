# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from ast import literal_eval

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ocs_computer, ocs_monitor
from .ownership import locked_fields
from .runs import RunCase

SERIAL = "5CD1234XYZ"


@tagged("post_install", "-at_install")
class TestArchived(RunCase):
    """An archived backend is quiet, until it is unarchived."""

    def listed(self, name):
        """Return the records of a menu, as its action opens it."""
        action = self.env["ir.actions.act_window"]._for_xml_id(f"connector_ocs.{name}")
        records = self.env[action["res_model"]].with_context(active_test=False)
        return records.search(
            [("backend_id", "=", self.backend.id), *literal_eval(action["domain"])]
        )

    def set_active(self, active):
        self.backend.active = active
        self.env.flush_all()
        self.env.invalidate_all()

    def test_lists(self):
        self.fill(1, 2)
        self.ocs[1]["monitors"] = [ocs_monitor("MON-4711-XYZ")]
        self.ocs[2]["hardware"]["ARCHIVE"] = 1
        self.ocs[3] = self.machine(3, hardware={"ARCHIVE": 1})
        self.import_changed()
        shared = self.env["ocs.shared.identifier"]
        shared._remember(self.backend, {("ocs_serial", SERIAL.casefold())})
        actions = [
            f"{model}_action"
            for model in (
                "ocs_computer_binding",
                "ocs_monitor_binding",
                "ocs_import_issue",
                "ocs_import_run",
                "ocs_shared_identifier",
            )
        ]
        before = {name: self.listed(name) for name in actions}
        for active in (False, True):
            self.set_active(active)
            for name in actions:
                with self.subTest(name, active=active):
                    self.assertTrue(before[name])
                    self.assertEqual(bool(self.listed(name)), active)
        self.assertEqual({name: self.listed(name) for name in actions}, before)

    def test_nothing_is_locked(self):
        binding = self.import_computer(1, ocs_computer())
        asset = binding.odoo_id
        asset.name = "Edited"
        for active, number in ((True, 1), (False, 0), (True, 1)):
            self.set_active(active)
            with self.subTest(active=active):
                self.assertEqual(len(asset.ocs_field_differences or []), number)
                self.assertEqual(bool(asset.ocs_locked_labels), active)
                self.assertEqual(binding.has_locked_fields, active)
                self.assertEqual(bool(locked_fields(asset)), active)

    def import_renamed(self):
        """Rename the computer 1, and import it with another backend.

        :return: its binding there
        """
        values = {"name": "New", "host": "new.invalid", "active": True}
        other = self.backend.copy(values)
        self.ocs[1]["hardware"]["NAME"] = "RENAMED"
        self.env["ocs.computer.binding"].import_record(other, 1)
        return self.env["ocs.computer.binding"]._find(other, 1)

    def test_values_from_it_are_no_edits_for_another_backend(self):
        computer = ocs_computer(bios={"SSN": SERIAL})
        asset = self.import_computer(1, computer).odoo_id
        asset.location = "Typed"
        self.set_active(False)
        binding = self.import_renamed()
        self.assertEqual(binding.odoo_id, asset)
        self.assertEqual((asset.name, asset.location), ("RENAMED", "Typed"))
        self.assertFalse(binding.has_locked_fields)

    def test_values_of_an_archived_asset(self):
        asset = self.import_computer(1, ocs_computer(bios={"SSN": SERIAL})).odoo_id
        asset.active = False
        self.set_active(False)
        other = self.backend.copy({"name": "New", "active": True})
        values = {"backend_id": other.id, "odoo_id": asset.id, "external_id": 1}
        binding = self.env["ocs.computer.binding"].create(values)
        with other.work_on("ocs.computer.binding") as work:
            ownership = work.component(usage="ownership")
            self.assertFalse(ownership.is_protected(binding, "name"))
            asset.name = "mine"
            self.assertTrue(ownership.is_protected(binding, "name"))

    def test_binding_without_stored_values(self):
        """Its values may be edits, so another backend keeps them."""
        computer = ocs_computer(bios={"SSN": SERIAL})
        binding = self.import_computer(1, computer)
        binding.write({"ocs_values": False, "last_imported_values": False})
        self.set_active(False)
        self.assertEqual(self.import_renamed().name, "PC")

    def test_buttons(self):
        self.fill(1, 2)
        waiting = self.start_run(state="waiting")
        model = self.env["ocs.import.issue"]
        failed = model._record(self.backend, 8, "failed")
        ambiguous = model._record(self.backend, 9, "ambiguous")
        bindings = self.binding(1) | self.binding(2)
        self.set_active(False)
        jobs = self.jobs()
        for button in (
            self.backend.action_import_changed,
            self.backend.action_import_all,
            self.backend.action_approve_run,
            waiting.action_approve,
            waiting.action_retry_failed,
            bindings.action_import_now,
            bindings[0].action_import_now,
            bindings[0].odoo_id.action_ocs_import_now,
            failed.action_retry,
            failed.action_import_again,
            ambiguous.action_create_asset,
        ):
            with (
                self.subTest(button.__name__),
                self.assertRaisesRegex(UserError, "archived. Unarchive it to import"),
            ):
                button()
        self.backend.import_automatically = True
        self.env["ocs.backend"]._cron_import_changed()
        self.assertFalse(self.backend._start_run("schedule"))
        self.assertEqual(self.jobs(), jobs)
        self.assertEqual(waiting.state, "waiting")
        self.set_active(True)
        self.assertEqual(len(self.backend.activity_ids), 2)  # to approve, to decide
        self.backend.action_approve_run()
        self.assertEqual(waiting.state, "scanning")

    def test_queued_jobs_end_quietly(self):
        model = self.env["ocs.computer.binding"]
        self.ocs[1] = self.machine(1)
        run = self.start_run()
        self.set_active(False)
        for state, job, *arguments in (
            ("scanning", run.scan),
            ("importing", run.close),
            ("done", model.import_record, self.backend, 1),
            ("done", model.import_chunk, self.backend, [1]),
        ):
            run.state = state
            with self.subTest(job.__name__):
                self.assertIn("is archived", job(*arguments))
                self.assertIn(run.state, ("cancelled", "done"))
        self.assertFalse(self.binding(1) or self.issue(1))

    def test_scan_that_is_queued(self):
        self.ocs[1] = self.machine(1)
        self.backend.action_import_changed()
        run = self.last_run()
        self.set_active(False)
        self.perform_jobs()
        self.assertEqual(run.state, "cancelled")
        self.assertIn("archived", run.message)
        self.assertFalse(self.jobs("failed") or self.jobs("pending"))
        self.set_active(True)
        self.import_changed()
        self.assertTrue(self.binding(1))
