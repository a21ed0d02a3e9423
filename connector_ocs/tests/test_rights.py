# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from .common import OcsCase
from .rights_case import RightsTableMixin


@tagged("post_install", "-at_install")
class TestRights(RightsTableMixin, OcsCase):
    """Who may what in this addon."""
