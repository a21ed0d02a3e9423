# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from datetime import date
from unittest import mock

from odoo import fields
from odoo.tests import tagged

from odoo.addons.connector.exception import NetworkRetryableError

from ..components.computer_deleter import OcsComputerDeleter
from .runs import RunCase


class RemovedCase(RunCase):
    """Two computers, one of which is removed from OCS."""

    def setUp(self):
        super().setUp()
        self.remaining, self.removed = self.fill(1, 2)
        self.asset = self.removed.odoo_id

    def delete_in_ocs(self):
        """Delete the computer in OCS, and import.

        :return: the run
        """
        self.content = self.ocs.pop(2)
        return self.import_changed()

    def restore_in_ocs(self):
        """Insert the deleted computer in OCS again, and import."""
        self.ocs[2] = self.content
        return self.import_changed()

    def archive_in_ocs(self, archived=1):
        """Archive or unarchive the computer in OCS's console, and import."""
        self.ocs[2]["hardware"]["ARCHIVE"] = archived
        return self.import_changed()

    @contextmanager
    def failing_asset(self, error=ValueError):
        """Let each attempt to archive the asset of the removed computer fail."""
        run = OcsComputerDeleter.run

        def fail(deleter, binding, why):
            if binding == self.removed:
                raise error("The reason.")
            return run(deleter, binding, why)

        with mock.patch.object(OcsComputerDeleter, "run", fail):
            yield


@tagged("post_install", "-at_install")
class TestRemoved(RemovedCase):
    """Assets of computers that were deleted in OCS."""

    def test_archive_policy(self):
        run = self.delete_in_ocs()
        self.assertFalse(self.asset.active)
        self.assertTrue(self.remaining.active)
        self.assertTrue(self.removed.removed_since)
        self.assertEqual(self.removed.removal_action, "archive")
        self.assertEqual(run.removed_count, 1)
        self.assertEqual(run.state, "done")
        note = self.notes(self.asset)[-1]
        self.assertIn("This computer was removed from OCS.", note)
        self.assertIn("archived", note)

    def test_archived_asset_is_restored(self):
        self.delete_in_ocs()
        self.restore_in_ocs()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.removed.removed_since or self.removed.removal_action)
        note = self.notes(self.asset)[-1]
        self.assertIn("back in OCS", note)
        self.assertIn("The asset was unarchived", note)

    def test_scrap_policy(self):
        self.backend.removal_policy = "scrap"
        self.delete_in_ocs()
        self.assertTrue(self.asset.active)
        self.assertEqual(self.asset.scrap_date, fields.Date.today())
        self.assertIn("scrapped", self.notes(self.asset)[-1])
        self.restore_in_ocs()
        self.assertFalse(self.asset.scrap_date)
        self.assertIn("scrap date was cleared", self.notes(self.asset)[-1])

    def test_keep_policy(self):
        self.backend.removal_policy = "keep"
        self.delete_in_ocs()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.asset.scrap_date)
        self.assertEqual(self.removed.removal_action, "keep")
        self.assertIn("left unchanged", self.notes(self.asset)[-1])
        self.restore_in_ocs()
        self.assertFalse(self.removed.removed_since or self.removed.removal_action)
        self.assertIn("back in OCS", self.notes(self.asset)[-1])

    def test_removal_is_logged_once(self):
        before = len(self.notes(self.asset))
        for _run in range(3):
            run = self.delete_in_ocs() if 2 in self.ocs else self.import_changed()
        self.assertEqual(len(self.notes(self.asset)), before + 1)
        self.assertEqual((run.removed_count, run.job_count), (0, 0))
        self.removed.action_import_now()
        self.assertEqual(len(self.notes(self.asset)), before + 1)
        self.restore_in_ocs()
        self.import_changed()
        self.assertEqual(len(self.notes(self.asset)), before + 2)

    def test_manually_archived_asset_stays_archived(self):
        self.asset.active = False
        self.delete_in_ocs()
        self.assertEqual(self.removed.removal_action, "keep")
        self.restore_in_ocs()
        self.assertFalse(self.asset.active)

    def test_manual_scrap_date_is_kept(self):
        self.backend.removal_policy = "scrap"
        self.asset.scrap_date = date(2020, 2, 2)
        self.delete_in_ocs()
        self.restore_in_ocs()
        self.assertEqual(self.asset.scrap_date, date(2020, 2, 2))

    def test_manually_restored_asset_stays_active(self):
        self.delete_in_ocs()
        self.asset.active = True
        self.import_changed()
        self.assertTrue(self.asset.active)
        self.restore_in_ocs()
        self.assertTrue(self.asset.active)
        self.assertNotIn("unarchived", self.notes(self.asset)[-1])

    def test_policy_changed_meanwhile(self):
        """The action that was taken is undone, whatever the policy is now."""
        self.delete_in_ocs()
        self.backend.removal_policy = "scrap"
        self.restore_in_ocs()
        self.assertTrue(self.asset.active)

    def test_computer_returns_with_changes(self):
        self.delete_in_ocs()
        self.content["hardware"]["NAME"] = "RENAMED"
        self.restore_in_ocs()
        self.assertTrue(self.asset.active)
        self.assertEqual(self.asset.name, "RENAMED")

    def test_import_now_does_not_archive(self):
        del self.ocs[2]
        self.removed.action_import_now()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.removed.removed_since)

    def test_computer_returns_before_its_job(self):
        content = self.ocs.pop(2)
        self.backend._start_run("schedule")
        self.perform_jobs("scan")
        self.ocs[2] = content
        self.perform_jobs()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.removed.removed_since)


