# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, sql_db
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import ocs_monitor
from .runs import RunCase

HOST = "requests.invalid"
SERIAL = "5CG9999XYZ"


@tagged("post_install", "-at_install")
class TestImportRequests(RunCase):
    """The binding shows why its computer is imported again, until it is."""

    def setUp(self):
        super().setUp()
        self.fill(1, 2)
        self.first, self.second = self.binding(1), self.binding(2)

    def scan(self):
        """Start a run and find out what it imports, without importing it."""
        self.backend._start_run("schedule")
        self.perform_jobs("scan")

    def assert_requested(self, reason, *bindings):
        """Check that these computers, and no others, are imported again for a reason.

        Then import them.
        """
        both = self.first | self.second
        for binding in both:
            expected = reason if binding in bindings else False
            self.assertEqual(binding.import_request, expected)
            self.assertEqual(bool(binding.import_requested_on), bool(expected))
            is_removed = binding.removed_since
            self.assertEqual(binding.import_state == "to_import", bool(expected))
            self.assertFalse(expected and is_removed)
            self.assertTrue(binding.digests)
        labels = dict(both._fields["import_request"]._description_selection(self.env))
        self.assertTrue(labels[reason])
        self.import_changed()
        self.assertFalse(any(both.mapped("import_request")))
        self.assertFalse(any(both.mapped("import_requested_on")))
        self.assertNotIn("to_import", both.mapped("import_state"))

    def test_settings(self):
        for change in (
            {"tag_exclude": "Lyon"},
            {"tag_include": "Paris"},
            {"computer_category_id": False},
        ):
            with self.subTest(change=change):
                self.backend.write(change)
                self.assert_requested("settings", self.first, self.second)

    def test_ownership(self):
        self.backend.ownership_ids[0].unlink()
        self.assert_requested("ownership", self.first, self.second)

    def test_last_reason_is_shown(self):
        self.backend.tag_exclude = "Lyon"
        self.backend.ownership_ids[0].unlink()
        self.assert_requested("ownership", self.first, self.second)

    def test_blacklist(self):
        self.blacklists["serials"] = frozenset({self.second.ocs_serial.lower()})
        self.scan()
        self.assert_requested("blacklist", self.second)

    def test_shared_serial(self):
        self.ocs[2]["bios"]["SSN"] = self.first.serial_no
        self.scan()
        self.assert_requested("shared", self.first)

    def test_serial_of_another_computer(self):
        self.ocs[2]["bios"]["SSN"] = self.first.serial_no
        self.ocs[1]["bios"]["SSN"] = SERIAL
        self.import_computer(2)
        self.assert_requested("taken", self.first)

    def test_released_serial(self):
        assets = self.env["maintenance.equipment"]
        asset = assets.create({"name": "Spare", "serial_no": SERIAL})
        self.ocs[2]["bios"]["SSN"] = SERIAL
        self.import_changed()
        self.assertEqual(self.second.import_state, "conflicting")
        asset.serial_no = False
        self.assert_requested("released", self.second)
        self.assertEqual(self.second.serial_no, SERIAL)
        self.assertEqual(self.second.import_state, "imported")

    def test_monitor(self):
        self.ocs[1] = self.machine(1, monitors=[ocs_monitor("CN0ABC123")])
        self.import_changed()
        self.ocs[2] = self.machine(2, monitors=[ocs_monitor("CN0ABC123")])
        self.import_computer(2)
        self.scan()
        self.assertIn("monitor", (self.first | self.second).mapped("import_request"))

    def test_deleted_monitor(self):
        self.ocs[1] = self.machine(1, monitors=[ocs_monitor("CN0ABC123")])
        self.import_changed()
        self.first.monitor_ids.unlink()
        self.assert_requested("monitor_deleted", self.first)
        self.assertTrue(self.first.monitor_ids)

    def test_new_id(self):
        self.ocs[3] = self.ocs.pop(1)
        self.first._rebind(3, "a user said so")
        self.assert_requested("new_id", self.first)

    def test_reused_id(self):
        self.first._release_id("Other")
        self.assertEqual(self.first.import_request, "id_reused")
        self.assertEqual(self.first.import_state, "removed")

    def test_linked_by_a_user(self):
        asset = self.env["maintenance.equipment"].create({"name": "PC"})
        values = {"backend_id": self.backend.id, "external_id": 3}
        binding = self.first.create({**values, "odoo_id": asset.id})
        self.assertEqual(binding.import_request, "new")
        self.assertEqual(binding.import_state, "to_import")
        self.ocs[3] = self.machine(3)
        self.import_changed()
        self.assertEqual(binding.import_state, "imported")

    def test_removed(self):
        computer = self.ocs.pop(2)
        self.import_changed()
        self.assertEqual(self.second.import_state, "removed")
        self.backend.tag_exclude = "Lyon"
        self.assertEqual(self.second.import_state, "removed")
        self.assertEqual(self.second.import_request, "settings")
        self.ocs[2] = computer
        self.import_changed()
        self.assertEqual(self.second.import_state, "imported")

    def test_archived_in_ocs(self):
        self.ocs[2]["hardware"]["ARCHIVE"] = 1
        self.import_changed()
        self.assertFalse(self.second.removed_since)
        self.assertEqual(self.second.import_state, "removed")

    def test_failed_import_keeps_the_request(self):
        self.backend.tag_exclude = "Lyon"
        with self.failing_imports(2):
            self.import_changed()
        self.assertEqual(self.first.import_state, "imported")
        self.assertEqual(self.second.import_request, "settings")

    def test_unchanged_sections_count_as_unchanged(self):
        """A run counts the sections that have changed in OCS."""
        self.backend.tag_exclude = "Lyon"
        run = self.import_changed()
        self.assertEqual((run.changed_count, run.unchanged_count), (0, 2))
        self.assertFalse(run.sections)

    def test_skipped_computer(self):
        self.ocs[3] = self.machine(3, accountinfo={"TAG": "Lyon"})
        self.backend.tag_exclude = "Lyon"
        self.import_changed()
        issue = self.issue(3)
        self.assertEqual((issue.reason, issue.import_request), ("tag", False))
        digests = issue.digests
        self.backend.ownership_ids[0].unlink()
        self.assertEqual(issue.import_request, "ownership")
        self.import_changed()
        self.assertFalse(issue.import_request)
        self.assertEqual((issue.digests, bool(digests)), (digests, True))

    def test_stopped_run(self):
        """The next run retries what the stopped one has not."""
        self.ocs[3] = self.machine(3)
        with self.failing_imports(3):
            self.import_changed()
        self.scan()
        self.last_run().action_stop()
        self.assertEqual(self.issue(3).import_request, "stopped")
        self.import_changed()
        self.assertTrue(self.binding(3))

    def test_section_that_is_no_longer_read(self):
        """What was requested while it was not read concerns it, too."""
        section = self.env.ref("connector_ocs.section_storages")
        self.backend.section_ids -= section
        self.import_changed()
        self.assertIn("storages", self.first.digests)
        self.backend.tag_exclude = "Lyon"
        self.import_changed()
        self.assertNotIn("storages", self.first.digests)
        self.backend.section_ids += section
        self.assertEqual(self.import_changed().changed_count, 2)


