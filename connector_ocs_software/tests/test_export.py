# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import TransactionCase, tagged

from odoo.addons.connector_ocs.tests.export import ExportModelsMixin


@tagged("post_install", "-at_install")
class TestModels(ExportModelsMixin, TransactionCase):
    """No model of this addon with text from OCS is forgotten."""

    addon = "connector_ocs_software"
