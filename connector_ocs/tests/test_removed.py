# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager
from datetime import date
from unittest import mock

from odoo import fields
from odoo.tests import tagged

from odoo.addons.connector.exception import NetworkRetryableError

from ..components.deleter import OcsComputerDeleter
from .runs import RunCase


class RemovedCase(RunCase):
    """Two computers, one of which leaves OCS."""

    def setUp(self):
        super().setUp()
        self.stays, self.leaves = self.fill(1, 2)
        self.asset = self.leaves.odoo_id

    def leave(self):
        """The computer is deleted in OCS.

        :return: the run that finds it out
        """
        self.content = self.ocs.pop(2)
        return self.import_changed()

    def come_back(self):
        self.ocs[2] = self.content
        return self.import_changed()

    def archive(self, archived=1):
        """The computer is archived in OCS's console, or taken out again."""
        self.ocs[2]["hardware"]["ARCHIVE"] = archived
        return self.import_changed()

    @contextmanager
    def poisoned_asset(self, error=ValueError):
        """Nothing can be done to the asset of the computer that leaves."""
        run = OcsComputerDeleter.run

        def fail(deleter, binding, why):
            if binding == self.leaves:
                raise error("Poison.")
            return run(deleter, binding, why)

        with mock.patch.object(OcsComputerDeleter, "run", fail):
            yield


@tagged("post_install", "-at_install")
class TestRemoved(RemovedCase):
    """What becomes of an asset whose computer was deleted in OCS."""

    def test_archive(self):
        run = self.leave()
        self.assertFalse(self.asset.active)
        self.assertTrue(self.stays.active)
        self.assertTrue(self.leaves.removed_since)
        self.assertEqual(self.leaves.removal_action, "archive")
        self.assertEqual(run.removed_count, 1)
        self.assertEqual(run.state, "done")
        note = self.notes(self.asset)[-1]
        self.assertIn("This computer was removed from OCS.", note)
        self.assertIn("archived", note)

    def test_archived_is_taken_out(self):
        self.leave()
        self.come_back()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.leaves.removed_since or self.leaves.removal_action)
        note = self.notes(self.asset)[-1]
        self.assertIn("back in OCS", note)
        self.assertIn("The asset was unarchived", note)

    def test_scrap(self):
        self.backend.removal_policy = "scrap"
        self.leave()
        self.assertTrue(self.asset.active)
        self.assertEqual(self.asset.scrap_date, fields.Date.today())
        self.assertIn("scrapped", self.notes(self.asset)[-1])
        self.come_back()
        self.assertFalse(self.asset.scrap_date)
        self.assertIn("scrap date was cleared", self.notes(self.asset)[-1])

    def test_keep(self):
        self.backend.removal_policy = "keep"
        self.leave()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.asset.scrap_date)
        self.assertEqual(self.leaves.removal_action, "keep")
        self.assertIn("left unchanged", self.notes(self.asset)[-1])
        self.come_back()
        self.assertFalse(self.leaves.removed_since or self.leaves.removal_action)
        self.assertIn("back in OCS", self.notes(self.asset)[-1])

    def test_once(self):
        before = len(self.notes(self.asset))
        for _run in range(3):
            run = self.leave() if 2 in self.ocs else self.import_changed()
        self.assertEqual(len(self.notes(self.asset)), before + 1)
        self.assertEqual((run.removed_count, run.job_count), (0, 0))
        self.leaves.action_import_now()
        self.assertEqual(len(self.notes(self.asset)), before + 1)
        self.come_back()
        self.import_changed()
        self.assertEqual(len(self.notes(self.asset)), before + 2)

    def test_person_archived_it_before(self):
        self.asset.active = False
        self.leave()
        self.assertEqual(self.leaves.removal_action, "keep")
        self.come_back()
        self.assertFalse(self.asset.active)

    def test_person_scrapped_it_before(self):
        self.backend.removal_policy = "scrap"
        self.asset.scrap_date = date(2020, 2, 2)
        self.leave()
        self.come_back()
        self.assertEqual(self.asset.scrap_date, date(2020, 2, 2))

    def test_person_took_it_out_of_the_archive(self):
        self.leave()
        self.asset.active = True
        self.import_changed()
        self.assertTrue(self.asset.active)
        self.come_back()
        self.assertTrue(self.asset.active)
        self.assertNotIn("unarchived", self.notes(self.asset)[-1])

    def test_other_policy_meanwhile(self):
        """What was done is undone, not what would be done now."""
        self.leave()
        self.backend.removal_policy = "scrap"
        self.come_back()
        self.assertTrue(self.asset.active)

    def test_comes_back_changed(self):
        self.leave()
        self.content["hardware"]["NAME"] = "RENAMED"
        self.come_back()
        self.assertTrue(self.asset.active)
        self.assertEqual(self.asset.name, "RENAMED")

    def test_import_now_leaves_the_decision_to_a_run(self):
        del self.ocs[2]
        self.leaves.action_import_now()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.leaves.removed_since)

    def test_back_before_its_job(self):
        content = self.ocs.pop(2)
        self.backend._start_run("schedule")
        self.work("import_batch")
        self.ocs[2] = content
        self.work()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.leaves.removed_since)


