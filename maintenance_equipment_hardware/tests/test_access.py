# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import COMPONENTS, EquipmentCase

ROLES = {"basic": "base.group_user", "manager": "maintenance.group_equipment_manager"}


@tagged("post_install", "-at_install")
class TestAccess(EquipmentCase):
    """Users see the hardware of the equipment that they see, and cannot change it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            name: new_test_user(cls.env, f"{name}_of_hardware", groups=group)
            for name, group in ROLES.items()
        }

    def setUp(self):
        super().setUp()
        self.asset = self.computer()
        self.plugged = self.monitor(self.asset)

    def count(self, role):
        model = self.env["maintenance.equipment.component"].with_user(self.users[role])
        return model.search_count([("equipment_id", "=", self.asset.id)])

    def follow(self, role):
        partners = self.users[role].partner_id.ids
        (self.asset | self.plugged).message_subscribe(partners)

    def test_components(self):
        self.assertEqual(self.count("manager"), len(COMPONENTS))
        self.assertEqual(self.count("basic"), 0)
        self.follow("basic")
        self.assertEqual(self.count("basic"), len(COMPONENTS))

    def test_history(self):
        period = self.plugged.connection_ids
        manager, basic = self.users["manager"], self.users["basic"]
        self.assertEqual(period.with_user(manager).computer_name, "PC-1")
        self.assertIn("connection_ids", self.form(manager))
        self.follow("basic")
        self.assertNotIn("connection_ids", self.form(basic))
        with self.assertRaises(AccessError):
            self.plugged.with_user(basic).read(["connection_ids"])
        with self.assertRaises(AccessError):
            period.with_user(basic).read()

    def form(self, user):
        """Return the form of a monitor, as a user opens it."""
        return self.plugged.with_user(user).get_view()["arch"]

    def test_followers_read_everything_they_are_offered(self):
        self.follow("basic")
        for record in (self.asset, self.plugged, *self.asset.component_ids):
            record = record.with_user(self.users["basic"])
            self.env.invalidate_all()
            (values,) = record.read()
            self.assertLessEqual(record.fields_get().keys(), values.keys())

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_changes_what_was_reported(self):
        records = (self.asset.component_ids[0], self.plugged.connection_ids)
        for role, user in self.users.items():
            for record in records:
                for operation in ("write", "create", "unlink"):
                    with self.subTest(record._name, role=role, operation=operation):
                        self.assertFalse(record.with_user(user).has_access(operation))

    def test_other_company(self):
        self.follow("basic")
        other = self.env["res.company"].create({"name": "Elsewhere"})
        (self.asset | self.plugged).company_id = other
        for role in ROLES:
            self.assertEqual(self.count(role), 0)
        periods = self.env["maintenance.equipment.connection"]
        found = periods.with_user(self.users["manager"]).search([])
        self.assertNotIn(self.plugged.connection_ids, found)
