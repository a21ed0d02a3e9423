# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.installed import installed_software
from ..lib.sections import NAME


class OcsSoftwareImporter(Component):
    """Importer of the software of an asset."""

    _name = "ocs.software.importer"
    _inherit = "ocs.children.importer"
    _sequence = 50

    def run(self, imports):
        installations = self.env["ocs.software.installation"]
        for each in imports:
            if NAME in each.computer:
                found = installed_software(each.computer[NAME])
                installations._replace(each.binding.odoo_id, found)
