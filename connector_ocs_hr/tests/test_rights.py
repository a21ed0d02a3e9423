# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import TransactionCase, tagged

from odoo.addons.connector_ocs.tests.rights_names import own_methods, own_models

ADDON = "connector_ocs_hr"


@tagged("post_install", "-at_install")
class TestRights(TransactionCase):
    """This addon has no models and methods of its own, hence no table of rights."""

    def test_nothing_to_list(self):
        self.assertFalse(own_models(self.env, ADDON))
        self.assertFalse(own_methods(self.env, ADDON))
