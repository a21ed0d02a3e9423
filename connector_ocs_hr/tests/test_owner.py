# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import new_test_user, tagged

from odoo.addons.connector_ocs.tests.common import OcsCase, ocs_computer


@tagged("post_install", "-at_install")
class TestOwner(OcsCase):
    """Rules that set an employee as the owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.backend.company_id
        cls.user = new_test_user(
            cls.env, "hr_jdoe@example.org", groups="base.group_user"
        )

    def employee(self, name="Jane", **values):
        return self.env["hr.employee"].create(
            {"name": name, "company_id": self.company.id, **values}
        )

    def rule(self, **values):
        values = {"owner_source": "ocs", **values}
        return self.env["ocs.rule"].create({"name": "Owner", **values})

    def import_of(self, user_id, **options):
        return self.import_computer(
            1, ocs_computer(hardware={"USERID": user_id}), **options
        )

    def test_employee_of_the_user(self):
        employee = self.employee(user_id=self.user.id)
        self.rule()
        binding = self.import_of("EXAMPLE\\HR_jdoe")
        self.assertEqual(binding.employee_id, employee)
        self.assertEqual(binding.equipment_assign_to, "employee")
        self.assertEqual(binding.owner_user_id, self.user)
        self.assertTrue(binding.odoo_id._ocs_is_untouched())
        self.assertFalse(binding.warnings)

    def test_employee_without_a_user(self):
        employee = self.employee(work_email="Hr_Smith@example.org")
        self.rule()
        binding = self.import_of("EXAMPLE\\hr_smith")
        self.assertEqual(binding.employee_id, employee)
        self.assertFalse(binding.owner_user_id)
        self.assertFalse(self.import_of("hr_smit").warnings)

    def test_employee_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        employee = self.employee(work_email="hr_smith@example.org", company_id=other.id)
        self.rule()
        self.assertFalse(self.import_of("hr_smith").employee_id)
        self.rule(owner_source=False, company_id=other.id, sequence=1)
        self.assertEqual(self.import_of("hr_smith").employee_id, employee)

    def test_several_employees(self):
        for domain in ("example.org", "example.com"):
            self.employee(name=domain, work_email=f"hr_smith@{domain}")
        self.rule()
        binding = self.import_of("hr_smith")
        self.assertFalse(binding.employee_id)
        self.assertIn("hr_smith@example.com", binding.warnings)
        self.assertIn("hr_smith@example.org", binding.warnings)
        binding = self.import_of("hr_smith@example.org")
        self.assertEqual(binding.employee_id.name, "example.org")
        self.assertFalse(binding.warnings)

    def test_user_without_an_employee(self):
        self.rule(owner_source="user", owner_user_id=self.user.id)
        binding = self.import_of("")
        self.assertEqual(binding.equipment_assign_to, "other")
        self.assertEqual(binding.owner_user_id, self.user)
        asset = binding.odoo_id
        asset._compute_owner()
        self.assertEqual(asset.owner_user_id, self.user)
        asset.equipment_assign_to = "department"
        asset.equipment_assign_to = "other"
        self.assertEqual(asset.owner_user_id, self.user)
        self.assertTrue(asset._ocs_is_untouched(), asset._ocs_user_filled_fields())

    def test_assigned_to_a_department_manually(self):
        """The assignment is locked as a whole."""
        self.employee(user_id=self.user.id)
        department = self.env["hr.department"].create({"name": "Of the tests"})
        self.rule()
        binding = self.import_of("hr_jdoe")
        binding.odoo_id.write(
            {"equipment_assign_to": "department", "department_id": department.id}
        )
        self.import_of("hr_jdoe", force=True)
        self.assertEqual(binding.equipment_assign_to, "department")
        self.assertEqual(binding.department_id, department)
        self.assertFalse(binding.odoo_id._ocs_is_untouched())
        binding.action_reset_to_ocs(["equipment_assign_to", "employee_id"])
        self.assertEqual(binding.owner_user_id, self.user)

    def test_asset_imported_without_values(self):
        """The assignment to an employee is a default and not an edit by a user."""
        binding = self.import_of("")
        binding.write({"last_imported_values": False})
        self.rule(owner_source="user", owner_user_id=self.user.id)
        self.import_of("", force=True)
        self.assertEqual(binding.owner_user_id, self.user)

    def test_user_becomes_an_employee(self):
        self.rule(owner_source="user", owner_user_id=self.user.id)
        binding = self.import_of("")
        employee = self.employee(user_id=self.user.id)
        self.import_of("", force=True)
        self.assertEqual(binding.employee_id, employee)
        self.assertEqual(binding.equipment_assign_to, "employee")
        self.assertEqual(binding.owner_user_id, self.user)
        self.assertFalse(binding.ocs_owner_user_id)

    def test_user_takes_precedence_over_a_namesake(self):
        self.employee(
            name="Namesake",
            work_email="hr_jdoe@example.com",
            user_id=new_test_user(self.env, "hr_namesake").id,
        )
        self.rule()
        binding = self.import_of("hr_jdoe@example.org")
        self.assertEqual(binding.owner_user_id, self.user)
        self.assertFalse(binding.employee_id)

    def test_idempotent(self):
        self.employee(user_id=self.user.id)
        self.rule()
        binding = self.import_of("hr_jdoe")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE maintenance_equipment SET write_date = '2000-01-01'"
        )
        self.env.cr.execute("UPDATE ocs_computer_binding SET write_date = '2000-01-01'")
        self.env.invalidate_all()
        self.import_computer(1, force=True)
        self.env.flush_all()
        self.assertEqual(binding.write_date.year, 2000)
        self.assertEqual(binding.odoo_id.write_date.year, 2000)

    def test_form(self):
        arch = self.env["maintenance.equipment"].get_view(view_type="form")["arch"]
        self.assertIn("ocs_owner_user_id", arch)
