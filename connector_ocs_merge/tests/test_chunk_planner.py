# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_chunk_planner import PlannerCase


@tagged("post_install", "-at_install")
class TestChunkPlanner(PlannerCase):
    """Computers with a merged asset or monitor are imported separately."""

    def setUp(self):
        super().setUp()
        self.fill()
        self.assertEqual(self.groups(*self.ocs), [[1, 2, 3, 4, 5, 6]])

    def merge(self, kept, other):
        """Merge two assets, and delete the one that would relate the computer, too.

        :return: alias
        """
        merge = self.env["ocs.asset.merge"]._merge(kept, other)
        other.unlink()
        return self.env["ocs.asset.alias"].search([("merge_id", "=", merge.id)])

    def test_merged_computer(self):
        alias = self.merge(self.binding(5).odoo_id, self.binding(2).odoo_id)
        merged = int(alias.external_id)
        # these would relate the computer, too
        self.issue(merged).unlink()
        self.ocs[merged]["monitors"] = []
        self.assertIn([merged], self.groups(*self.ocs))
        self.assertFalse(self.binding(merged))
        self.assertEqual(self.issue(merged).reason, "ignored")

    def test_merged_monitor(self):
        kept, other = (self.binding(number).monitor_ids for number in (3, 6))
        alias = self.merge(kept, other)
        (reporting,) = (
            number
            for number, computer in self.ocs.items()
            if computer["monitors"][0]["SERIAL"].upper() == alias.external_id
        )
        self.assertIn([reporting], self.groups(*self.ocs))
        monitors = self.env["ocs.monitor.binding"].search([])
        self.assertNotIn(alias.external_id, monitors.mapped("external_id"))
