# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .runs import RunCase

SHARED = "5CGSHAREDX"


@tagged("post_install", "-at_install")
class TestSharedSerials(RunCase):
    """Valid serial numbers that several computers in OCS report."""

    def report(self, serial, *numbers, **hardware):
        """Let computers report a serial number, and import."""
        for number in numbers:
            machine = self.machine(number, bios={"SSN": serial}, hardware=hardware)
            self.ocs[number] = machine
        self.import_changed()

    def serials(self, *numbers):
        return [self.binding(number).serial_no for number in numbers]

    def assert_shared(self, *numbers):
        for number in numbers:
            binding = self.binding(number)
            self.assertFalse(binding.serial_no)
            self.assertFalse(binding.is_conflicting)
            self.assertIn("Several computers in OCS", binding.warnings)
            self.assertIn(SHARED, binding.warnings)
            self.assertEqual(binding.ocs_serial, SHARED)

    def test_two_computers(self):
        self.report(SHARED, 1)
        self.assertEqual(self.serials(1), [SHARED])
        self.report(SHARED, 2)
        self.assert_shared(1, 2)
        self.assertFalse(self.issue(1) + self.issue(2))

    def test_three_computers_at_once(self):
        self.report(SHARED, 1, 2, 3)
        self.assert_shared(1, 2, 3)

    def test_later_runs_change_nothing(self):
        self.report(SHARED, 1, 2)
        run = self.import_changed()
        self.assertEqual((run.job_count, run.unchanged_count), (0, 2))

    def test_same_uuid(self):
        """Two rows of one machine: the first one keeps the number."""
        for uuid in ("4C4C4544-0042-3510-8052-0000000000AA", "", None):
            with self.subTest(uuid), self.env.cr.savepoint() as savepoint:
                self.report(SHARED, 1, 2, UUID=uuid or "")
                self.assertEqual(self.serials(1, 2), [SHARED, False])
                self.assertFalse(self.binding(1).warnings)
                self.assertIn("Several computers in OCS", self.binding(2).warnings)
                savepoint.rollback()

    def test_one_is_removed(self):
        self.report(SHARED, 1, 2)
        del self.ocs[1]
        self.import_changed()
        self.assertEqual(self.serials(2), [SHARED])
        self.assertFalse(self.binding(2).warnings)

    def test_one_is_removed_and_returns(self):
        self.report(SHARED, 1, 2)
        machine = self.ocs.pop(1)
        self.import_changed()
        self.ocs[1] = machine
        self.import_changed()
        self.assert_shared(1, 2)

    def test_one_reports_other_numbers(self):
        """The serial number changes, disappears and returns."""
        self.report(SHARED, 1, 2)
        for serial, expected in (
            ("5CG1111XYZ", ["5CG1111XYZ", SHARED]),
            ("", [False, SHARED]),
            (SHARED, [False, False]),
            ("5CG1111XYZ", ["5CG1111XYZ", SHARED]),
        ):
            with self.subTest(serial):
                self.report(serial, 1)
                self.assertEqual(self.serials(1, 2), expected)

    def test_one_loses_its_number(self):
        """The other one gets the number, although nothing else changes."""
        self.report(SHARED, 1, 2)
        self.report("", 1)
        self.assertEqual(self.serials(1, 2), [False, SHARED])
        self.assertFalse(self.binding(2).warnings)

    def test_uuid_changes(self):
        """They turn out to be one machine, or two."""
        self.report(SHARED, 1, 2)
        self.ocs[1]["hardware"]["UUID"] = self.ocs[2]["hardware"]["UUID"]
        self.import_changed()
        self.assertEqual(self.serials(1, 2), [SHARED, False])
        self.ocs[1]["hardware"]["UUID"] = "4C4C4544-0042-3510-8052-0000000000AA"
        self.import_changed()
        self.assert_shared(1, 2)

    def test_edited_number_is_kept(self):
        self.report(SHARED, 1, 2)
        self.binding(1).odoo_id.serial_no = "LABEL-0042"
        self.import_changed()
        self.import_changed(force=True)
        self.assertEqual(self.serials(1, 2), ["LABEL-0042", False])

    def test_ten_placeholders(self):
        numbers = range(1, 11)
        self.report("Default string", *numbers)
        for number in numbers:
            self.assertFalse(self.binding(number).serial_no)
            self.assertIn("placeholder", self.binding(number).warnings)

    def test_other_backend(self):
        """Two OCS servers may know one machine."""
        self.report(SHARED, 1)
        other = self.backend.copy({"name": "Other OCS", "version": "2.9.1"})
        self.ocs = {5: self.machine(5, bios={"SSN": SHARED})}
        self.env["ocs.computer.binding"].import_record(other, 5)
        self.assertEqual(self.serials(1), [SHARED])

    def test_shared_number_does_not_match(self):
        """A user decides whether a manual asset with this number is a third one."""
        for number in (1, 2, 3):
            bios = {"SSN": SHARED, "SMODEL": f"Model {number}"}
            self.ocs[number] = self.machine(number, bios=bios)
        third = self.ocs.pop(3)
        self.import_changed()
        asset = self.env["maintenance.equipment"].create(
            {"name": "Manual", "serial_no": SHARED}
        )
        self.ocs[3] = third
        self.import_changed()
        self.assertEqual(self.issue(3).candidate_ids, asset)
        self.issue(3).action_create_asset()
        self.perform_jobs()
        self.assert_shared(3)
