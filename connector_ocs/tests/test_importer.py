# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime
from unittest import mock

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.component.core import Component
from odoo.addons.connector.components.mapper import mapping
from odoo.addons.queue_job.exception import RetryableJobError

from ..components.binder import OcsBinder
from ..models.ocs_computer_jobs import OcsComputerJobs
from .common import OcsCase, ocs_computer


@tagged("post_install", "-at_install")
class TestComputerImporter(OcsCase):
    """Import of the nested dict of a computer into its asset."""

    def test_create(self):
        binding = self.import_computer(
            12,
            ocs_computer(
                hardware={"NAME": "PC-12", "LASTDATE": datetime(2026, 1, 15, 10, 30)},
                bios={"SSN": "5CD1234XYZ"},
                memories=[{"CAPACITY": size} for size in (4096, 8192, 0, 8192)],
                videos=[{"NAME": "Intel UHD"}, {"NAME": ""}, {"NAME": "NVIDIA T400"}],
                networks=[
                    {"MACADDR": "d4:d2:52:1c:3e:1b"},
                    {"MACADDR": "00:00:00:00:00:00"},
                    {"MACADDR": "D4:D2:52:1C:3E:1B"},
                    {"MACADDR": "A4:BB:6D:60:26:38"},
                ],
            ),
        )
        equipment = binding.odoo_id
        self.assertRecordValues(
            equipment,
            [
                {
                    "name": "PC-12",
                    "serial_no": "5CD1234XYZ",
                    "manufacturer": "Dell Inc.",
                    "model": "Latitude 5420",
                    "chassis_type": "Notebook",
                    "processor": "Intel Core i5",
                    "processor_mhz": 2400,
                    "processor_count": 1,
                    "memory_mb": 8192,
                    "memory_modules": "2x8192MB + 1x4096MB",
                    "graphics": "Intel UHD, NVIDIA T400",
                    "os_name": "Debian GNU/Linux 12",
                    "os_version": "6.1.0",
                    "os_comments": False,
                    "bios_manufacturer": "Dell Inc.",
                    "bios_version": "1.20.1",
                    "bios_date": "01/15/2024",
                    "hardware_uuid": "4C4C4544-0042-3510-8052-B4C04F564E31",
                    "domain_name": "EXAMPLE",
                    "ip_address": "192.0.2.10",
                    "mac_addresses": "A4:BB:6D:60:26:38, D4:D2:52:1C:3E:1B",
                    "category_id": self.env.ref("connector_ocs.category_computer").id,
                    "company_id": self.env.company.id,
                }
            ],
        )
        self.assertRecordValues(
            binding,
            [
                {
                    "external_id": 12,
                    "device_id": "PC-2024-01-15-10-00-00",
                    "ocs_serial": "5CD1234XYZ",
                    "ocs_tag": "Paris",
                    "ocs_user": "user0001",
                    "last_inventory": datetime(2026, 1, 15, 10, 30),
                    "warnings": False,
                    "removed_since": False,
                }
            ],
        )
        self.assertTrue(binding.sync_date)

    def test_last_inventory_is_converted_to_utc(self):
        self.backend.tz = "Europe/Paris"
        computer = ocs_computer(hardware={"LASTDATE": datetime(2026, 7, 14, 12, 0)})
        binding = self.import_computer(1, computer)
        self.assertEqual(binding.last_inventory, datetime(2026, 7, 14, 10, 0))

    def test_inventories_of_the_repeated_hour(self):
        """Neither an import nor a refresh of the date goes back in time."""
        self.backend.tz = "Europe/Paris"
        self.import_computer(1, ocs_computer())
        for name, minutes, expected in (
            ("A", (2, 50), datetime(2026, 10, 25, 0, 50)),
            ("A", (2, 10), datetime(2026, 10, 25, 1, 10)),
            ("B", (2, 15), datetime(2026, 10, 25, 1, 15)),
            ("B", (2, 20), datetime(2026, 10, 25, 1, 20)),
            ("C", (3, 0), datetime(2026, 10, 25, 2, 0)),
        ):
            with self.subTest(name=name, minutes=minutes):
                date = datetime(2026, 10, 25, *minutes)
                hardware = {"NAME": name, "LASTDATE": date}
                binding = self.import_computer(1, ocs_computer(hardware=hardware))
                self.assertEqual(binding.last_inventory, expected)

    def test_placeholders_of_the_firmware(self):
        texts = ("To be filled by O.E.M.", "System manufacturer", "Default string")
        for text in texts:
            with self.subTest(text=text):
                columns = ("SMANUFACTURER", "MMANUFACTURER", "BMANUFACTURER")
                bios = dict.fromkeys((*columns, "ASSETTAG"), text)
                asset = self.import_computer(1, ocs_computer(bios=bios)).odoo_id
                self.assertFalse(asset.manufacturer or asset.asset_tag)
                self.assertFalse(asset.board_manufacturer or asset.bios_manufacturer)

    def test_update_writes_only_what_differs(self):
        self.import_computer(1, ocs_computer(memories=[{"CAPACITY": 8192}]))
        changed = ocs_computer(memories=[{"CAPACITY": 16384}])
        written = []
        equipment = self.env.registry["maintenance.equipment"]
        write = equipment.write

        def spy(records, vals):
            written.append(vals)
            return write(records, vals)

        with mock.patch.object(equipment, "write", spy):
            binding = self.import_computer(1, changed)
        self.assertEqual(binding.memory_modules, "1x16384MB")
        self.assertEqual(written, [{"memory_modules": "1x16384MB"}])

    def test_second_import_updates_the_same_asset(self):
        first = self.import_computer(1, ocs_computer())
        second = self.import_computer(1, ocs_computer(hardware={"NAME": "RENAMED"}))
        self.assertEqual(first, second)
        self.assertEqual(second.odoo_id.name, "RENAMED")

    def test_unchanged_is_skipped(self):
        binding = self.import_computer(1, ocs_computer())
        binding.odoo_id.name = "edited in Odoo"
        with mock.patch.object(type(binding), "write", side_effect=AssertionError):
            self.import_computer(1)
        self.assertEqual(binding.name, "edited in Odoo")

    def test_force_compares_every_value(self):
        binding = self.import_computer(1, ocs_computer())
        binding.odoo_id.manufacturer = "edited in Odoo"
        self.import_computer(1, force=True)
        self.assertEqual(binding.manufacturer, "Dell Inc.")

    def test_unchanged_refreshes_last_inventory(self):
        self.import_computer(1, ocs_computer())
        self.binding(1).sync_date = imported = datetime(2026, 1, 15, 10)
        later = ocs_computer(hardware={"LASTDATE": datetime(2026, 2, 1, 8, 0)})
        binding = self.import_computer(1, later)
        self.assertEqual(binding.sync_date, imported)
        self.assertEqual(binding.last_inventory, datetime(2026, 2, 1, 8, 0))

    def test_name_fallbacks(self):
        unnamed = ocs_computer(hardware={"NAME": ""})
        manual = ocs_computer(hardware={"NAME": "", "DEVICEID": "MANUEL"})
        self.assertEqual(
            self.import_computer(1, unnamed).name, "PC-2024-01-15-10-00-00"
        )
        self.assertEqual(self.import_computer(2, manual).name, "OCS computer 2")

    def test_edited_category_and_company_are_kept(self):
        binding = self.import_computer(1, ocs_computer())
        category = self.env["maintenance.equipment.category"].create({"name": "Lab"})
        binding.odoo_id.write({"category_id": category.id, "company_id": False})
        self.import_computer(1, ocs_computer(hardware={"MEMORY": 1}))
        self.assertEqual(binding.category_id, category)
        self.assertFalse(binding.company_id)

    def test_changes_are_logged_without_notification(self):
        """An update logs one note, without tracking values or followers."""
        binding = self.import_computer(1, ocs_computer())
        self.assertFalse(binding.odoo_id.message_ids)
        self.import_computer(1, ocs_computer(hardware={"NAME": "RENAMED"}))
        message = binding.odoo_id.message_ids
        self.assertEqual(message.message_type, "auto_comment")
        self.assertFalse(message.tracking_value_ids)
        self.assertFalse(message.notified_partner_ids)
        self.assertFalse(binding.odoo_id.message_partner_ids)

    def test_imports_are_not_exported(self):
        """Listeners of other addons check the context."""
        self.import_computer(1, ocs_computer())
        assets = self.env.registry["maintenance.equipment"]
        with mock.patch.object(
            assets, "write", autospec=True, side_effect=assets.write
        ) as write:
            self.import_computer(1, ocs_computer(hardware={"NAME": "RENAMED"}))
        (call,) = write.call_args_list
        self.assertTrue(call.args[0].env.context["connector_no_export"])

    def test_name_owned_by_ocs_is_the_same_in_every_language(self):
        name = self.backend.ownership_ids.filtered(lambda line: line.name == "name")
        name.ownership = "ocs"
        self.env["res.lang"]._activate_lang("fr_FR")
        binding = self.import_computer(1, ocs_computer(hardware={"NAME": "OLD"}))
        binding.odoo_id.with_context(lang="fr_FR").name = "Mon PC"
        french = self.env(context=dict(self.env.context, lang="fr_FR"))
        self.ocs[1] = ocs_computer(hardware={"NAME": "NEW"})
        backend = self.backend.with_env(french)
        french["ocs.computer.binding"].import_record(backend, 1)
        for lang in ("fr_FR", "en_US"):
            self.assertEqual(binding.with_context(lang=lang).name, "NEW")

    def test_archived_asset_is_updated(self):
        binding = self.import_computer(1, ocs_computer())
        binding.odoo_id.active = False
        again = self.import_computer(1, ocs_computer(hardware={"NAME": "RENAMED"}))
        self.assertEqual(again, binding)
        self.assertEqual(binding.name, "RENAMED")
        self.assertFalse(binding.active)

    def test_deleted_asset_is_created_again(self):
        self.import_computer(1, ocs_computer()).odoo_id.unlink()
        self.assertTrue(self.import_computer(1).odoo_id)

    def test_skipped_computer_is_listed(self):
        archived = ocs_computer(hardware={"NAME": "OLD", "ARCHIVE": 1})
        self.assertFalse(self.import_computer(1, archived))
        self.assertRecordValues(
            self.issue(1), [{"reason": "archived", "display_name": "OLD"}]
        )
        self.assertTrue(self.import_computer(1, ocs_computer()))
        self.assertFalse(self.issue(1))

    def test_import_now_does_not_archive_the_asset(self):
        """Only runs archive assets, however often “Import now” is pressed."""
        binding = self.import_computer(1, ocs_computer())
        for _click in range(2):
            self.import_computer(1, ocs_computer(hardware={"ARCHIVE": 1}), force=True)
        self.assertTrue(binding.active)
        self.assertFalse(binding.removal_action)

    def test_missing_computer_is_listed(self):
        result = self.env["ocs.computer.binding"].import_record(self.backend, 1)
        self.assertIn("no computer with the ID 1", result)
        self.assertEqual(self.issue(1).reason, "deleted")

    def test_results(self):
        """The job says what became of the computer."""
        self.ocs[1] = ocs_computer()
        model = self.env["ocs.computer.binding"]
        for archived, sentence in (
            (0, "“PC” was imported."),
            (0, "“PC” is unchanged."),
            (1, "Not imported: Archived in OCS."),
        ):
            self.ocs[1]["hardware"]["ARCHIVE"] = archived
            self.assertEqual(model.import_record(self.backend, 1), sentence)

    def test_import_does_not_mark_a_computer_as_removed(self):
        """Only runs know whether so many removals need approval."""
        binding = self.import_computer(2, ocs_computer())
        del self.ocs[2]
        self.import_computer(2)
        self.assertFalse(binding.removed_since)
        self.assertFalse(binding.removal_action)
        self.assertTrue(binding.active)
        self.assertFalse(self.issue(2))

    def test_locked_by_another_job(self):
        with (
            mock.patch.object(OcsComputerJobs, "_lock", return_value=set()),
            self.assertRaises(RetryableJobError) as caught,
        ):
            self.import_computer(1, ocs_computer())
        self.assertEqual(caught.exception.seconds, 2)
        self.assertTrue(caught.exception.ignore_retry)
        self.assertIn("Try again", str(caught.exception))

    def test_created_by_another_job(self):
        self.import_computer(1, ocs_computer())
        with (
            mute_logger("odoo.sql_db"),
            mock.patch.object(OcsBinder, "to_internal_many", lambda binder, _ids: {}),
            self.assertRaises(RetryableJobError),
            self.env.cr.savepoint(),
        ):
            self.import_computer(1, force=True)

    def test_mapper_can_be_extended(self):
        class TagMapper(Component):
            _inherit = "ocs.computer.mapper"

            @mapping
            def note(self, record):
                return {"note": record["hardware"]["OSNAME"]}

        TagMapper._build_component(self._components_registry)
        binding = self.import_computer(1, ocs_computer())
        self.assertIn("Debian", binding.note)
