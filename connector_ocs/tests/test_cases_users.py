# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .cases.case import CasesCase, InChunks
from .cases.tables import Asset, Machine, Tables, serial
from .scale import FULL


class UsersCase(CasesCase):
    """Test case with an archived asset that may be the first of two computers."""

    backend_values = {"approval_percent": 0}

    def setUp(self):
        super().setUp()
        self.server = Tables(self.ocs)
        self.manual = self.env["maintenance.equipment"].create(
            {"name": "Manual", "serial_no": serial(951), "active": False}
        )
        self.add(1, Machine(951))
        self.add(2, Machine(952))
        self.import_changed()
        self.waiting = self.issue(1)
        self.assertEqual(self.waiting.reason, "ambiguous")

    def add(self, external_id, machine):
        self.server.add(external_id, machine)

    def decide(self, method, *arguments):
        getattr(self.waiting, method)(*arguments)
        self.perform_jobs()
        self._note_assets()

    def happen(self, method, *arguments, **values):
        """Change OCS, and import what changed."""
        self.server.tomorrow()
        getattr(self.server, method)(*arguments, **values)
        self.import_changed()

    def asset(self, external_id):
        """Return the asset of a computer, even if it is archived."""
        model = self.env["ocs.computer.binding"]
        return model._find(self.backend, external_id).odoo_id


@tagged("post_install", "-at_install")
class TestUsers(UsersCase):
    """What users have decided stands, whatever happens to IDs and shared values."""

    # Linked and created

    def test_linked_computer_has_a_twin(self):
        self.decide("_link", self.manual)
        twin = Machine(953, serial=serial(951), model="ProBook 450")
        self.happen("add", 3, twin)
        self.happen("report", 1, 3)
        self.assertEqual(self.asset(1), self.manual)
        self.assertFalse(self.asset(3).serial_no)
        self.happen("delete", 3)
        self.assertEqual(self.asset(1), self.manual)
        self.assertTrue(self.manual.active)
        self.assert_settled(self.server.report_all)

    def test_linked_computer_on_a_new_server(self):
        self.decide("_link", self.manual)
        other = self.asset(2)
        self.happen("renumber", 2, 1)
        self.assertEqual(self.asset(2), self.manual)
        self.assertEqual(self.asset(1), other)
        self.assert_settled(self.server.report_all)

    def test_created_asset_on_a_new_server(self):
        self.decide("action_create_asset")
        created, other = self.asset(1), self.asset(2)
        self.happen("renumber", 2, 1)
        self.assertEqual(self.asset(2), created)
        self.assertEqual(self.asset(1), other)
        self.assertFalse(self.manual.ocs_bind_ids or self.manual.active)
        self.assert_settled(self.server.report_all)

    def test_id_of_a_linked_computer_is_reused(self):
        self.decide("_link", self.manual)
        self.server.delete(1)
        self.happen("add", 1, Machine(954))
        self.assertNotEqual(self.asset(1), self.manual)
        self.assertEqual(self.manual.ocs_bind_ids.device_id, Machine(951).device_id)
        self.assertFalse(self.manual.active)
        self.assert_settled(self.server.report_all)

    # Ignored

    def test_ignored_computer_on_a_new_server(self):
        """It stays ignored; the computer that has its ID now does not become so."""
        self.decide("action_ignore")
        other = self.asset(2)
        self.happen("renumber", 2, 1)
        self.assertEqual(self.asset(1), other)
        self.assertFalse(self.binding(2))
        self.assertEqual(self.issue(2).reason, "ignored")
        self.assert_settled(self.server.report_all)

    def test_id_of_an_ignored_computer_is_reused(self):
        self.decide("action_ignore")
        self.server.delete(1)
        self.happen("add", 1, Machine(955))
        self.assertEqual(self.asset(1).name, "PC-955")
        self.assert_settled(self.server.report_all)

    # Edited

    def test_locked_serial_number_is_not_taken(self):
        self.decide("action_create_asset")
        self.asset(2).serial_no = "EDITED952"
        self.happen("report", 1, serial="EDITED952")
        self.assert_assets([Asset("PC-951"), Asset("PC-952", "EDITED952")])
        self.assertIn("EDITED952", self.binding(1).warnings)
        self.assert_settled(self.server.report_all)

    def test_asset_that_a_user_archived(self):
        """It gives its serial number to nobody while its computer is in OCS."""
        self.asset(2).active = False
        self.happen("report", 2)
        self.assertFalse(self.asset(2).active)
        self.assertEqual(self.asset(2).serial_no, serial(952))


if FULL:

    @tagged("post_install", "-at_install")
    class TestUsersInChunks(InChunks, TestUsers):
        """The same tests with every import in chunks."""
