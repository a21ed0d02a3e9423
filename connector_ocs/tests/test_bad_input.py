# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .live import LiveCase


class BadInputCase(LiveCase):
    """Test case with rows as they occur in real databases of OCS."""

    def imported(self, external_id):
        """Return the binding of a computer that must have been imported."""
        binding = self.binding(external_id)
        self.assertEqual(len(binding), 1)
        self.assertFalse(self.issue(external_id))
        return binding

    def assert_not_imported(self, external_id, reason, name=False, message=False):
        """Assert that a row was not imported for this reason."""
        self.assertFalse(self.binding(external_id))
        issue = self.issue(external_id)
        self.assertEqual(issue.reason, reason)
        self.assertEqual(issue.name, name)
        self.assertEqual(issue.message, message)


@tagged("post_install", "-at_install")
class TestMissingRows(BadInputCase):
    """A computer is imported even if some of its rows are missing."""

    def test_no_bios(self):
        self.insert_computer(1, "PC-1", OSNAME="Debian GNU/Linux 12")
        self.import_all()
        binding = self.imported(1)
        self.assertEqual(binding.name, "PC-1")
        self.assertEqual(binding.os_name, "Debian GNU/Linux 12")
        for field in (
            *("manufacturer", "model", "chassis_type", "serial_no", "ocs_serial"),
            *("bios_manufacturer", "bios_version", "bios_date", "warnings"),
        ):
            self.assertIs(binding[field], False, field)

    def test_no_accountinfo(self):
        self.insert_computer(1)
        self.insert("bios", HARDWARE_ID=1, SSN="5CG1234XYZ")
        self.import_all()
        binding = self.imported(1)
        self.assertIs(binding.ocs_tag, False)
        self.assertEqual(binding.serial_no, "5CG1234XYZ")

    def test_tag_is_added_later(self):
        self.insert_computer(1)
        self.import_all()
        self.insert("accountinfo", HARDWARE_ID=1, TAG="Paris")
        self.import_all()
        self.assertEqual(self.imported(1).ocs_tag, "Paris")

    def test_no_values(self):
        self.insert("hardware", ID=1, DEVICEID="")
        for table in ("bios", "memories", "videos", "monitors", "networks"):
            self.insert(table, HARDWARE_ID=1)
        self.import_all()
        binding = self.imported(1)
        self.assertEqual(binding.name, "OCS computer 1")
        self.assertIs(binding.last_inventory, False)
        self.assertEqual(binding.memory_mb, 0)
        self.assertIs(binding.memory_modules, False)
        self.assertIs(binding.graphics, False)
        self.assertIs(binding.mac_addresses, False)
        self.assertFalse(binding.monitor_ids)

    def test_manually_entered_computers(self):
        for external_id, name in ((1, "DESK-1_M"), (2, "DESK-2_M"), (3, None)):
            self.insert_computer(
                external_id, NAME=name, DEVICEID="MANUEL", LASTDATE=None
            )
            self.insert("bios", HARDWARE_ID=external_id, SSN=f"5CG000{external_id}_M")
            self.insert("networks", HARDWARE_ID=external_id, MACADDR="00:1B:21:A_M")
        self.import_all()
        bindings = [self.imported(external_id) for external_id in (1, 2, 3)]
        self.assertEqual(len({binding.odoo_id for binding in bindings}), 3)
        self.assertEqual(
            [(binding.name, binding.serial_no) for binding in bindings],
            [
                ("DESK-1_M", "5CG0001_M"),
                ("DESK-2_M", "5CG0002_M"),
                ("OCS computer 3", "5CG0003_M"),
            ],
        )
        for binding in bindings:
            self.assertEqual(binding.device_id, "MANUEL")
            self.assertIs(binding.last_inventory, False)
            self.assertIs(binding.mac_addresses, False)


