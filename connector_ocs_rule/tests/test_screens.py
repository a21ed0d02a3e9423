# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests import test_screens

from .rules import RulesCase


@tagged("post_install", "-at_install")
class TestScreensOfRules(RulesCase, test_screens.TestScreens):
    """Users open every view where rules move and exclude computers."""

    allow_inherited_tests_method = True
    company_setters = ("ocs.rule",)

    def configure(self):
        self.rule(("tag", "is", "Moved"), company_id=self.other_company.id)
        self.rule(("tag", "is", "Attic"), decision="exclude")

    def import_tagged(self, number, tag):
        self.import_computer(number, self.computer(number, tag))