@tagged("post_install", "-at_install")
class TestArchivedInOcs(RemovedCase):
    """What becomes of an asset whose computer was archived in OCS."""

    def test_policy(self):
        run = self.archive()
        self.assertFalse(self.asset.active)
        self.assertFalse(self.leaves.removed_since)
        self.assertEqual(self.leaves.removal_action, "archive")
        self.assertEqual(self.issue(2).reason, "archived")
        self.assertEqual(run.skipped, {"archived": 1})
        self.assertIn("archived in OCS", self.notes(self.asset)[-1])

    def test_once(self):
        self.archive()
        notes = self.notes(self.asset)
        run = self.import_changed()
        self.assertEqual(run.job_count, 0)
        self.assertEqual(self.notes(self.asset), notes)

    def test_taken_out_again(self):
        self.archive()
        self.archive(archived=0)
        self.assertTrue(self.asset.active)
        self.assertFalse(self.leaves.removal_action)
        self.assertFalse(self.issue(2))

    def test_import_now_leaves_the_decision_to_a_run(self):
        self.ocs[2]["hardware"]["ARCHIVE"] = 1
        self.leaves.action_import_now()
        self.assertTrue(self.asset.active)

    def test_deleted_afterwards(self):
        self.archive()
        run = self.leave()
        self.assertFalse(self.issue(2))
        self.assertEqual(self.leaves.removal_action, "archive")
        self.assertTrue(self.leaves.removed_since)
        self.assertEqual(run.state, "done")
        self.content["hardware"]["ARCHIVE"] = 0
        self.come_back()
        self.assertTrue(self.asset.active)

    def test_deleted_afterwards_and_there_under_a_new_id(self):
        self.archive()
        self.leave()
        self.content["hardware"]["ARCHIVE"] = 0
        self.ocs[3] = self.content
        self.import_changed()
        self.assertEqual(self.leaves.external_id, 3)
        self.assertTrue(self.asset.active)

    def test_deleted_before(self):
        self.leave()
        notes = self.notes(self.asset)
        self.content["hardware"]["ARCHIVE"] = 1
        self.come_back()
        self.assertFalse(self.asset.active)
        self.assertEqual(self.notes(self.asset), notes)
        self.archive(archived=0)
        self.assertTrue(self.asset.active)
        self.assertFalse(self.leaves.removed_since)


@tagged("post_install", "-at_install")
class TestPoisonedAsset(RemovedCase):
    """An asset that cannot be archived stops no other one."""

    def attempts(self):
        """Number of jobs of the next run."""
        return self.import_changed().job_count

    def test_others_go_on(self):
        (other,) = self.fill(3)
        del self.ocs[3]
        self.ocs[1]["hardware"]["NAME"] = "RENAMED"
        with self.poisoned_asset():
            run = self.leave()
        self.assertFalse(other.active)
        self.assertEqual(self.stays.name, "RENAMED")
        self.assertTrue(self.asset.active)
        self.assertEqual((run.done_count, run.failed_count), (2, 1))
        self.assertEqual(self.issue(2).message, "Poison.")
        self.assertEqual(self.issue(2).run_id, run)

    def test_removed_is_not_tried_for_ever(self):
        with self.poisoned_asset():
            self.leave()
            attempts = [self.attempts() for _run in range(4)]
            self.assertLessEqual(sum(attempts), 1)
            self.assertEqual(self.issue(2).reason, "failed")
        self.issue(2).action_retry()
        self.work()
        self.assertFalse(self.asset.active)
        self.assertFalse(self.issue(2))

    def test_archived_is_not_tried_for_ever(self):
        with self.poisoned_asset():
            self.archive()
            attempts = [self.attempts() for _run in range(4)]
            self.assertLessEqual(sum(attempts), 1)
            self.assertEqual(self.issue(2).reason, "failed")

    def test_archived_is_done_once_the_reason_has_passed(self):
        with self.poisoned_asset():
            self.archive()
        self.import_changed()
        self.assertFalse(self.asset.active)
        self.assertEqual(self.issue(2).reason, "archived")

    def test_return_is_not_tried_for_ever(self):
        self.leave()
        with self.poisoned(2):
            self.come_back()
            attempts = [self.attempts() for _run in range(4)]
        self.assertLessEqual(sum(attempts), 1)
        self.assertFalse(self.asset.active)

    def test_removed_is_tried_again_when_ocs_was_away(self):
        """The job waited in vain for OCS to answer: the asset is not to blame."""
        with self.poisoned_asset(NetworkRetryableError):
            self.content = self.ocs.pop(2)
            self.backend._start_run("schedule")
            for _try in range(30):
                self.work()
            self.assertEqual(self.issue(2).reason, "failed")
        for _run in range(3):
            self.import_changed()
        self.assertFalse(self.asset.active)
        self.assertFalse(self.issue(2))
