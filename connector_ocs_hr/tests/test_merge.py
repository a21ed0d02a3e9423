# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestMerge(TransactionCase):
    """Who has a merged asset has the one that is left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.equipment = cls.env["maintenance.equipment"]
        cls.employee = cls.env["hr.employee"].create({"name": "Employee of the tests"})
        cls.department = cls.env["hr.department"].create({"name": "Of the tests"})

    def merge(self, *assets):
        survivor, other = (
            self.equipment.create({"name": "PC", **values}) for values in assets
        )
        self.env.flush_all()
        self.merged = self.env["ocs.asset.merge"]._merge(survivor, other)
        return survivor

    def test_employee(self):
        values = {"employee_id": self.employee.id, "assign_date": "2020-02-02"}
        survivor = self.merge({}, values)
        self.assertEqual(survivor.employee_id, self.employee)
        self.assertEqual(str(survivor.assign_date), "2020-02-02")
        self.merged.action_undo()
        self.assertFalse(survivor.employee_id)

    def test_department(self):
        assignment = {
            "equipment_assign_to": "department",
            "department_id": self.department.id,
        }
        survivor = self.merge({}, assignment)
        self.assertEqual(survivor.equipment_assign_to, "department")
        self.assertEqual(survivor.department_id, self.department)
        self.merged.action_undo()
        self.assertEqual(survivor.equipment_assign_to, "employee")
        self.assertFalse(survivor.department_id)

    def test_whoever_has_it_keeps_it(self):
        survivor = self.merge(
            {"employee_id": self.employee.id},
            {
                "equipment_assign_to": "department",
                "department_id": self.department.id,
            },
        )
        self.assertEqual(survivor.equipment_assign_to, "employee")
        self.assertEqual(survivor.employee_id, self.employee)
        self.assertFalse(survivor.department_id)
