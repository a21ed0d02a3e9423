# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests import test_rights_http
from odoo.addons.connector_ocs.tests.common import OcsCase
from odoo.addons.connector_ocs.tests.rights_case import RightsTableMixin

from .rights import RulesRightsMixin


@tagged("post_install", "-at_install")
class TestRights(RulesRightsMixin, RightsTableMixin, OcsCase):
    """Who may what in this addon."""


@tagged("post_install", "-at_install")
class TestRightsHttp(RulesRightsMixin, test_rights_http.TestRightsHttp):
    """Attempts over the web client's RPC and over JSON-2."""

    allow_inherited_tests_method = True
