# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.queue_job.exception import RetryableJobError

from ..components.computer_serial_resolver import OcsSerialResolver
from .common import OcsCase, ocs_computer


@tagged("post_install", "-at_install")
class TestSerialNumber(OcsCase):
    """Serial numbers are unique in Odoo, and often shared in OCS."""

    def import_serial(self, external_id, serial):
        return self.import_computer(external_id, ocs_computer(bios={"SSN": serial}))

    def test_blacklisted_stays_on_the_binding(self):
        binding = self.import_serial(1, "To Be Filled By O.E.M.")
        self.assertFalse(binding.serial_no)
        self.assertEqual(binding.ocs_serial, "To Be Filled By O.E.M.")
        self.assertIn("placeholder", binding.warnings)

    def test_empty_is_no_warning(self):
        self.assertFalse(self.import_serial(1, "").warnings)

    def test_conflict_with_another_computer(self):
        first = self.import_serial(1, "5CD1234XYZ")
        second = self.import_serial(2, "5CD1234XYZ")
        self.assertEqual(first.serial_no, "5CD1234XYZ")
        self.assertFalse(second.serial_no)
        self.assertIn(f"ID {first.odoo_id.id}", second.warnings)

    def test_conflict_with_an_archived_asset(self):
        """The computer is bound already: the archived asset is another machine."""
        binding = self.import_serial(1, "")
        self.env["maintenance.equipment"].create(
            {"name": "Old", "serial_no": "5CD1234XYZ", "active": False}
        )
        self.import_serial(1, "5CD1234XYZ")
        self.assertFalse(binding.serial_no)
        self.assertIn("Old", binding.warnings)

    def test_conflict_with_another_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env["maintenance.equipment"].create(
            {"name": "Secret", "serial_no": "5CD1234XYZ", "company_id": other.id}
        )
        binding = self.import_serial(1, "5CD1234XYZ")
        self.assertFalse(binding.serial_no)
        self.assertIn("another company", binding.warnings)
        self.assertNotIn("Secret", binding.warnings)

    def test_conflict_with_an_asset_of_all_companies(self):
        binding = self.import_serial(1, "")
        self.env["maintenance.equipment"].create(
            {"name": "Common", "serial_no": "5CD1234XYZ", "company_id": False}
        )
        self.import_serial(1, "5CD1234XYZ")
        self.assertIn("Common", binding.warnings)

    def test_taken_by_another_job(self):
        """The import is tried again, and sees then who has the number."""
        self.import_serial(1, "")
        assets = self.env["maintenance.equipment"]
        assets.create({"name": "Other", "serial_no": "5CD1234XYZ"})
        with (
            mute_logger("odoo.sql_db"),
            mock.patch.object(OcsSerialResolver, "owner", return_value=assets),
            self.assertRaises(RetryableJobError),
            self.env.cr.savepoint(),
        ):
            self.import_serial(1, "5CD1234XYZ")

    def test_set_when_available(self):
        self.import_serial(1, "")
        owner = self.env["maintenance.equipment"].create(
            {"name": "Old", "serial_no": "5CD1234XYZ"}
        )
        binding = self.import_serial(1, "5CD1234XYZ")
        owner.serial_no = False
        self.import_computer(1, force=True)
        self.assertEqual(binding.serial_no, "5CD1234XYZ")
        self.assertFalse(binding.warnings)

    def test_unchanged(self):
        binding = self.import_serial(1, "5CD1234XYZ")
        self.import_computer(1, force=True)
        self.assertEqual(binding.serial_no, "5CD1234XYZ")

    def test_replaced(self):
        binding = self.import_serial(1, "5CD1234XYZ")
        self.import_serial(1, "5CD9999XYZ")
        self.assertEqual(binding.serial_no, "5CD9999XYZ")

    def test_became_blacklisted(self):
        binding = self.import_serial(1, "5CD1234XYZ")
        self.import_serial(1, "Default string")
        self.assertFalse(binding.serial_no)

    def test_edited_serial_number_is_kept(self):
        for serial in ("Default string", "5CD1234XYZ"):
            with self.subTest(serial):
                binding = self.import_serial(1, serial)
                binding.odoo_id.serial_no = "LABEL-0042"
                self.import_computer(1, force=True)
                self.assertEqual(binding.serial_no, "LABEL-0042")

    def test_edited_serial_number_needs_no_warning(self):
        """It does not matter whether another asset has the number from OCS."""
        binding = self.import_serial(1, "5CD1234XYZ")
        binding.odoo_id.serial_no = "LABEL-0042"
        self.import_serial(2, "5CD9999XYZ")
        self.import_serial(1, "5CD9999XYZ")
        self.assertFalse(binding.warnings or binding.is_conflicting)

    def test_checked_again_when_the_other_asset_is_deleted(self):
        self.import_serial(1, "")
        owner = self.env["maintenance.equipment"].create(
            {"name": "Old", "serial_no": "5CD1234XYZ"}
        )
        binding = self.import_serial(1, "5CD1234XYZ")
        owner.unlink()
        self.import_computer(1)
        self.assertEqual(binding.serial_no, "5CD1234XYZ")
