# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.cases.case import InChunks
from odoo.addons.connector_ocs.tests.cases.ids import REINSTALLED
from odoo.addons.connector_ocs.tests.cases.tables import Machine
from odoo.addons.connector_ocs.tests.scale import FULL
from odoo.addons.connector_ocs.tests.test_cases_users import UsersCase


@tagged("post_install", "-at_install")
class TestMergedByUsers(UsersCase):
    """What users have merged stands, whatever happens to IDs and shared values."""

    def merged(self):
        """Merge the assets of a machine with two systems, and return the kept one."""
        self.decide("_link", self.manual)
        self.happen("add", 3, Machine(951, "LINUX", device_id=f"LINUX-{REINSTALLED}"))
        self.server.reporting.add(1)
        self.waiting = self.issue(3)
        if self.waiting:
            self.decide("action_create_asset")
        self.env["ocs.asset.merge"]._merge(self.manual, self.asset(3))
        self.import_changed()
        return self.manual

    def test_merged_computers_both_report(self):
        kept = self.merged()
        assets = self.assets()
        for external_id in (1, 3, 1):
            self.happen("report", external_id)
        self.assertEqual(self.assets(), assets)
        self.assertEqual(self.asset(1) | self.asset(3), kept)
        self.assertTrue(kept.active)
        self.assert_settled(self.server.report_all)

    def test_first_of_two_merged_computers_is_deleted(self):
        self.check_deletion(1, 3)

    def test_second_of_two_merged_computers_is_deleted(self):
        self.check_deletion(3, 1)

    def check_deletion(self, deleted, left):
        kept = self.merged()
        self.happen("delete", deleted)
        self.assertEqual(self.asset(left), kept)
        self.assertTrue(kept.active)
        self.assert_settled(self.server.report_all)

    def test_merged_computers_on_a_new_server(self):
        kept, count = self.merged(), len(self.assets())
        self.happen("renumber", 2, 3, 1)
        self.assertIn(kept, self.asset(2) + self.asset(3))
        self.assertTrue(kept.active)
        self.assertEqual(len(self.assets()), count)
        self.assert_settled(self.server.report_all)


if FULL:

    @tagged("post_install", "-at_install")
    class TestMergedByUsersInChunks(InChunks, TestMergedByUsers):
        """The same tests with every import in chunks."""
