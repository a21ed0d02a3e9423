# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user, tagged

from ..models.maintenance_equipment_alert import NOT_SEEN
from .test_removed import RemovedCase


@tagged("post_install", "-at_install")
class TestLeftOut(RemovedCase):
    """A computer that a rule leaves out, and what else happens to it meanwhile."""

    def skip(self):
        rule = self.env["ocs.rule"].create(
            {
                "name": "No 2",
                "decision": "exclude",
                "condition_ids": [
                    (0, 0, {"fact": "name", "value": self.leaves.name}),
                ],
            }
        )
        self.import_changed()
        self.assertEqual(self.issue(2).reason, "rule")
        return rule

    def test_rule_goes(self):
        rule = self.skip()
        self.assertEqual(self.leaves.skip_reason, "rule")
        rule.unlink()
        self.import_changed()
        self.assertFalse(self.leaves.skip_reason)
        self.assertTrue(self.leaves.digests)

    def test_leaves_ocs(self):
        rule = self.skip()
        self.leave()
        self.assertFalse(self.asset.active)
        self.assertFalse(self.issue(2))
        self.come_back()
        self.assertEqual(self.issue(2).reason, "rule")
        self.assertFalse(self.leaves.removed_since)
        rule.unlink()
        self.import_changed()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.issue(2))

    def test_archived_in_ocs(self):
        rule = self.skip()
        self.archive()
        self.assertFalse(self.asset.active)
        self.assertEqual(self.issue(2).reason, "archived")
        self.archive(0)
        self.assertEqual(self.issue(2).reason, "rule")
        rule.unlink()
        self.import_changed()
        self.assertTrue(self.asset.active)
        self.assertFalse(self.issue(2))

    def test_no_alert_of_silence(self):
        """OCS sees it; no import looks when."""
        self.backend.alert_ids = self.env.ref("connector_ocs.alert_not_seen")
        self.backend.user_id = new_test_user(self.env, "responsible-of-left-out")
        rule = self.skip()
        self.leaves.last_inventory = fields.Datetime.now() - timedelta(days=99)
        self.backend._cron_alert_not_seen()
        kind = self.env.ref(NOT_SEEN)
        self.assertNotIn(kind, self.asset.activity_ids.activity_type_id)
        rule.unlink()
        self.issue(2).unlink()
        self.backend._cron_alert_not_seen()
        self.assertIn(kind, self.asset.activity_ids.activity_type_id)
        self.skip()
        self.backend._cron_alert_not_seen()
        self.assertNotIn(kind, self.asset.activity_ids.activity_type_id)
