# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from unittest import mock

from odoo.tests import tagged

from odoo.addons.connector_ocs.components.computer_adapter_section import (
    OcsSectionAdapter,
)
from odoo.addons.connector_ocs.lib.sections import Section

from .change_log import ChangeLogCase


@tagged("post_install", "-at_install")
class TestSections(ChangeLogCase):
    """Tables that triggers watch."""

    def test_section_of_another_addon(self):
        sections = OcsSectionAdapter._all_sections
        for is_watched in (True, False):
            added = Section("sounds", ("DESCRIPTION",), is_watched=is_watched)
            with (
                self.subTest(is_watched=is_watched),
                mock.patch.object(
                    OcsSectionAdapter,
                    "_all_sections",
                    lambda adapter, added=added: [*sections(adapter), added],
                ),
            ):
                tables = [table for table, _columns, _key in self.sections]
                self.assertEqual("sounds" in tables, is_watched)
