# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import OcsCase
from odoo.addons.connector_ocs.tests.rights_case import RightsTableMixin


@tagged("post_install", "-at_install")
class TestRights(RightsTableMixin, OcsCase):
    """Who may what in this addon."""

    addon = "connector_ocs_account"
    shared = ()

    def create_records(self, company):
        records = super().create_records(company)
        field = self.env["ocs.account.field"].create(
            {"backend_id": self.backend.id, "name": "Location", "column": "fields_3"}
        )
        return {**records, field._name: field}

    def values_of_another(self, record):
        return {**super().values_of_another(record), "column": "fields_99"}
