# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import OcsCase, ocs_computer, ocs_monitor


@tagged("post_install", "-at_install")
class TestSecurity(OcsCase):
    """Access of users, managers, technicians and other companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.backend.password = "secret"
        cls.other_company = cls.env["res.company"].create({"name": "Other"})
        cls.user = new_test_user(
            cls.env, "ocs_user", groups="connector_ocs.group_ocs_user"
        )
        cls.manager = new_test_user(
            cls.env, "ocs_manager", groups="connector_ocs.group_ocs_manager"
        )
        cls.technician = new_test_user(
            cls.env, "technician", groups="maintenance.group_equipment_manager"
        )
        cls.stranger = new_test_user(
            cls.env,
            "stranger",
            groups="connector_ocs.group_ocs_manager",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    def setUp(self):
        super().setUp()
        self.computer = self.import_computer(
            1, ocs_computer(monitors=[ocs_monitor("CN0ABC123")])
        )
        self.import_computer(2, ocs_computer(hardware={"ARCHIVE": 1}))
        self.records = {
            "ocs.backend": self.backend,
            "ocs.computer.binding": self.computer,
            "ocs.monitor.binding": self.computer.monitor_ids.ocs_monitor_bind_ids,
            "ocs.import.issue": self.issue(2),
        }

    def test_user_reads_all_but_the_password(self):
        for model, record in self.records.items():
            with self.subTest(model):
                found = self.env[model].with_user(self.user).search([])
                self.assertIn(record, found)
                found.mapped("display_name")
        self.assertEqual(self.computer.with_user(self.user).name, "PC")
        with self.assertRaises(AccessError):
            self.backend.with_user(self.user).read(["password"])
        with self.assertRaises(UserError):
            self.env["ocs.backend"].with_user(self.user).search(
                [("password", "=", "secret")]
            )

    def test_user_cannot_write(self):
        for model, record in self.records.items():
            record = record.with_user(self.user)
            with self.subTest(model):
                with self.assertRaises(AccessError):
                    record.write({"name": "x"})
                with self.assertRaises(AccessError):
                    record.unlink()
        with self.assertRaises(AccessError):
            self.computer.odoo_id.with_user(self.user).name = "x"

    def test_user_cannot_import(self):
        with self.assertRaises(AccessError):
            self.backend.with_user(self.user).action_import_all()
        with self.assertRaises(AccessError):
            self.computer.with_user(self.user).action_import_now()
        with self.assertRaises(AccessError):
            self.issue(2).with_user(self.user).action_retry()

    def test_manager_imports(self):
        self.ocs[1] = ocs_computer(hardware={"NAME": "RENAMED"})
        self.computer.with_user(self.manager).action_import_now()
        self.assertEqual(self.computer.name, "RENAMED")

    def test_technician_sees_the_asset_without_ocs(self):
        equipment = self.computer.odoo_id.with_user(self.technician)
        self.assertEqual(equipment.memory_mb, 8192)
        view = equipment.get_view(view_type="form")
        self.assertIn("memory_modules", view["arch"])
        self.assertNotIn("ocs_bind_ids", view["arch"])

    def test_other_company_sees_nothing(self):
        for model, record in self.records.items():
            with self.subTest(model):
                found = self.env[model].with_user(self.stranger).search([])
                self.assertNotIn(record, found)

    def test_user_sees_only_assets_of_ocs(self):
        manual = self.env["maintenance.equipment"].create({"name": "Coffee machine"})
        seen = self.env["maintenance.equipment"].with_user(self.user).search([])
        self.assertIn(self.computer.odoo_id, seen)
        self.assertIn(self.computer.monitor_ids, seen)
        self.assertNotIn(manual, seen)

    def test_import_finds_the_assets_of_every_company(self):
        moved = self.computer.odoo_id
        moved.company_id = self.other_company
        moved.monitor_ids.company_id = self.other_company
        self.ocs[1] = ocs_computer(
            hardware={"NAME": "RENAMED"}, monitors=[ocs_monitor("CN0ABC123")]
        )
        model = self.env["ocs.computer.binding"].with_user(self.manager)
        model.import_record(self.backend.with_user(self.manager), 1)
        self.assertEqual(moved.name, "RENAMED")
        self.assertEqual(moved.company_id, self.other_company)
        self.assertEqual(len(moved.monitor_ids), 1)

    def test_new_assets_belong_to_the_company_of_the_backend(self):
        self.manager.write(
            {
                "company_ids": [(4, self.other_company.id)],
                "company_id": self.other_company.id,
            }
        )
        self.ocs[3] = ocs_computer(monitors=[ocs_monitor("CN0ABC456")])
        model = self.env["ocs.computer.binding"].with_user(self.manager)
        model.import_record(self.backend.with_user(self.manager), 3)
        binding = self.binding(3)
        self.assertEqual(binding.company_id, self.backend.company_id)
        self.assertEqual(binding.monitor_ids.company_id, self.backend.company_id)

    def test_archived_asset_keeps_its_origin(self):
        equipment = self.computer.odoo_id
        equipment.active = False
        self.assertEqual(equipment.ocs_bind_ids, self.computer)

    def test_copy_has_no_identifiers(self):
        copied = self.computer.odoo_id.copy()
        self.assertFalse(copied.hardware_uuid or copied.ip_address)
        self.assertFalse(copied.monitor_ids)
