# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import TransactionCase, tagged

from odoo.addons.connector_ocs.tests.export import ExportModelsMixin


@tagged("post_install", "-at_install")
class TestModels(ExportModelsMixin, TransactionCase):
    """The addon itself writes the text of merges."""

    addon = "connector_ocs_merge"
    without_text = frozenset(("ocs.asset.merge",))
