# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component

from ..lib.installed import installed_software
from ..lib.sections import NAME


class OcsComputerChunkImporter(Component):
    """Chunk importer that first adds the new software titles of a whole chunk."""

    _inherit = "ocs.computer.chunk.importer"

    def read_computers(self, external_ids):
        """Read the computers and add their new titles of software.

        :raises RetryableJobError: titles were new, see ``_add_missing``
        """
        computers = super().read_computers(external_ids)
        installed = {
            software._replace(install_date=None)
            for computer in computers.values()
            for software in installed_software(computer.get(NAME, ()))
        }
        if installed:
            self.env["ocs.software"]._ensure(sorted(installed))
        return computers
