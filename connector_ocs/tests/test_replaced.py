# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import UserError
from odoo.tests import tagged

from .runs import RunCase


class ReplacedCase(RunCase):
    """Test case with three computers; OCS may give their IDs to other machines."""

    def setUp(self):
        super().setUp()
        self.bindings = self.fill(1, 2, 3)
        self.assets = self.bindings.odoo_id

    def give_id(self, external_id, number):
        """Let another machine report under the ID of a computer."""
        self.ocs[external_id] = self.machine(number)


@tagged("post_install", "-at_install")
class TestReusedId(ReplacedCase):
    """OCS gives the ID of a computer to another machine."""

    def setUp(self):
        super().setUp()
        self.give_id(2, 9)

    def assert_new_asset(self):
        asset = self.assets[1]
        self.assertEqual((asset.name, asset.serial_no), ("PC-2", "5CG0002XYZ"))
        self.assertFalse(asset.active)
        self.assertEqual(self.bindings[1].removal_action, "archive")
        new = self.binding(2).odoo_id
        self.assertNotIn(new, self.assets)
        self.assertEqual((new.name, new.serial_no), ("PC-9", "5CG0009XYZ"))

    def test_run(self):
        run = self.import_changed()
        self.assert_new_asset()
        self.assertEqual((run.removed_count, run.new_count), (1, 1))
        self.assertEqual((run.changed_count, run.rebound_count), (0, 0))
        self.assertIn("another machine, PC-9", " ".join(self.notes(self.assets[1])))
        self.assertFalse(self.import_changed().job_count)

    def test_removed_before(self):
        content = self.ocs.pop(2)
        self.import_changed()
        self.assertFalse(self.assets[1].active)
        self.ocs[2] = content
        run = self.import_changed()
        self.assert_new_asset()
        self.assertEqual(run.removed_count, 0)

    def test_archived_before(self):
        self.ocs[2] = self.machine(2, hardware={"ARCHIVE": 1})
        self.import_changed()
        self.give_id(2, 9)
        self.import_changed()
        self.assert_new_asset()

    def test_computer_comes_back_during_the_run(self):
        """Nothing is left of the other machine, not even an entry in a list."""
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        self.assertLess(self.bindings[1].external_id, 0)
        self.give_id(2, 2)
        self.import_computer(2)
        with self.failing_imports(-self.bindings[1].id):
            self.perform_jobs()
        self.assertEqual(self.binding(2).odoo_id, self.assets[1])
        self.assertTrue(self.assets[1].active)
        self.assertFalse(self.env["ocs.import.issue"].search([]))
        waiting = self.jobs("done", "import_record").filtered(
            lambda job: job.args[1] == -self.bindings[1].id
        )
        self.assertIn("has been imported under another ID", waiting.result)

    def test_import_now(self):
        """It would not ask anybody, so it leaves the decision to a run."""
        before = self.versions("maintenance_equipment")
        result = self.bindings[1].action_import_now()
        self.assertIn("another machine", result["params"]["message"])
        self.assertEqual(self.issue(2).reason, "replaced")
        self.assertEqual(self.versions("maintenance_equipment"), before)
        self.import_changed()
        self.assert_new_asset()
        self.assertFalse(self.issue(2))

    def test_import_all(self):
        self.import_changed(force=True)
        self.assert_new_asset()

    def test_in_chunks(self):
        self.backend.write({"chunk_threshold": 1, "chunk_size": 2})
        self.import_changed()
        self.assert_new_asset()

    def test_machine_is_back_under_another_id(self):
        self.import_changed()
        self.ocs[7] = self.machine(2)
        self.import_changed()
        self.assertEqual(self.binding(7).odoo_id, self.assets[1])
        self.assertTrue(self.assets[1].active)
        self.assertEqual(self.bindings[1].external_id, 7)

    def test_group(self):
        self.ocs[2] = self.machine(8, hardware={"DEVICEID": "_SYSTEMGROUP_"})
        self.import_changed()
        self.assertFalse(self.assets[1].active)
        self.assertEqual(self.assets[1].name, "PC-2")

    def test_another_agent_on_the_same_machine(self):
        self.ocs[2] = self.machine(2, hardware={"DEVICEID": "PC-2-2026-01-01-00-00-00"})
        self.import_changed()
        self.assertEqual(self.binding(2).odoo_id, self.assets[1])
        self.assertEqual(self.binding(2).device_id, "PC-2-2026-01-01-00-00-00")

    def test_person_decides_if_in_doubt(self):
        """The other machine has the serial number, and nothing else, in common."""
        self.give_id(2, 9)
        self.ocs[2]["bios"]["SSN"] = "5CG0002XYZ"
        self.import_changed()
        self.assertEqual(self.assets[1].name, "PC-2")
        self.assertEqual(self.issue(2).reason, "ambiguous")
        self.assertEqual(self.issue(2).candidate_ids, self.assets[1])
        self.assertIn("a different device ID, ", self.issue(2).message)
        self.issue(2).action_create_asset()
        self.perform_jobs()
        self.assertNotIn(self.binding(2).odoo_id, self.assets)


