# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import AccountCase


@tagged("post_install", "-at_install")
class TestExport(AccountCase):
    """Text from OCS never runs as a formula in a spreadsheet."""

    def test_labels(self):
        self.found[1] = self.found[1]._replace(name="=1+1", options={"1": "@SUM(1)"})
        field = self.account_field("fields_3")
        exported = field.export_data(["name", "option_labels"])
        self.assertEqual(exported["datas"], [["'=1+1", "'@SUM(1)"]])
