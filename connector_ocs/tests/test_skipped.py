# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..models.maintenance_equipment_alert import NOT_SEEN
from .test_removed import RemovedCase


@tagged("post_install", "-at_install")
class TestSkipped(RemovedCase):
    """A computer that is excluded, with other changes meanwhile."""

    reason = "tag"

    def exclude(self):
        """Exclude the computer from the import."""
        self.backend.tag_exclude = "Attic"

    def include(self):
        """Exclude the computer no longer."""
        self.backend.tag_exclude = False

    def setUp(self):
        super().setUp()
        self.ocs[2]["accountinfo"]["TAG"] = "Attic"
        self.import_changed()

    def skip(self):
        self.exclude()
        self.import_changed()
        self.assertEqual(self.issue(2).reason, self.reason)

    def test_included_again(self):
        self.skip()
        self.assertEqual(self.removed.skip_reason, self.reason)
        self.include()
        self.import_changed()
        self.assertFalse(self.removed.skip_reason)
        self.assertFalse(self.removed.import_request)

    def test_deleted_in_ocs(self):
        self.skip()
        self.delete_in_ocs()
        self.assertFalse(self.asset.active)
        self.assertFalse(self.issue(2))
        self.restore_in_ocs()
        self.assertEqual(self.issue(2).reason, self.reason)
        self.assertFalse(self.removed.removed_since)
        self.include()
        self.import_changed()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.issue(2))

    def test_archived_in_ocs(self):
        self.skip()
        self.archive_in_ocs()
        self.assertFalse(self.asset.active)
        self.assertEqual(self.issue(2).reason, "archived")
        self.archive_in_ocs(0)
        self.assertEqual(self.issue(2).reason, self.reason)
        self.include()
        self.import_changed()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.issue(2))

    def test_no_alert_about_missing_inventories(self):
        """OCS may have newer inventories, which no import reads."""
        self.backend.alert_ids = self.env.ref("connector_ocs.alert_not_seen")
        self.backend.user_id = new_test_user(self.env, "responsible-of-skipped")
        self.skip()
        self.removed.last_inventory = fields.Datetime.now() - timedelta(days=99)
        self.backend._cron_alert_not_seen()
        kind = self.env.ref(NOT_SEEN)
        self.assertNotIn(kind, self.asset.activity_ids.activity_type_id)
        self.include()
        self.issue(2).unlink()
        self.backend._cron_alert_not_seen()
        self.assertIn(kind, self.asset.activity_ids.activity_type_id)
        self.skip()
        self.backend._cron_alert_not_seen()
        self.assertNotIn(kind, self.asset.activity_ids.activity_type_id)


@tagged("post_install", "-at_install")
class TestArchivedAfterFailure(RemovedCase):
    """A run listed the computer as failed, not as archived in OCS."""

    def test_import_now_does_not_archive(self):
        self.ocs[2]["hardware"]["NAME"] = "RENAMED"
        with self.failing_imports(2):
            run = self.import_changed()
        self.assertEqual(self.issue(2).run_id, run)
        self.ocs[2]["hardware"]["ARCHIVE"] = 1
        self.removed.action_import_now()
        self.assertTrue(self.asset.active)
        self.assertEqual(self.issue(2).reason, "archived")