@tagged("post_install", "-at_install")
class TestArchivedInOcs(RemovedCase):
    """Assets of computers that were archived in OCS."""

    def test_asset_is_archived(self):
        run = self.archive_in_ocs()
        self.assertFalse(self.asset.active)
        self.assertFalse(self.removed.removed_since)
        self.assertEqual(self.removed.removal_action, "archive")
        self.assertEqual(self.issue(2).reason, "archived")
        self.assertEqual(run.skipped, {"archived": 1})
        self.assertIn("archived in OCS", self.notes(self.asset)[-1])

    def test_archiving_is_logged_once(self):
        self.archive_in_ocs()
        notes = self.notes(self.asset)
        run = self.import_changed()
        self.assertEqual(run.job_count, 0)
        self.assertEqual(self.notes(self.asset), notes)

    def test_unarchived_in_ocs(self):
        self.archive_in_ocs()
        self.archive_in_ocs(archived=0)
        self.assertTrue(self.asset.active)
        self.assertFalse(self.removed.removal_action)
        self.assertFalse(self.issue(2))

    def test_import_now_does_not_archive(self):
        self.ocs[2]["hardware"]["ARCHIVE"] = 1
        self.removed.action_import_now()
        self.assertTrue(self.asset.active)

    def test_deleted_afterwards(self):
        self.archive_in_ocs()
        run = self.delete_in_ocs()
        self.assertFalse(self.issue(2))
        self.assertEqual(self.removed.removal_action, "archive")
        self.assertTrue(self.removed.removed_since)
        self.assertEqual(run.state, "done")
        self.content["hardware"]["ARCHIVE"] = 0
        self.restore_in_ocs()
        self.assertTrue(self.asset.active)

    def test_deleted_afterwards_and_back_with_a_new_id(self):
        self.archive_in_ocs()
        self.delete_in_ocs()
        self.content["hardware"]["ARCHIVE"] = 0
        self.ocs[3] = self.content
        self.import_changed()
        self.assertEqual(self.removed.external_id, 3)
        self.assertTrue(self.asset.active)

    def test_deleted_before(self):
        self.delete_in_ocs()
        notes = self.notes(self.asset)
        self.content["hardware"]["ARCHIVE"] = 1
        self.restore_in_ocs()
        self.assertFalse(self.asset.active)
        self.assertEqual(self.notes(self.asset), notes)
        self.archive_in_ocs(archived=0)
        self.assertTrue(self.asset.active)
        self.assertFalse(self.removed.removed_since)


@tagged("post_install", "-at_install")
class TestFailingAsset(RemovedCase):
    """An asset that cannot be archived does not stop others."""

    def count_jobs(self):
        """Import and return the number of jobs of the run."""
        return self.import_changed().job_count

    def test_others_are_imported(self):
        (other,) = self.fill(3)
        del self.ocs[3]
        self.ocs[1]["hardware"]["NAME"] = "RENAMED"
        with self.failing_asset():
            run = self.delete_in_ocs()
        self.assertFalse(other.active)
        self.assertEqual(self.remaining.name, "RENAMED")
        self.assertTrue(self.asset.active)
        self.assertEqual((run.done_count, run.failed_count), (2, 1))
        self.assertEqual(self.issue(2).message, "The reason.")
        self.assertEqual(self.issue(2).run_id, run)

    def test_failing_removal_is_not_retried_forever(self):
        with self.failing_asset():
            self.delete_in_ocs()
            attempts = [self.count_jobs() for _run in range(4)]
            self.assertLessEqual(sum(attempts), 1)
            self.assertEqual(self.issue(2).reason, "failed")
        self.issue(2).action_retry()
        self.perform_jobs()
        self.assertFalse(self.asset.active)
        self.assertFalse(self.issue(2))

    def test_failing_archiving_is_not_retried_forever(self):
        with self.failing_asset():
            self.archive_in_ocs()
            attempts = [self.count_jobs() for _run in range(4)]
            self.assertLessEqual(sum(attempts), 1)
            self.assertEqual(self.issue(2).reason, "failed")

    def test_archiving_succeeds_after_the_error(self):
        with self.failing_asset():
            self.archive_in_ocs()
        self.import_changed()
        self.assertFalse(self.asset.active)
        self.assertEqual(self.issue(2).reason, "archived")

    def test_failing_return_is_not_retried_forever(self):
        self.delete_in_ocs()
        with self.failing_imports(2):
            self.restore_in_ocs()
            attempts = [self.count_jobs() for _run in range(4)]
        self.assertLessEqual(sum(attempts), 1)
        self.assertFalse(self.asset.active)

    def test_removal_is_retried_after_an_outage(self):
        """The job failed because OCS did not answer, not because of the asset."""
        with self.failing_asset(NetworkRetryableError):
            self.content = self.ocs.pop(2)
            self.backend._start_run("schedule")
            for _try in range(30):
                self.perform_jobs()
            self.assertEqual(self.issue(2).reason, "failed")
        for _run in range(3):
            self.import_changed()
        self.assertFalse(self.asset.active)
        self.assertFalse(self.issue(2))
