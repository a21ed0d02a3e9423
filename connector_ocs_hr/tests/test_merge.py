# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import TransactionCase, tagged

from ..models.maintenance_equipment import ASSIGNMENT


class AssignmentCase(TransactionCase):
    """Test case with an employee and a department."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.equipment = cls.env["maintenance.equipment"]
        cls.employee = cls.env["hr.employee"].create({"name": "Employee of the tests"})
        cls.department = cls.env["hr.department"].create({"name": "Of the tests"})


@tagged("post_install", "-at_install")
class TestFieldsToTake(AssignmentCase):
    """An asset takes over the assignment of another one as a whole, or not at all."""

    def taken(self, values, other_values):
        asset, other = (
            self.equipment.create({"name": "PC", **each})
            for each in (values, other_values)
        )
        return set(asset._ocs_fields_to_take(other, ["assign_date", "note"]))

    def test_table(self):
        employee = {"employee_id": self.employee.id}
        department = {
            "equipment_assign_to": "department",
            "department_id": self.department.id,
        }
        for values, other_values, is_taken in (
            ({}, {}, False),
            ({}, employee, True),
            ({}, department, True),
            (employee, {}, False),
            (employee, department, False),
            (department, employee, False),
        ):
            with self.subTest(values=values, other_values=other_values):
                expected = {"note"} | (ASSIGNMENT if is_taken else set())
                self.assertEqual(self.taken(values, other_values), expected)


@tagged("post_install", "-at_install")
class TestMerge(AssignmentCase):
    """Merges keep the employee or department of an asset."""

    def setUp(self):
        super().setUp()
        if "ocs.asset.merge" not in self.env:
            self.skipTest("No assets are merged without connector_ocs_merge.")

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
