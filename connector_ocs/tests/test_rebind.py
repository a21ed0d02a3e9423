# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.ocs_computer_binding import OcsComputerBinding
from .common import ocs_monitor
from .runs import RunCase


class RebindCase(RunCase):
    """A machine that is removed from OCS and may return with the ID 3."""

    def setUp(self):
        super().setUp()
        _other, self.binding_before = self.fill(1, 2)
        self.asset = self.binding_before.odoo_id

    def replace(self, **sections):
        """Replace computer 2 by computer 3 in OCS, and import.

        :param sections: values of computer 3, such as those of computer 2
        :return: the run
        """
        self.ocs.pop(2, None)
        self.ocs[3] = self.machine(3, **sections)
        return self.import_changed()

    def assert_same_asset(self):
        self.assertEqual(self.binding(3), self.binding_before)
        self.assertEqual(self.binding(3).odoo_id, self.asset)
        self.assertTrue(self.asset.active)
        self.assertFalse(self.binding(2))
        self.assertFalse(
            self.binding(3).removed_since or self.binding(3).removal_action
        )

    def assert_another_asset(self):
        self.assertTrue(self.binding(3))
        self.assertNotEqual(self.binding(3).odoo_id, self.asset)
        self.assertFalse(self.asset.active)


@tagged("post_install", "-at_install")
class TestRebind(RebindCase):
    """A machine with a new ID keeps its asset."""

    serial = {"SSN": "5CG0002XYZ"}
    device = {"DEVICEID": "PC-2-2024-01-15-10-00-00"}
    uuid = {"UUID": "4C4C4544-0042-3510-8052-000000000002"}
    #: a machine that was reinstalled and renamed
    same = {"bios": serial, "hardware": uuid}

    def test_each_key_matches(self):
        for sections, reason in (
            ({"hardware": self.device}, "device ID"),
            ({"bios": self.serial, "hardware": {"UUID": ""}}, "serial number"),
            ({"hardware": self.uuid, "bios": {"SSN": "0"}}, "UUID"),
        ):
            with self.subTest(reason), self.env.cr.savepoint() as savepoint:
                if "device" in reason:
                    sections["bios"] = self.serial
                run = self.replace(**sections)
                self.assert_same_asset()
                self.assertIn(reason, " ".join(self.notes(self.asset)))
                self.assertEqual(run.rebound_count, 1)
                self.assertEqual((run.new_count, run.changed_count), (0, 0))
                self.assertEqual(self.asset.name, "PC-3")
                savepoint.rollback()

    def test_rebound_computer_is_counted_once(self):
        run = self.replace(**self.same)
        self.assertEqual((run.job_count, run.queued_count), (1, 0))

    def test_merged_by_ocs(self):
        self.merged = {2: 3}
        run = self.replace(hardware={"UUID": ""}, bios={"SSN": ""})
        self.assert_same_asset()
        self.assertEqual((run.new_count, run.rebound_count), (0, 1))
        self.assertIn("deleted_equiv", " ".join(self.notes(self.asset)))

    def test_new_id_after_the_removal(self):
        """The asset, which was archived meanwhile, is restored."""
        del self.ocs[2]
        self.import_changed()
        self.assertFalse(self.asset.active)
        self.replace(**self.same)
        self.assert_same_asset()

    def test_no_key_matches(self):
        self.replace()
        self.assert_another_asset()

    def test_computer_in_ocs_is_not_rebound(self):
        """A machine that is in OCS keeps its ID, whatever another one reports."""
        self.ocs[3] = self.machine(3, **self.same)
        self.import_changed()
        self.assertEqual(self.binding(2), self.binding_before)
        self.assertNotEqual(self.binding(3).odoo_id, self.asset)

    def test_blacklisted_values_do_not_match(self):
        for blacklist in (
            {"DEVICEID": "MANUEL"},
            {"UUID": "00000000-0000-0000-0000-000000000000"},
            {},
        ):
            with self.subTest(blacklist), self.env.cr.savepoint() as savepoint:
                sections = {"hardware": blacklist, "bios": {"SSN": "Default string"}}
                self.ocs = {1: self.machine(1), 2: self.machine(2, **sections)}
                self.import_changed()
                self.replace(**sections)
                self.assert_another_asset()
                savepoint.rollback()

    def test_key_shared_by_two_new_computers_does_not_match(self):
        self.ocs[4] = self.machine(4, **self.same)
        self.replace(**self.same)
        self.assert_another_asset()
        self.assertFalse(self.asset.active)

    def test_two_removed_computers_are_ambiguous(self):
        """A user decides which of the two it is."""
        del self.ocs[2]
        other = self.fill(5).odoo_id
        self.ocs[5]["bios"]["SSN"] = "5CG0002XYZ"
        self.import_changed()
        del self.ocs[5]
        self.replace(bios=self.serial)
        self.assertFalse(self.binding(3))
        self.assertEqual(self.issue(3).reason, "ambiguous")
        self.assertEqual(self.issue(3).candidate_ids, self.asset + other)
        self.issue(3)._link(self.asset)
        self.perform_jobs()
        self.assert_same_asset()

    def test_different_serial_number_does_not_match(self):
        """As with a cloned virtual machine, or a disk moved to another machine."""
        for hardware in (self.device, self.uuid):
            with self.subTest(hardware), self.env.cr.savepoint() as savepoint:
                self.replace(hardware=hardware)
                self.assert_another_asset()
                savepoint.rollback()

    def test_group_is_not_rebound(self):
        self.replace(hardware={"DEVICEID": "_SYSTEMGROUP_"}, bios=self.serial)
        self.assertFalse(self.binding(3))
        self.assertFalse(self.asset.active)

    def test_other_backend_does_not_rebind(self):
        other = self.backend.copy({"name": "Other OCS", "version": "2.9.1"})
        del self.ocs[2]
        self.import_changed()
        self.ocs = {3: self.machine(3, **self.same)}
        other._start_run("schedule")
        self.perform_jobs()
        self.assertEqual(self.binding_before.external_id, 2)

    def test_linked_records_are_kept(self):
        request = self.env["maintenance.request"].create(
            {"name": "Broken", "equipment_id": self.asset.id}
        )
        self.asset.message_post(body="Repaired.")
        self.asset.note = "In the attic."
        self.replace(**self.same)
        self.assert_same_asset()
        self.assertEqual(request.equipment_id, self.asset)
        self.assertIn("Repaired.", " ".join(self.notes(self.asset)))
        self.assertIn("In the attic.", self.asset.note)

    def test_monitors_are_kept(self):
        monitors = [ocs_monitor("CN0ABC123"), ocs_monitor(""), ocs_monitor("")]
        self.ocs[2]["monitors"] = monitors
        self.import_changed()
        before = self.asset.monitor_ids
        self.assertEqual(len(before), 3)
        self.replace(**self.same, monitors=monitors)
        self.assert_same_asset()
        self.assertEqual(self.asset.monitor_ids, before)

    def test_leftover_monitor_of_a_deleted_asset(self):
        """The new ID had an asset before, whose monitor without serial remains."""
        self.fill(3)
        self.ocs[3]["monitors"] = self.ocs[2]["monitors"] = [ocs_monitor("")]
        self.import_changed()
        self.binding(3).odoo_id.unlink()
        self.replace(**self.same, monitors=[ocs_monitor("")])
        self.assert_same_asset()
        self.assertEqual(len(self.asset.monitor_ids), 1)

    def test_issue_of_the_former_id_is_deleted(self):
        with self.failing_imports(2):
            self.ocs[2]["hardware"]["NAME"] = "RENAMED"
            self.import_changed()
        self.assertEqual(self.issue(2).reason, "failed")
        self.replace(**self.same)
        self.assertFalse(self.issue(2) | self.issue(3))

    def test_issue_of_the_new_id_is_kept(self):
        """A failure under the new ID is shown on the computer."""
        with self.failing_imports(3):
            self.ocs[3] = self.machine(3)
            self.import_changed()
            self.assertFalse(self.issue(3).binding_id)
            self.replace(**self.same)
        self.assertEqual(self.issue(3).binding_id, self.binding_before)

    def test_failing_asset_does_not_stop_others(self):
        rebind = OcsComputerBinding._rebind

        def fail(binding, external_id, reason, device_id=""):
            if binding == self.binding_before:
                raise ValueError("The reason.")
            return rebind(binding, external_id, reason)

        self.ocs[4] = self.machine(4)
        with (
            mock.patch.object(OcsComputerBinding, "_rebind", fail),
            mute_logger("odoo.addons.connector_ocs.components.match_binding"),
        ):
            run = self.replace(**self.same)
        self.assertEqual((run.state, run.rebound_count), ("done", 0))
        self.assertTrue(self.binding(4))
        self.assertRecordValues(
            self.issue(3), [{"reason": "failed", "message": "The reason."}]
        )
