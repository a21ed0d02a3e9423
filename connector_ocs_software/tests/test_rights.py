# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.tests import tagged

from odoo.addons.connector_ocs.tests.common import OcsCase
from odoo.addons.connector_ocs.tests.rights_case import RightsTableMixin

from ..lib.installed import Installed


@tagged("post_install", "-at_install")
class TestRights(RightsTableMixin, OcsCase):
    """Who may what in this addon."""

    addon = "connector_ocs_software"
    # a title may be installed in every company
    shared = ()

    def create_records(self, company):
        records = super().create_records(company)
        asset = records["maintenance.equipment"]
        installation = self.env["ocs.software.installation"]
        installation._replace(asset, [Installed(f"Editor {company}", "", "1.0")])
        found = installation.search([("equipment_id", "=", asset.id)])
        for record in (found, found.version_id, found.software_id):
            records[record._name] = record
        return records
