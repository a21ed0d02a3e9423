# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.test_adapter import AdapterCase
from odoo.addons.connector_ocs.tests.test_clean_text import CleanTextMixin

from .live import LiveAccountMixin


@tagged("post_install", "-at_install")
class TestCleanText(CleanTextMixin, LiveAccountMixin, AdapterCase):
    """Labels of administrative data."""

    models = ("ocs.account.field",)
    package = "odoo.addons.connector_ocs_account."
    #: columns and their types, whose names have to be as they are stored
    kept = rb"TAG|fields_\d+|varchar.*|date|longtext"
