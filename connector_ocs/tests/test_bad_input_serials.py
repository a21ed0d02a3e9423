# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import new_test_user, tagged

from .test_bad_input import BadInputCase


@tagged("post_install", "-at_install")
class TestSerials(BadInputCase):
    """Serial numbers that are placeholders, or that two assets report."""

    def insert_serial(self, external_id, serial):
        """Insert a computer with a serial number."""
        self.insert_computer(external_id, f"PC-{external_id}")
        self.insert("bios", HARDWARE_ID=external_id, SSN=serial)

    def _owners(self, serial):
        equipment = self.env["maintenance.equipment"].with_context(active_test=False)
        return equipment.search([("serial_no", "=", serial)])

    def _assert_without_serial(self, external_id, serial, warning):
        binding = self.imported(external_id)
        self.assertIs(binding.serial_no, False)
        self.assertEqual(binding.ocs_serial, serial)
        self.assertIn(serial, binding.warnings or "")
        self.assertIn(warning, binding.warnings)

    def test_placeholders(self):
        serials = ("To Be Filled By O.E.M.", "Default string", "None", "0", "00000000")
        for external_id, serial in enumerate(serials, 1):
            self.insert_serial(external_id, serial)
        self.import_all()
        for external_id, serial in enumerate(serials, 1):
            with self.subTest(serial=serial):
                self._assert_without_serial(external_id, serial, "placeholder")

    def test_empty(self):
        for external_id, serial in enumerate(("", "   ", None), 1):
            self.insert_serial(external_id, serial)
        self.import_all()
        for external_id in (1, 2, 3):
            binding = self.imported(external_id)
            self.assertIs(binding.serial_no, False)
            self.assertIs(binding.ocs_serial, False)
            self.assertIs(binding.warnings, False)

    def test_shared_placeholder(self):
        self.insert_serial(1, "Default string")
        self.insert_serial(2, "Default string")
        self.import_all()
        self._assert_without_serial(1, "Default string", "placeholder")
        self._assert_without_serial(2, "Default string", "placeholder")

    def test_serial_of_two_computers(self):
        self.insert_serial(1, "5CG1234XYZ")
        self.insert_serial(2, "5CG1234XYZ ")
        self.import_all()
        self.assertEqual(self.imported(1).serial_no, "5CG1234XYZ")
        self.assertIs(self.imported(1).warnings, False)
        self._assert_without_serial(2, "5CG1234XYZ", "Several computers in OCS")
        self.assertEqual(self._owners("5CG1234XYZ"), self.binding(1).odoo_id)

    def _import_as_manager(self):
        """Import as a manager of one company only."""
        manager = new_test_user(
            self.env, "manager_ocs", groups="connector_ocs.group_ocs_manager"
        )
        backend = self.backend.with_user(manager)
        backend.with_context(queue_job__no_delay=True).action_import_changed()

    def test_asset_of_another_company(self):
        other = self.env["res.company"].create({"name": "Another company"})
        owner = self.env["maintenance.equipment"].create(
            {"name": "Theirs", "serial_no": "5CG1234XYZ", "company_id": other.id}
        )
        self.insert_serial(1, "5CG1234XYZ")
        self._import_as_manager()
        self._assert_without_serial(1, "5CG1234XYZ", "asset of another company")
        self.assertNotIn("Theirs", self.binding(1).warnings)
        self.assertEqual(self._owners("5CG1234XYZ"), owner)

    def test_archived_asset(self):
        owner = self.env["maintenance.equipment"].create(
            {"name": "Scrapped", "serial_no": "5CG1234XYZ", "active": False}
        )
        self.insert_serial(1, "5CG1234XYZ")
        self.import_all()
        issue = self.issue(1)
        self.assertEqual(issue.reason, "ambiguous")
        self.assertEqual(issue.candidate_ids, owner)
        issue.with_context(queue_job__no_delay=True).action_create_asset()
        self._assert_without_serial(1, "5CG1234XYZ", "belongs to the asset “Scrapped”")
        self.assertEqual(self._owners("5CG1234XYZ"), owner)

    def test_monitor_with_the_serial_of_a_computer(self):
        self.insert_serial(1, "5CG1234XYZ")
        self.insert("monitors", HARDWARE_ID=1, CAPTION="Screen", SERIAL="5CG1234XYZ")
        self.import_all()
        binding = self.imported(1)
        self.assertEqual(binding.serial_no, "5CG1234XYZ")
        self.assertEqual(binding.monitor_ids.name, "Screen")
        self.assertIs(binding.monitor_ids.serial_no, False)
        self.assertIn("belongs to the asset “PC-1”", binding.warnings)

    def test_computers_swap_their_serials(self):
        self.insert_serial(1, "5CG1111XYZ")
        self.insert_serial(2, "5CG2222XYZ")
        self.import_all()
        self.sql("UPDATE bios SET SSN = '5CG2222XYZ' WHERE HARDWARE_ID = 1")
        self.sql("UPDATE bios SET SSN = '5CG1111XYZ' WHERE HARDWARE_ID = 2")
        self.import_all()
        self.assertEqual(self.imported(1).serial_no, "5CG2222XYZ")
        self.assertEqual(self.imported(2).serial_no, "5CG1111XYZ")
        for external_id in (1, 2):
            self.assertIs(self.imported(external_id).warnings, False)
            self.assertIs(self.imported(external_id).is_conflicting, False)
