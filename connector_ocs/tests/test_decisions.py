# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .test_asset_matcher import SERIAL, UUID, AssetCase


@tagged("post_install", "-at_install")
class TestDecisions(AssetCase):
    """A user decides which asset belongs to a computer."""

    def setUp(self):
        super().setUp()
        self.use_keys("serial", "uuid", "name")
        self.one, self.other = (
            self.create_asset(name="PC-7"),
            self.create_asset(name="PC-7"),
        )
        self.import_changed()
        self.waiting = self.issue(7)
        self.assertEqual(self.waiting.reason, "ambiguous")

    def decide(self, method, *args):
        """Call a method of the issue, and perform the jobs."""
        getattr(self.waiting, method)(*args)
        self.perform_jobs()

    def test_issue_shows_the_facts(self):
        self.assertRecordValues(
            self.waiting,
            [
                {
                    "name": "PC-7",
                    "ocs_serial": SERIAL,
                    "hardware_uuid": UUID,
                    "device_id": "PC-7-2024-01-15-10-00-00",
                    "manufacturer": "Dell Inc.",
                    "ocs_tag": "Paris",
                    "mac_addresses": "00:4A:00:00:00:01, 00:4A:00:00:00:02",
                }
            ],
        )

    def test_undecided_computer_is_skipped(self):
        run = self.import_changed()
        self.assertEqual((run.job_count, run.skipped), (0, {"ambiguous": 1}))

    def test_link_to_an_asset(self):
        self.other.with_context(ocs_issue_id=self.waiting.id).action_ocs_link()
        self.perform_jobs()
        binding = self.binding(7)
        self.assertEqual(binding.odoo_id, self.other)
        self.assertFalse(self.issue(7))
        self.assertEqual(binding.match_reason, f"Linked by {self.env.user.name}.")
        self.assertIn("Linked by", " ".join(self.notes(self.other)))
        self.assertEqual(self.other.serial_no, SERIAL)
        self.assertFalse(self.one.ocs_bind_ids)

    def test_link_unarchives_the_asset(self):
        self.one.active = False
        self.other.serial_no = SERIAL
        self.other.active = False
        self.import_changed()
        self.waiting = self.issue(7)
        self.assertEqual(self.waiting.candidate_ids, self.other)
        self.decide("_link", self.other)
        self.assertEqual(self.binding(7).odoo_id, self.other)
        self.assertTrue(self.other.active)
        self.assertIn("was unarchived", " ".join(self.notes(self.other)))

    def test_create_an_asset(self):
        self.decide("action_create_asset")
        binding = self.binding(7)
        self.assertNotIn(binding.odoo_id, self.one + self.other)
        self.assertIn(self.env.user.name, binding.match_reason)
        self.assertFalse(self.issue(7))

    def test_ignore(self):
        """The computer stays ignored, whatever changes in OCS and whoever imports."""
        self.decide("action_ignore")
        self.ocs[7]["hardware"]["MEMORY"] = 1
        for force in (False, True):
            with self.subTest(force=force):
                run = self.import_changed(force=force)
                self.assertEqual((run.job_count, run.skipped), (0, {"ignored": 1}))
        self.import_computer(7, force=True)
        self.assertEqual(self.issue(7).reason, "ignored")
        self.backend._request_imports("settings")
        self.assertEqual(self.import_changed().job_count, 0)

    def test_ignored_computer_is_archived_and_unarchived_in_ocs(self):
        self.decide("action_ignore")
        for archived, reason in ((1, "archived"), (0, "ignored")):
            self.ocs[7]["hardware"]["ARCHIVE"] = archived
            self.import_changed()
            self.assertEqual(self.issue(7).reason, reason)
        self.assertFalse(self.binding(7))

    def test_ignored_computer_returns_to_ocs(self):
        """It returns under its ID, or under a new one."""
        self.decide("action_ignore")
        machine = self.ocs.pop(7)
        self.import_changed()
        self.ocs[7] = machine
        self.assertFalse(self.import_changed().job_count)
        del self.ocs[7]
        machine["hardware"]["DEVICEID"] = "PC-7-2026-01-15-10-00-00"
        self.ocs[17] = machine
        self.import_changed()
        self.assertFalse(self.binding(17))
        self.assertEqual(self.issue(17).reason, "ignored")
        self.assertEqual(self.issue(17).decided_by_id, self.env.user)
        self.assertFalse(self.import_changed(force=True).job_count)
        self.one.unlink()
        self.issue(17).action_import_again()
        self.perform_jobs()
        self.assertEqual(self.binding(17).odoo_id, self.other)

    def test_similar_computers_are_not_ignored(self):
        self.decide("action_ignore")
        for number, hardware in ((17, {"UUID": UUID}), (18, {})):
            bios = {} if hardware else {"SSN": SERIAL}
            self.ocs[number] = self.machine(number, hardware=hardware, bios=bios)
        self.import_changed()
        self.assertNotIn("ignored", (self.issue(17) + self.issue(18)).mapped("reason"))

    def test_import_again(self):
        self.decide("action_ignore")
        self.one.unlink()
        self.decide("action_import_again")
        self.assertEqual(self.binding(7).odoo_id, self.other)

    def test_candidate_is_deleted(self):
        """The computer is linked to the other candidate."""
        self.one.unlink()
        self.import_changed()
        self.assertEqual(self.binding(7).odoo_id, self.other)

    def test_candidate_is_linked_to_another_computer(self):
        self.one.serial_no = "5CG0008XYZ"
        self.fill(8)
        self.assertEqual(self.binding(8).odoo_id, self.one)
        self.import_changed()
        self.assertEqual(self.binding(7).odoo_id, self.other)

    def test_other_computer_is_deleted(self):
        """Only one computer is left that matches the asset."""
        self.use_keys("serial")
        self.one.serial_no = SERIAL
        self.ocs[9] = self.machine(9, bios={"SSN": SERIAL}, hardware={"UUID": ""})
        self.import_changed()
        waiting = self.issue(7) + self.issue(9)
        self.assertEqual(waiting.mapped("reason"), ["ambiguous"] * 2)
        del self.ocs[9]
        self.import_changed()
        self.assertEqual(self.binding(7).odoo_id, self.one)

    def test_decided_too_late(self):
        """The chosen asset was linked to another computer meanwhile."""
        self.waiting._link(self.one)
        self.one.serial_no = "5CG0008XYZ"
        self.ocs[8] = self.machine(8)
        self.import_computer(8)
        self.perform_jobs()
        self.assertEqual(self.binding(8).odoo_id, self.one)
        self.assertEqual(self.binding(7).odoo_id, self.other)

    def test_chosen_asset_is_archived(self):
        self.waiting._link(self.one)
        self.one.active = False
        self.perform_jobs()
        self.assertEqual(self.binding(7).odoo_id, self.one)
        self.assertTrue(self.one.active)

    def test_matching_keys_change(self):
        self.use_keys("uuid")
        self.import_changed()
        self.assertTrue(self.binding(7))

    def test_only_candidates_can_be_linked(self):
        stranger = self.create_asset(name="Another")
        with self.assertRaises(UserError):
            self.waiting._link(stranger)

    def test_nothing_to_decide(self):
        self.decide("action_ignore")
        with self.assertRaises(UserError):
            self.waiting._link(self.one)

    def test_computer_with_an_asset_is_not_ignored(self):
        (binding,) = self.fill(1)
        issue = self.env["ocs.import.issue"]._record(
            self.backend, binding.external_id, "failed"
        )
        notice = issue.action_ignore()["params"]
        self.assertIn("have no asset", notice["message"])
        self.assertEqual(issue.reason, "failed")

    def test_only_managers_can_decide(self):
        user = new_test_user(
            self.env, "ocs_reader", groups="connector_ocs.group_ocs_user"
        )
        waiting = self.waiting.with_user(user)
        self.assertEqual(waiting.reason, "ambiguous")
        for method in ("action_ignore", "action_create_asset", "action_import_again"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(waiting, method)()
        with self.assertRaises(AccessError):
            waiting._link(self.one.with_user(user))

    def test_manager_can_decide(self):
        manager = new_test_user(
            self.env, "ocs_decider", groups="connector_ocs.group_ocs_manager"
        )
        asset = self.one.with_user(manager)
        asset.with_context(ocs_issue_id=self.waiting.id).action_ocs_link()
        self.perform_jobs()
        self.assertEqual(self.binding(7).odoo_id, self.one)
        self.assertIn(manager.name, self.binding(7).match_reason)
