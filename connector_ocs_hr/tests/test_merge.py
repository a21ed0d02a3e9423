# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestMerge(TransactionCase):
    """Merges keep the employee or department of an asset."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.equipment = cls.env["maintenance.equipment"]
        cls.employee = cls.env["hr.employee"].create({"name": "Employee of the tests"})
        cls.department = cls.env["hr.department"].create({"name": "Of the tests"})

    def merge(self, *assets):
        destination, other = (
            self.equipment.create({"name": "PC", **values}) for values in assets
        )
        self.env.flush_all()
        self.merged = self.env["ocs.asset.merge"]._merge(destination, other)
        return destination

    def test_employee(self):
        values = {"employee_id": self.employee.id, "assign_date": "2020-02-02"}
        destination = self.merge({}, values)
        self.assertEqual(destination.employee_id, self.employee)
        self.assertEqual(str(destination.assign_date), "2020-02-02")
        self.merged.action_undo()
        self.assertFalse(destination.employee_id)

    def test_department(self):
        assignment = {
            "equipment_assign_to": "department",
            "department_id": self.department.id,
        }
        destination = self.merge({}, assignment)
        self.assertEqual(destination.equipment_assign_to, "department")
        self.assertEqual(destination.department_id, self.department)
        self.merged.action_undo()
        self.assertEqual(destination.equipment_assign_to, "employee")
        self.assertFalse(destination.department_id)

    def test_assignment_of_the_kept_asset_wins(self):
        destination = self.merge(
            {"employee_id": self.employee.id},
            {
                "equipment_assign_to": "department",
                "department_id": self.department.id,
            },
        )
        self.assertEqual(destination.equipment_assign_to, "employee")
        self.assertEqual(destination.employee_id, self.employee)
        self.assertFalse(destination.department_id)
