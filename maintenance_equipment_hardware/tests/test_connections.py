# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import EquipmentCase, day


@tagged("post_install", "-at_install")
class TestConnections(EquipmentCase):
    """The movements of a monitor are recorded, with their dates."""

    def setUp(self):
        super().setUp()
        self.first, self.second = self.computer("PC-1"), self.computer("PC-2")
        self.plugged = self.monitor(self.first, on=1)

    def test_new_monitor(self):
        self.assertEqual(self.periods(self.plugged), [("PC-1", 1, False)])
        self.assertFalse(self.plugged.unplugged_since)

    def test_new_monitors_of_several_computers(self):
        dates = {self.first.id: day(3), self.second.id: day(4)}
        computers = self.first | self.second
        monitors = (
            computers.browse()
            .with_context(connection_dates=dates)
            .create([{"name": "M", "computer_id": each.id} for each in computers])
        )
        self.assertEqual(
            [self.periods(each) for each in monitors],
            [[("PC-1", 3, False)], [("PC-2", 4, False)]],
        )

    def test_move_there_and_back(self):
        self.move(self.plugged, self.second, on=2)
        self.move(self.plugged, self.first, on=4)
        self.assertEqual(
            self.periods(self.plugged),
            [("PC-1", 1, 2), ("PC-2", 2, 4), ("PC-1", 4, False)],
        )

    def test_moved_manually(self):
        with freeze_time("2026-01-10 10:00:00"):
            self.plugged.computer_id = self.second
        with freeze_time("2026-01-11 10:00:00"):
            self.plugged.computer_id = False
        self.assertEqual(self.plugged.unplugged_since, day(11))
        with freeze_time("2026-01-12 10:00:00"):
            self.first.monitor_ids = self.plugged
        self.assertFalse(self.plugged.unplugged_since)
        self.assertEqual(
            self.periods(self.plugged),
            [("PC-1", 1, 10), ("PC-2", 10, 11), ("PC-1", 12, False)],
        )
        self.plugged.computer_id = self.first
        self.assertEqual(len(self.plugged.connection_ids), 3)

    def test_new_asset_is_attached_manually(self):
        with freeze_time("2026-01-10 10:00:00"):
            projector = self.env["maintenance.equipment"].create(
                {"name": "Projector", "computer_id": self.second.id}
            )
        self.assertEqual(self.periods(projector), [("PC-2", 10, False)])
        self.assertEqual(self.second.monitor_connection_ids.monitor_id, projector)

    def test_clock_goes_back(self):
        """A period starts after the last one, and ends after its start."""
        self.move(self.plugged, False, on=5)
        self.move(self.plugged, self.second, on=3)
        self.assertEqual(self.periods(self.plugged)[-1], ("PC-2", 5, False))
        self.move(self.plugged, False, on=2)
        self.assertEqual(self.periods(self.plugged)[-1], ("PC-2", 5, 5))

    @mute_logger("odoo.sql_db")
    def test_one_computer_at_a_time(self):
        values = {"monitor_id": self.plugged.id, "date_from": day(2)}
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env["maintenance.equipment.connection"].create(values)

    def test_same_computer(self):
        """No monitor moves if two assets turn out to be the same computer."""
        self.move(self.plugged, self.second, on=2)
        connections = self.env["maintenance.equipment.connection"]
        connections._take_over(self.second, self.first)
        self.assertEqual(self.plugged.computer_id, self.first)
        self.assertEqual(self.periods(self.plugged), [("PC-1", 1, False)])

    def test_places(self):
        connections = self.env["maintenance.equipment.connection"]
        self.assertFalse(connections._find_places())
        self.move(self.plugged, self.second, on=2)
        self.assertFalse(connections._find_places())
        self.move(self.plugged, self.first, on=4)
        self.env.invalidate_all()  # the order of the cache is not that of the model
        last, former, _first = self.plugged.connection_ids
        self.assertEqual(connections._find_places(), {self.plugged: (last, former)})

    def test_deleted_computer(self):
        with freeze_time("2026-01-10 10:00:00"):
            self.first.unlink()
        self.assertEqual(self.periods(self.plugged), [("PC-1 (deleted)", 1, 10)])
        self.assertEqual(self.plugged.unplugged_since, day(10))
        self.assertFalse(self.plugged.computer_id)

    def test_deleted_monitor(self):
        self.plugged.unlink()
        self.assertFalse(self.first.monitor_connection_ids)

    def test_technician_moves(self):
        """Users who may edit an asset need no access rights on its periods."""
        technician = new_test_user(
            self.env, "technician", groups="maintenance.group_equipment_manager"
        )
        monitor = self.plugged.with_user(technician)
        monitor.computer_id = self.second
        self.assertEqual(len(monitor.connection_ids), 2)
        self.second.with_user(technician).unlink()
        self.assertTrue(monitor.unplugged_since)

    def test_forms_show_the_periods(self):
        with Form(self.plugged) as form:
            self.assertEqual(len(form.connection_ids), 1)
        with Form(self.first) as form:
            self.assertEqual(len(form.monitor_connection_ids), 1)

    def test_buttons(self):
        period = self.plugged.connection_ids
        self.assertEqual(period.action_open_computer()["res_id"], self.first.id)
        self.assertEqual(period.action_open_monitor()["res_id"], self.plugged.id)

    def test_search_for_unplugged_monitors(self):
        equipment = self.env["maintenance.equipment"]
        domain = [("unplugged_since", "!=", False)]
        self.assertNotIn(self.plugged, equipment.search(domain))
        self.move(self.plugged, False, on=2)
        self.assertIn(self.plugged, equipment.search(domain))
