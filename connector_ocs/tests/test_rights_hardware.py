# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from . import test_rights_http
from .common import OcsCase
from .rights_case import RightsTableMixin


class HardwareRightsMixin:
    """Mixin of the rights on the hardware that OCS reports."""

    addon = "maintenance_equipment_hardware"
    shared = ()


@tagged("post_install", "-at_install")
class TestRights(HardwareRightsMixin, RightsTableMixin, OcsCase):
    """Who may what with hardware."""


@tagged("post_install", "-at_install")
class TestRightsHttp(HardwareRightsMixin, test_rights_http.TestRightsHttp):
    """Attempts over the web client's RPC and over JSON-2."""

    allow_inherited_tests_method = True
