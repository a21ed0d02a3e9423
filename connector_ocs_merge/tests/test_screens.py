# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.connector_ocs.tests import test_screens


@tagged("post_install", "-at_install")
class TestScreensOfMerges(test_screens.TestScreens):
    """Users open every view, also where assets are merged."""

    allow_inherited_tests_method = True

    def setUp(self):
        super().setUp()
        one, other = (self.import_tagged(number, "Paris") for number in (7, 8))
        self.merge = self.env["ocs.asset.merge"]._merge(one, other)
        self.env.flush_all()

    def import_tagged(self, number, tag):
        super().import_tagged(number, tag)
        return self.binding(number).odoo_id

    def test_users_cannot_press_buttons_of_managers(self):
        asset, other = (self.binding(number).odoo_id for number in (1, 6))
        for record, method in (
            (asset | other, "action_ocs_merge_selected"),
            (asset, "action_ocs_merge"),
            (self.merge, "action_undo"),
        ):
            for who in ("user", "technician", "follower"):
                as_user = record.with_user(self.users[who])
                with self.subTest(method, who=who), self.assertRaises(AccessError):
                    getattr(as_user, method)()