@tagged("post_install", "-at_install")
class TestOtherServer(ReplacedCase):
    """OCS was restored or replaced: other machines have the IDs."""

    def setUp(self):
        super().setUp()
        self.backend.write({"approval_percent": 10, "approval_minimum": 1})
        self.before = [(each.name, each.serial_no) for each in self.assets]

    def assert_same_assets(self, *numbers):
        """Each machine has its asset, under the IDs 1, 2 and 3."""
        for external_id, number in enumerate(numbers, 1):
            self.assertEqual(self.binding(external_id).odoo_id.name, f"PC-{number}")
        self.assertEqual([(a.name, a.serial_no) for a in self.assets], self.before)
        self.assertEqual(self.assets.mapped("active"), [True] * 3)

    def shift(self):
        self.ocs = {1: self.machine(3), 2: self.machine(1), 3: self.machine(2)}

    def test_question(self):
        self.shift()
        before = self.versions("maintenance_equipment", "ocs_computer_binding")
        run = self.import_changed()
        self.assertEqual((run.state, run.affected_count), ("waiting", 3))
        self.assertIn("3 whose ID another machine has", run.message)
        self.assertEqual(
            self.versions("maintenance_equipment", "ocs_computer_binding"), before
        )
        run.action_approve()
        self.perform_jobs()
        self.assert_same_assets(3, 1, 2)
        self.assertEqual((run.rebound_count, run.new_count), (3, 0))
        self.assertFalse(self.import_changed().job_count)

    def test_without_approval(self):
        self.backend.approval_percent = 0
        self.shift()
        self.import_changed()
        self.assert_same_assets(3, 1, 2)

    def test_few_computers(self):
        """Another server asks even if few assets are affected."""
        for change in (
            {"server": "another-uuid"},
            {"schema": 7050},
            {"created": 2, "next_id": -1},
        ):
            with self.subTest(change), self.env.cr.savepoint() as savepoint:
                server, self.server = self.server, self.server | change
                content = self.ocs.pop(2)
                run = self.import_changed()
                self.assertEqual((run.state, run.affected_count), ("waiting", 1))
                run.action_approve()
                self.perform_jobs()
                self.assertEqual(run.state, "done")
                self.assertFalse(self.assets[1].active)
                del self.ocs[3]  # the server is known now
                self.assertEqual(self.import_changed().state, "done")
                self.server, self.ocs[2], self.ocs[3] = server, content, content
                self.ocs[3] = self.machine(3)
                savepoint.rollback()

    def test_moved_to_another_server(self):
        """The IDs are the same, so that nobody needs to be asked."""
        self.server = self.server | {"server": "another-uuid", "created": 99}
        self.ocs[4] = self.machine(4)
        self.assertEqual(self.import_changed().state, "done")
        del self.ocs[4]
        self.server = self.server | {"server": "a-uuid"}  # a cluster has several
        self.assertEqual(self.import_changed().state, "done")

    def test_optimized_tables(self):
        self.server = self.server | {"created": 99}
        del self.ocs[2]
        self.assertEqual(self.import_changed().state, "done")


@tagged("post_install", "-at_install")
class TestDecisionsUnderAnotherId(ReplacedCase):
    """What users decided holds for the machine, not for its ID in OCS."""

    def test_ignored_computer(self):
        self.bindings[1].odoo_id.unlink()
        with self.failing_imports(2):
            self.import_changed(force=True)
        self.issue(2).action_ignore()
        self.import_changed()
        self.ocs[8] = self.ocs[2]
        self.give_id(2, 9)
        self.import_changed()
        self.assertFalse(self.issue(2))
        self.assertEqual(self.binding(2).name, "PC-9")
        self.assertFalse(self.binding(8))
        self.assertEqual(self.issue(8).reason, "ignored")


@tagged("post_install", "-at_install")
class TestNoAssetIsDeleted(ReplacedCase):
    """No import deletes an asset, whatever OCS reports."""

    def test_guard(self):
        asset = self.assets[0].with_env(self.backend._for_import().env)
        with self.assertRaisesRegex(UserError, "cannot delete assets"):
            asset.unlink()
        self.assets[0].unlink()


@tagged("post_install", "-at_install")
class TestReusedAfterRebinding(ReplacedCase):
    """OCS gives an ID to another machine before the asset rebound to it is imported."""

    def test_import(self):
        del self.ocs[2]
        self.import_changed()
        self.ocs[7] = self.machine(2, hardware={"ID": 7})
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        self.assertEqual(self.bindings[1].external_id, 7)
        self.give_id(7, 9)
        self.perform_jobs()
        self.import_changed()
        self.assertEqual(self.assets[1].name, "PC-2")
        self.assertFalse(self.assets[1].active)
        self.assertEqual(self.binding(7).name, "PC-9")
