# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from datetime import datetime

from odoo.tests import tagged

from .common import OcsCase, ocs_computer


@tagged("post_install", "-at_install")
class TestFirstInventory(OcsCase):
    """The first inventory that was imported, or else the first import."""

    def first_inventory(self, name, date):
        computer = ocs_computer(hardware={"NAME": name, "LASTDATE": date})
        return self.import_computer(1, computer).first_inventory

    def test_date_is_kept(self):
        first, second = datetime(2026, 1, 15, 8), datetime(2026, 2, 1, 8)
        self.assertEqual(self.first_inventory("PC-A", first), first)
        self.assertEqual(self.first_inventory("PC-B", second), first)

    def test_without_date(self):
        imported = self.first_inventory("PC-A", "")
        self.assertTrue(imported)
        second = datetime(2026, 2, 1, 8)
        self.assertEqual(self.first_inventory("PC-B", second), imported)
