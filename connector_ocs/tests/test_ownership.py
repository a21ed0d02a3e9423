# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import ocs_computer, ocs_monitor
from .ownership import OwnershipCase


@tagged("post_install", "-at_install")
class TestOwnership(OwnershipCase):
    """Fields that imports write, and fields that they leave to users."""

    def names_after(self, ownership, steps):
        """Perform steps and return the name of the asset after each of them.

        :param ownership: of the name
        :param steps: list of tuples: 'ocs', 'user' or 'reset', and the new name
        """
        self.set_ownership("name", ownership)
        names = []
        for who, name in steps:
            if who == "ocs":
                self.rename(name)
            elif who == "user":
                self.binding(1).odoo_id.name = name
            else:
                self.binding(1).action_reset_to_ocs(["name"])
            names.append(self.binding(1).name)
        return names

    def test_import_edit_and_reset(self):
        steps = (
            ("ocs", "A"),
            ("ocs", "B"),
            ("user", "mine"),
            ("ocs", "B"),
            ("ocs", "C"),
            ("user", "C"),  # restored manually
            ("ocs", "C"),
            ("ocs", "D"),
            ("user", "mine"),
            ("ocs", "E"),
            ("reset", ""),
            ("ocs", "F"),
            ("user", "mine"),
            ("ocs", "G"),
            ("user", "F"),  # what the last import wrote
            ("ocs", "H"),
        )
        for ownership, names in (
            ("ocs", "A B mine B C C C D mine E E F mine G F H"),
            ("odoo", "A A mine mine mine C C C mine mine mine mine mine mine F F"),
            ("until_edited", "A B mine mine mine C C D mine mine E F mine mine F H"),
        ):
            with self.subTest(ownership), self.env.cr.savepoint() as savepoint:
                self.assertEqual(self.names_after(ownership, steps), names.split())
                savepoint.rollback()

    def test_differences_are_listed(self):
        for ownership, differences in (
            ("ocs", {}),
            ("odoo", {"name": ("mine", "B")}),
            ("until_edited", {"name": ("mine", "B")}),
        ):
            with self.subTest(ownership), self.env.cr.savepoint() as savepoint:
                steps = (("ocs", "A"), ("user", "mine"), ("ocs", "B"))
                self.names_after(ownership, steps)
                binding = self.binding(1)
                self.assertEqual(self.locked(binding), differences)
                self.assertEqual("name" in binding.ocs_values, bool(differences))
                is_locked = ownership == "until_edited"
                self.assertEqual(binding.has_locked_fields, is_locked)
                self.assertEqual(bool(binding.ocs_locked_labels), is_locked)
                savepoint.rollback()

    def test_edits_are_listed_at_once(self):
        for name in ("B", "A"):  # what an import writes is no edit
            binding = self.rename(name)
            self.assertFalse(binding.has_locked_fields)
        binding.odoo_id.name = "mine"
        self.assertTrue(binding.has_locked_fields)
        self.assertEqual(self.locked(binding), {"name": ("mine", "A")})
        binding.odoo_id.name = "A"
        self.assertFalse(binding.has_locked_fields)
        self.assertFalse(binding.odoo_id.ocs_field_differences)

    def test_second_import_writes_nothing(self):
        self.set_ownership("model", "odoo")
        self.configured = {"warranty_date": "2030-01-31", "cost": 12.5}
        binding = self.rename("A")
        binding.odoo_id.name = "mine"
        self.rename("B")
        self.env.flush_all()
        long_ago = "2020-01-01 00:00:00"
        for record in (binding, binding.odoo_id):
            self.env.cr.execute(
                f"UPDATE {record._table} SET write_date = %s WHERE id = %s",
                (long_ago, record.id),
            )
        self.env.invalidate_all()
        self.rename("B")
        self.env.flush_all()
        self.env.invalidate_all()
        for record in (binding, binding.odoo_id):
            self.assertEqual(str(record.write_date), long_ago)
        self.assertEqual(binding.name, "mine")

    def test_emptied_fields_are_locked(self):
        binding = self.import_computer(1, ocs_computer(bios={"SSN": "5CD1234XYZ"}))
        binding.odoo_id.write({"serial_no": False, "category_id": False})
        self.import_computer(1, force=True)
        self.assertFalse(binding.serial_no)
        self.assertFalse(binding.category_id)
        self.assertEqual(set(self.locked(binding)), {"serial_no", "category_id"})
        binding.action_reset_to_ocs(["serial_no", "category_id"])
        self.assertEqual(binding.serial_no, "5CD1234XYZ")
        self.assertEqual(binding.category_id, self.backend.computer_category_id)

    def test_edited_in_another_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        binding = self.rename("A")
        french = binding.odoo_id.with_context(lang="fr_FR")
        french.name = "Mon PC"
        self.rename("B")
        self.assertEqual(french.name, "Mon PC")
        self.assertEqual(binding.odoo_id.with_context(lang="en_US").name, "A")
        binding.with_context(lang="fr_FR").action_reset_to_ocs(["name"])
        for lang in ("fr_FR", "en_US"):
            self.assertEqual(binding.odoo_id.with_context(lang=lang).name, "B")
        self.rename("C")
        self.assertEqual(french.name, "C")

    def test_name_owned_by_ocs_in_another_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.set_ownership("name", "ocs")
        french = self.rename("A").odoo_id.with_context(lang="fr_FR")
        french.name = "Mon PC"
        self.rename("A")
        self.assertEqual(french.name, "A")

    def test_edited_category_is_locked(self):
        categories = self.env["maintenance.equipment.category"]
        lab, office = categories.create([{"name": "Lab"}, {"name": "Office"}])
        binding = self.rename("A")
        self.backend.computer_category_id = office
        self.rename("A")
        self.assertEqual(binding.category_id, office)
        binding.odoo_id.category_id = lab
        self.backend.computer_category_id = categories.create({"name": "Attic"})
        self.rename("A")
        self.assertEqual(binding.category_id, lab)
        self.assertEqual(self.locked(binding), {"category_id": ("Lab", "Attic")})

    def test_deleted_record_is_not_an_edit(self):
        technicians = self.env["res.users"].create(
            [{"name": login, "login": login} for login in ("one", "two")]
        )
        self.configured = {"technician_user_id": technicians[0].id}
        binding = self.rename("A")
        self.assertEqual(binding.technician_user_id, technicians[0])
        technicians[0].unlink()
        self.configured = {"technician_user_id": technicians[1].id}
        self.rename("A")
        self.assertEqual(binding.technician_user_id, technicians[1])

    def test_configured_value_is_no_longer_given(self):
        self.configured = {
            "category_id": self.backend.monitor_category_id.id,
            "technician_user_id": self.env.uid,
        }
        binding = self.rename("A")
        self.configured = {}
        self.rename("A")
        self.assertEqual(binding.category_id, self.backend.computer_category_id)
        self.assertEqual(binding.technician_user_id, self.env.user)
        self.assertFalse(binding.ocs_field_differences)
        self.assertNotIn("technician_user_id", binding.ocs_values)

    def test_values_of_all_types(self):
        tag = self.env["maintenance.equipment.category"].create({"name": "X"})
        values = {
            "warranty_date": "2030-01-31",
            "cost": 12.5,
            "color": 3,
            "partner_ref": "A-1",
            "note": "<p>In the attic</p>",
            "category_id": tag.id,
            "technician_user_id": self.env.uid,
        }
        others = {
            "warranty_date": "2031-01-31",
            "cost": 7.5,
            "color": 0,
            "partner_ref": False,
            "note": "<p>Sold</p>",
            "category_id": self.backend.monitor_category_id.id,
            "technician_user_id": False,
        }
        for name in values:
            self.set_ownership(name, "until_edited")
        self.configured = values
        binding = self.rename("A")
        self.assertFalse(binding.ocs_field_differences)
        binding.odoo_id.write(others)
        self.assertEqual(set(self.locked(binding)), set(values))
        self.rename("A")
        self.assertEqual(set(self.locked(binding)), set(values))
        binding.action_reset_to_ocs(list(values))
        self.assertFalse(self.locked(binding))
        self.assertEqual(str(binding.warranty_date), "2030-01-31")
        self.assertEqual(binding.cost, 12.5)

    def test_monitor_fields_are_locked_and_reset(self):
        computer = ocs_computer(monitors=[ocs_monitor("CN0ABC123")])
        monitor = self.import_computer(1, computer).monitor_ids
        monitor.name = "On the wall"
        monitor.manufacturer = "edited"
        changed = ocs_monitor("CN0ABC123", caption="P2419H")
        self.import_computer(1, ocs_computer(monitors=[changed]))
        self.assertEqual(monitor.name, "On the wall")
        self.assertEqual(monitor.manufacturer, "Dell Inc.")
        binding = monitor.ocs_monitor_bind_ids
        self.assertEqual(self.locked(binding), {"name": ("On the wall", "P2419H")})
        self.assertTrue(binding.has_locked_fields)
        binding.action_reset_to_ocs(["name"])
        self.assertEqual(monitor.name, "P2419H")
        self.assertFalse(binding.has_locked_fields)

    def test_linked_asset_keeps_its_values(self):
        asset = self.env["maintenance.equipment"].create(
            {"name": "Mine", "serial_no": "LABEL-1", "company_id": False}
        )
        with self.work_on() as work:
            importer = work.component(usage="record.importer")
            self.ocs[1] = ocs_computer(bios={"SSN": "5CD1234XYZ"})
            (first,) = importer.start({1: self._read(1)})
            values = {**importer._mapped(first), "odoo_id": asset.id}
            importer._resolve_serial(first, first.binding, values)
            binding = importer.create_many([(1, values)])
        self.import_computer(1, force=True)
        self.assertEqual(binding.odoo_id, asset)
        self.assertEqual(asset.model, "Latitude 5420")
        self.assertEqual(asset.category_id, self.backend.computer_category_id)
        self.assertFalse(asset.company_id)
        locked = self.locked(binding)
        company = locked.pop("company_id")
        self.assertEqual(company, ("", self.env.company.name))
        self.assertEqual(
            locked, {"name": ("Mine", "PC"), "serial_no": ("LABEL-1", "5CD1234XYZ")}
        )
        self.assertTrue(binding.has_locked_fields)

    def test_binding_without_stored_values(self):
        """Without stored values, an import cannot tell whether a field was edited."""
        binding = self.rename("A")
        binding.odoo_id.category_id = False
        binding.write({"ocs_values": False, "last_imported_values": False})
        self.assertFalse(self.locked(binding))
        self.rename("A")
        self.assertFalse(self.locked(binding))
        self.assertEqual(binding.category_id, self.backend.computer_category_id)
        binding.write({"ocs_values": False, "last_imported_values": False})
        binding.odoo_id.name = "mine"
        self.rename("B")
        self.assertEqual(self.locked(binding), {"name": ("mine", "B")})

    def test_locked_fields_survive_a_new_id(self):
        binding = self.rename("A")
        binding.odoo_id.name = "mine"
        binding._rebind(2, "because")
        self.rename("B", 2)
        self.assertEqual(self.locked(binding), {"name": ("mine", "B")})

    def test_change_of_ownership(self):
        """A value imported while OCS owned the field is not an edit."""
        binding = self.rename("A")
        self.assertNotIn("board_serial", binding.last_imported_values)
        self.set_ownership("board_serial", "until_edited")
        self.assertEqual(binding.import_request, "ownership")
        for user, ocs, serial in (("", "A1", "A1"), ("mine", "B1", "mine")):
            binding.odoo_id.board_serial = user or binding.board_serial
            self.import_computer(1, ocs_computer(bios={"MSN": ocs}))
            self.assertEqual(binding.board_serial, serial)


@tagged("post_install", "-at_install")
class TestInventoryFields(OwnershipCase):
    """Inventories report hardware; users enter the other values."""

    def test_fields(self):
        assets = self.env["maintenance.equipment"]
        reported = ("manufacturer", "board_serial", "computer_id")
        extended = ("connection_ids",)  # the connector only changes its groups
        entered = ("name", "serial_no", "location", "note")
        for name in (*reported, *extended, *entered):
            with self.subTest(name):
                field = assets._fields[name]
                found = assets._ocs_is_inventory_field(field)
                self.assertEqual(found, name not in entered)