@tagged("post_install", "-at_install")
class TestExcludedRows(BadInputCase):
    """Groups, archived computers and orphans are listed instead of imported."""

    def setUp(self):
        super().setUp()
        self.insert_computer(1, "PC-1")
        equipment = self.env["maintenance.equipment"].with_context(active_test=False)
        self.equipment = equipment
        self.before = equipment.search_count([])

    def _import(self):
        """Import, and assert that PC-1 is the only computer."""
        self.import_all()
        self.assertEqual(self.imported(1).name, "PC-1")
        self.assertEqual(self.equipment.search_count([]), self.before + 1)

    def test_groups(self):
        self.insert_computer(2, NAME="Laptops", DEVICEID="_SYSTEMGROUP_")
        self.insert_computer(3, NAME="Servers", DEVICEID="_DOWNLOADGROUP_")
        self._import()
        self.assert_not_imported(2, "group", "Laptops")
        self.assert_not_imported(3, "group", "Servers")

    def test_archived_group(self):
        self.insert_computer(2, NAME="Old", DEVICEID="_SYSTEMGROUP_", ARCHIVE=1)
        self._import()
        self.assert_not_imported(2, "group", "Old")

    def test_archived_computer(self):
        self.insert_computer(2, "PC-2", ARCHIVE=1)
        self.insert("archive", HARDWARE_ID=2)
        self.insert("monitors", HARDWARE_ID=2, CAPTION="DELL", SERIAL="CN0ABC")
        self._import()
        self.assert_not_imported(2, "archived", "PC-2")
        self.sql("DELETE FROM archive")
        self.sql("UPDATE hardware SET ARCHIVE = NULL WHERE ID = 2")
        self.import_all()
        binding = self.imported(2)
        self.assertEqual(binding.name, "PC-2")
        self.assertEqual(binding.monitor_ids.mapped("serial_no"), ["CN0ABC"])

    def test_archived_after_its_import(self):
        self.insert_computer(2, "PC-2", OSVERSION="11")
        self.import_all()
        binding = self.imported(2)
        self.sql("UPDATE hardware SET ARCHIVE = 1, OSVERSION = '12' WHERE ID = 2")
        self.import_all()
        self.assertEqual(self.issue(2).reason, "archived")
        self.assertEqual(self.issue(2).binding_id, binding)
        self.assertEqual(binding.os_version, "11")
        self.assertFalse(binding.removed_since)
        self.sql("UPDATE hardware SET ARCHIVE = 0 WHERE ID = 2")
        self.import_all()
        self.assertEqual(self.imported(2), binding)
        self.assertEqual(binding.os_version, "12")

    def test_unarchived_without_change(self):
        self.insert_computer(2, "PC-2")
        self.import_all()
        binding = self.imported(2)
        self.sql("UPDATE hardware SET ARCHIVE = 1 WHERE ID = 2")
        self.import_all()
        self.assertEqual(self.issue(2).reason, "archived")
        self.sql("UPDATE hardware SET ARCHIVE = NULL WHERE ID = 2")
        self.import_all()
        self.assertEqual(self.imported(2), binding)

    def test_orphans(self):
        self.insert("bios", HARDWARE_ID=2, SSN="5CG1234XYZ")
        self.insert("memories", HARDWARE_ID=2, CAPACITY=8192)
        self.insert("memories", HARDWARE_ID=2, CAPACITY=8192)
        self.insert("accountinfo", HARDWARE_ID=3, TAG="Paris")
        self._import()
        message = "Rows in %s belong to a computer that was deleted in OCS."
        self.assert_not_imported(2, "orphan", message=message % "bios, memories")
        self.assert_not_imported(3, "orphan", message=message % "accountinfo")

    def test_computer_of_orphans_is_added_later(self):
        self.insert("bios", HARDWARE_ID=2, SSN="5CG1234XYZ")
        self._import()
        self.insert_computer(2, "PC-2")
        self.import_all()
        self.assertEqual(self.imported(2).serial_no, "5CG1234XYZ")

    def test_orphans_are_deleted(self):
        self.insert("bios", HARDWARE_ID=2, SSN="5CG1234XYZ")
        self._import()
        self.sql("DELETE FROM bios")
        self._import()
        self.assertFalse(self.issue(2))


@tagged("post_install", "-at_install")
class TestTexts(BadInputCase):
    """Texts are imported whatever characters they contain."""

    def _check(self, stored, expected=None):
        expected = stored if expected is None else expected
        self.insert_computer(1, NAME=stored, DEVICEID="PC-2024-01-15-10-00-00")
        self.import_all()
        binding = self.imported(1)
        self.assertEqual(binding.name, expected)
        self.assertEqual(binding.odoo_id.with_context(lang=None).name, expected)
        self.assertFalse(binding.warnings)

    def test_no_name(self):
        self._check(None, "PC-2024-01-15-10-00-00")

    def test_blank_name(self):
        self._check("   ", "PC-2024-01-15-10-00-00")

    def test_longest_name(self):
        self._check("PC-".ljust(255, "x"))

    def test_cyrillic_name(self):
        self._check("Бухгалтерія-1")

    def test_quotes_and_markup(self):
        self._check("O'Brien \"<b>PC</b>\" 100% %s \\ 'x' <script>alert(1)</script>")

    def test_nul_character(self):
        self._check("PC\x00-1\x00", "PC-1")

    def test_padded_name(self):
        self._check("  PC-1  ", "PC-1")

    def test_every_text(self):
        """NUL characters and surrounding spaces are removed from every text."""
        text = " a\x00b "
        self.insert_computer(1, text, OSNAME=text, IPADDR=text, USERID=text, UUID=text)
        self.insert("bios", HARDWARE_ID=1, SMANUFACTURER=text, SSN=f"5CG{text}XYZ")
        self.insert("accountinfo", HARDWARE_ID=1, TAG=text)
        self.insert("videos", HARDWARE_ID=1, NAME=text)
        self.insert("monitors", HARDWARE_ID=1, CAPTION=text, SERIAL=f"CN0{text}")
        self.import_all()
        binding = self.imported(1)
        for field in (
            *("name", "os_name", "ip_address", "ocs_user", "hardware_uuid"),
            *("manufacturer", "ocs_tag", "graphics"),
        ):
            self.assertEqual(binding[field], "ab", field)
        self.assertEqual(binding.serial_no, "5CG ab XYZ")
        self.assertEqual(binding.monitor_ids.mapped("serial_no"), ["CN0 ab"])
