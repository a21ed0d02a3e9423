# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.component.core import Component
from odoo.addons.component.tests.common import ComponentRegistryCase

from ..components.computer_adapter import OcsComputerAdapter
from ..lib.sections import Section
from .test_adapter import AdapterCase


@tagged("post_install", "-at_install")
class TestExtension(AdapterCase, ComponentRegistryCase):
    """Other addons add adapters and extend ours."""

    def setUp(self):
        super().setUp()
        self._setup_registry(self)
        self.addCleanup(self._teardown_registry, self)
        self._load_module_components("connector_ocs")
        self.backend = self.backend.with_env(self.env)

    def test_most_specific_adapter_is_used(self):
        class GenericAdapter(Component):
            _name = "generic.adapter"
            _inherit = "ocs.adapter"

        self._build_components(GenericAdapter)
        with self.adapter() as adapter:
            self.assertEqual(adapter._name, "ocs.computer.adapter.2.9.1")
        with self.adapter("maintenance.request") as adapter:
            self.assertEqual(adapter._name, "generic.adapter")

    def import_section(self, section):
        """Make the backend import another section."""

        class ExtendedAdapter(Component):
            _inherit = "ocs.computer.adapter.2.9.1"
            _base_sections = (*OcsComputerAdapter._base_sections, section)

        self._build_components(ExtendedAdapter)
        self.backend.section_ids += self.env["ocs.section"].create(
            {"name": "Sound", "table_name": section.table}
        )
        self.insert_whole_computer(7)
        self.addCleanup(self.sql, f"DELETE FROM {section.ocs_table}")

    def test_additional_section(self):
        self.import_section(Section("sounds", ("DESCRIPTION", "NAME"), many=True))
        self.insert("sounds", HARDWARE_ID=7, NAME="HD Audio")
        with self.adapter() as adapter:
            self.assertEqual(adapter.find_problems(), {})
            self.assertEqual(
                adapter.read(7)["sounds"], [{"DESCRIPTION": "", "NAME": "HD Audio"}]
            )

    def test_section_of_another_table(self):
        """Lookups are read, but a different result alone is no change."""
        self.import_section(
            Section(
                "noises",
                ("DESCRIPTION",),
                many=True,
                stored_in="sounds",
                lookups=(
                    ("TAG", "(SELECT TAG FROM accountinfo WHERE HARDWARE_ID = 7)"),
                ),
                is_watched=False,
            )
        )
        for external_id in (7, 9):
            self.insert("sounds", HARDWARE_ID=external_id, DESCRIPTION="HD Audio")
        with self.adapter() as adapter:
            self.assertEqual(adapter.find_problems(), {})
            before = adapter.read(7)
            self.assertEqual(
                before["noises"], [{"DESCRIPTION": "HD Audio", "TAG": "Paris"}]
            )
            (row,) = adapter.scan()
            self.assertEqual(row.digests, before["digests"])
            self.assertEqual(adapter.search_orphans(), {9: ["noises"]})
            self.sql("UPDATE accountinfo SET TAG = 'Lyon'")
            after = adapter.read(7)
        self.assertEqual(after["noises"][0]["TAG"], "Lyon")
        self.assertEqual(after["digests"]["noises"], before["digests"]["noises"])
