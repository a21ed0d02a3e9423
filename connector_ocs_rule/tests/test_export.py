# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import TransactionCase, tagged

from odoo.addons.connector_ocs.tests.export import ExportModelsMixin


@tagged("post_install", "-at_install")
class TestModels(ExportModelsMixin, TransactionCase):
    """Users enter the text of rules."""

    addon = "connector_ocs_rule"
    without_text = frozenset(("ocs.rule", "ocs.rule.condition"))
