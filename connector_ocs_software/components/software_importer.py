# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.installed import installed_software
from ..lib.sections import NAME


class OcsSoftwareImporter(Component):
    """Importer of the software of an asset."""

    _name = "ocs.software.importer"
    _inherit = "ocs.children.importer"
    _sequence = 50

    def run(self, binding, computer):
        if NAME in computer:
            installations = self.env["ocs.software.installation"]
            found = installed_software(computer[NAME])
            installations._replace(binding.odoo_id, found)
