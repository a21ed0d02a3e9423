# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.tests import tagged

from .common import ocs_computer, ocs_monitor
from .ownership import OwnershipCase

SCRIPT = Path(__file__).parents[1] / "migrations/19.0.1.2.0/post-migrate.py"


@tagged("post_install", "-at_install")
class TestOwnershipUpgrade(OwnershipCase):
    """Assets of a version that remembered nothing."""

    def setUp(self):
        super().setUp()
        self.binding_of_before = self.import_computer(
            1,
            ocs_computer(
                bios={"SSN": "5CD1234XYZ"}, monitors=[ocs_monitor("CN0ABC123")]
            ),
        )

    def upgrade(self):
        """As the update to this version does it."""
        monitors = self.binding_of_before.monitor_ids.ocs_monitor_bind_ids
        for bindings in (self.binding_of_before, monitors):
            bindings.write({"ocs_says": False, "ocs_wrote": False})
        self.backend.ownership_ids.unlink()
        self.env.flush_all()
        spec = spec_from_file_location("post_migrate", SCRIPT)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def test_settings(self):
        self.upgrade()
        self.assertEqual(self.backend._field_owners()["name"], "until_edited")

    def test_what_the_import_gave_is_no_edit(self):
        """A rule of the new version gives a category to what had the default one."""
        self.upgrade()
        category = self.env["maintenance.equipment.category"].create({"name": "X"})
        self.configured = {"category_id": category.id}
        self.backend.monitor_category_id = category
        binding = self.import_computer(
            1,
            ocs_computer(
                bios={"SSN": "5CD9999XYZ"}, monitors=[ocs_monitor("CN0ABC123")]
            ),
        )
        self.assertEqual(binding.category_id, category)
        self.assertEqual(binding.monitor_ids.category_id, category)
        self.assertEqual(binding.serial_no, "5CD9999XYZ")
        self.assertFalse(binding.ocs_kept_fields)

    def test_what_people_gave_is_held(self):
        lab = self.env["maintenance.equipment.category"].create({"name": "Lab"})
        asset = self.binding_of_before.odoo_id
        asset.write({"name": "mine", "serial_no": "LABEL-1", "category_id": lab.id})
        asset.company_id = False
        self.upgrade()
        self.import_computer(1)
        self.assertEqual(
            set(self.held(self.binding(1))),
            {"name", "serial_no", "category_id", "company_id"},
        )
        self.assertEqual(asset.name, "mine")