@tagged("post_install", "-at_install")
class TestConcurrentRequests(TransactionCase):
    """A request during an import is not lost."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean)
        with self.transaction() as env:
            values = {"name": "OCS", "host": HOST, "user": "reader", "tz": "UTC"}
            backend = env["ocs.backend"].create(values)
            values = {"name": "PC", "backend_id": backend.id, "external_id": 1}
            binding = env["ocs.computer.binding"].create(values)
            self.backend_id, self.binding_id = backend.id, binding.id
            env.cr.commit()

    def clean(self):
        with self.transaction() as env:
            self.binding(env).odoo_id.unlink()
            env["ocs.backend"].browse(self.backend_id).unlink()
            env.cr.commit()

    @contextmanager
    def transaction(self):
        """Open a separate transaction, with its snapshot."""
        with sql_db.db_connect(self.env.cr.dbname).cursor() as cr:
            cr.execute("SELECT 1")
            yield api.Environment(cr, SUPERUSER_ID, {})
            cr.rollback()

    def binding(self, env):
        return env["ocs.computer.binding"].browse(self.binding_id)

    def set(self, method, *args):
        with self.transaction() as env:
            method(self.binding(env), *args)
            env.cr.commit()

    def request(self, binding, reason="settings"):
        binding._request_import(reason)

    def answer(self, binding):
        binding.write(binding._answered({"hardware": "digest"}))

    def assert_collision(self, env):
        with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
            env.flush_all()

    def test_during_an_import(self):
        for reason in (None, "settings", "ownership"):
            with self.subTest(former=reason):
                self.set(self.answer)
                if reason:
                    self.set(self.request, reason)
                with self.transaction() as importing:
                    self.answer(self.binding(importing))
                    self.set(self.request)
                    if reason:  # the import would answer the request
                        self.assert_collision(importing)
                with self.transaction() as env:
                    self.assertEqual(self.binding(env).import_request, "settings")

    def test_before_an_import_is_committed(self):
        self.set(self.request)
        with self.transaction() as env, self.transaction() as importing:
            self.answer(self.binding(importing))
            self.request(self.binding(env))
            importing.cr.commit()
            self.assert_collision(env)
