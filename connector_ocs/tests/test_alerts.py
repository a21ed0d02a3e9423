# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime, timedelta
from functools import partial

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from ..models.maintenance_equipment_alert import CHANGED, NOT_SEEN
from .common import ocs_monitor
from .test_change_reporter import STICK, ReporterCase
from .test_hardware_importer import DISK, MODULE


class AlertCase(ReporterCase):
    """Test case with a backend that has chosen all alerts."""

    def setUp(self):
        super().setUp()
        self.backend.alert_ids = self.env["ocs.alert"].search([])
        self.technician = new_test_user(self.env, "test-technician")
        self.responsible = new_test_user(self.env, "test-responsible")
        self.asset.technician_user_id = self.technician
        self.backend.user_id = self.responsible

    def activities(self, kind=CHANGED):
        """Return the open activities of the asset."""
        self.env.invalidate_all()
        kind = self.env.ref(kind)
        return self.asset.activity_ids.filtered(
            lambda each: each.active and each.activity_type_id == kind
        )


@tagged("post_install", "-at_install")
class TestAlerts(AlertCase):
    """The chosen changes schedule an activity."""

    def test_each_alert(self):
        base = {"bios": {"SSN": "5CG0001"}}
        self.change(**base)
        self.activities().unlink()
        for code, sections, text in (
            ("memory_shrank", {"memories": [MODULE]}, "2x8192MB → 1x8192MB"),
            ("disk_removed", {"storages": []}, "Disk removed: ST1000DM010"),
            ("monitor_removed", {"monitors": []}, "CN0ABC123"),
            ("bios_changed", {"bios": {**base["bios"], "BVERSION": "9"}}, "BIOS: "),
            ("serial_changed", {"bios": {"SSN": "5CG0002"}}, "5CG0001 → 5CG0002"),
        ):
            with self.subTest(code):
                self.backend.alert_ids = self.env.ref(f"connector_ocs.alert_{code}")
                self.change(**{**base, **sections})
                activity = self.activities()
                self.assertEqual(len(activity), 1)
                self.assertIn(text, activity.note)
                self.assertEqual(activity.user_id, self.technician)
                activity.unlink()
                self.backend.alert_ids = False
                self.change(**base)
                self.change(**{**base, **sections})
                self.change(**base)
                self.assertFalse(self.activities(), "Only chosen alerts.")

    def test_no_alert_is_chosen_by_default(self):
        backend = self.env["ocs.backend"].create(
            {"name": "Another", "host": "ocs.invalid", "user": "reader", "tz": "UTC"}
        )
        self.assertFalse(backend.alert_ids)

    def test_additions_and_removable_disks_raise_no_alert(self):
        self.change(storages=[DISK, STICK], memories=[MODULE] * 4)
        self.change(
            storages=[DISK],
            memories=[MODULE] * 4,
            monitors=[ocs_monitor("CN0ABC123"), ocs_monitor("CN0DEF456")],
        )
        self.assertFalse(self.activities())

    def test_changes_are_added_to_the_open_activity(self):
        self.change(memories=[MODULE], storages=[])
        self.change(memories=[MODULE], storages=[], monitors=[])
        activity = self.activities()
        self.assertEqual(len(activity), 1)
        for text in ("Memory: ", "Disk removed", "Monitor unplugged"):
            self.assertIn(text, activity.note)
        activity.action_done()
        self.change(memories=[MODULE], storages=[], monitors=[], bios={"BVERSION": "2"})
        (activity,) = self.activities()
        self.assertNotIn("Memory", activity.note)

    def test_assigned_user(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        elsewhere = new_test_user(
            self.env,
            "test-elsewhere",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        archived = new_test_user(self.env, "test-archived")
        archived.active = False
        none = self.env["res.users"]
        self.asset.company_id = self.env.company
        for technician, responsible, expected in (
            (self.technician, self.responsible, self.technician),
            (none, self.responsible, self.responsible),
            (archived, self.responsible, self.responsible),
            (elsewhere, self.responsible, self.responsible),
            (elsewhere, archived, none),
            (none, none, none),
        ):
            with self.subTest(technician=technician, responsible=responsible):
                self.asset.technician_user_id = technician
                self.backend.user_id = responsible
                self.change(storages=[])
                self.assertEqual(self.activities().user_id, expected)
                self.activities().unlink()
                self.change()

    def test_open_alert_of_an_archived_user_is_reassigned(self):
        self.change(storages=[])
        self.assertEqual(self.activities().user_id, self.technician)
        self.technician.active = False
        self.change(storages=[], monitors=[])
        self.assertEqual(self.activities().user_id, self.responsible)

    def test_no_change_is_reported_twice(self):
        self.change(storages=[], monitors=[])
        self.activities().action_done()
        notes = self.asset.message_ids
        for again in (
            lambda: self.import_computer(1, force=True),
            partial(self.backend._request_imports, "settings"),
        ):
            again()
            self.import_computer(1)
            self.assertFalse(self.activities())
            self.assertEqual(self.asset.message_ids, notes)

    def test_names_are_escaped(self):
        self.change(storages=[{"NAME": "x", "MODEL": "<script>alert(1)</script>"}])
        self.change(storages=[])
        self.assertNotIn("<script>", self.activities().note)
        self.assertIn("alert(1)", self.activities().note)

    def test_alert_leaves_the_asset_untouched(self):
        self.asset.technician_user_id = False
        self.assertTrue(self.asset._ocs_is_untouched())
        self.change(storages=[])
        self.assertTrue(self.activities())
        self.assertTrue(self.asset._ocs_is_untouched())
        self.asset.activity_schedule(CHANGED, automated=False)
        self.assertFalse(self.asset._ocs_is_untouched())

    def test_deleted_activity_type(self):
        self.env.ref(CHANGED).unlink()
        self.assertIn("Disk removed", self.change(storages=[]))


@tagged("post_install", "-at_install")
class TestNotSeen(AlertCase):
    """A computer without inventory has an activity until it is seen again."""

    def seen(self, days):
        """Run the scheduled action with a last inventory some days ago.

        :return: open activities
        """
        binding = self.binding(1)
        binding.last_inventory = datetime.now() - timedelta(days=days)
        self.env["ocs.backend"]._cron_alert_not_seen()
        return self.activities(NOT_SEEN)

    def test_seen_again(self):
        self.assertFalse(self.seen(29))
        activity = self.seen(31)
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.technician)
        self.assertEqual(self.seen(32), activity, "One is enough.")
        self.assertTrue(activity.exists())
        self.technician.active = False
        self.assertEqual(self.seen(33).user_id, self.responsible)
        self.assertFalse(self.seen(0))
        self.assertIn("Seen by OCS again", self.asset.message_ids[0].body)

    def test_day_is_that_of_the_server(self):
        self.backend.tz = "Asia/Tokyo"
        binding = self.binding(1)
        binding.last_inventory = datetime(2024, 1, 31, 20)
        note = self.asset._ocs_describe_not_seen(self.backend)
        self.assertIn("dates from 2024-02-01.", note)
        self.asset._ocs_log_seen_again(datetime(2024, 1, 1))
        self.assertIn("again on 2024-02-01.", self.asset.message_ids[0].body)

    def test_done_activity_is_not_repeated(self):
        """A new one is only scheduled after the computer was seen again."""
        self.seen(40).action_done()
        self.assertFalse(self.seen(41))
        self.assertFalse(self.seen(0))
        with freeze_time(datetime.now() + timedelta(days=50)):
            self.env["ocs.backend"]._cron_alert_not_seen()
            self.assertEqual(len(self.activities(NOT_SEEN)), 1)

    def test_configured_days(self):
        self.backend.not_seen_days = 5
        self.assertTrue(self.seen(6))
        with self.assertRaises(ValidationError):
            self.backend.not_seen_days = 0

    def test_alert_is_no_longer_chosen(self):
        alert = self.env.ref("connector_ocs.alert_not_seen")
        self.assertTrue(self.seen(40))
        self.backend.alert_ids -= alert
        before = self.asset.message_ids
        self.assertFalse(self.seen(40))
        self.assertEqual(self.asset.message_ids, before, "It was not seen.")

    def test_removed_computer(self):
        self.assertTrue(self.seen(40))
        self.binding(1)._mark_removed()
        self.assertFalse(self.seen(40))

    def test_computer_without_inventory(self):
        """A computer that was entered manually has no inventory."""
        self.binding(1).last_inventory = False
        self.env["ocs.backend"]._cron_alert_not_seen()
        self.assertFalse(self.activities(NOT_SEEN))

    def test_no_user_to_assign(self):
        self.asset.technician_user_id = self.backend.user_id = False
        self.assertFalse(self.seen(40))

    def test_archived_asset(self):
        self.asset.active = False
        self.assertFalse(self.seen(40))

    def test_alert_leaves_the_asset_untouched(self):
        self.asset.technician_user_id = False
        self.seen(40)
        self.assertTrue(self.asset._ocs_is_untouched())
        self.seen(0)
        self.assertTrue(self.asset._ocs_is_untouched())

    def test_constant_number_of_queries(self):
        for number in range(2, 22):
            self.import_computer(number, self.computer(monitors=[]))
        bindings = self.env["ocs.computer.binding"].search(
            [("backend_id", "=", self.backend.id)]
        )
        bindings.last_inventory = datetime.now() - timedelta(days=50)
        self.env.flush_all()
        start = self.cr.sql_log_count
        self.env["ocs.backend"]._cron_alert_not_seen()
        self.env.flush_all()
        self.assertLess(self.cr.sql_log_count - start, 80)
        self.assertEqual(
            self.env["mail.activity"].search_count(
                [("activity_type_id", "=", self.env.ref(NOT_SEEN).id)]
            ),
            21,
        )
