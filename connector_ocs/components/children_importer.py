# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsChildrenImporter(AbstractComponent):
    """Importer of records that belong to an asset.

    Each kind of record has its own component.
    """

    _name = "ocs.children.importer"
    _inherit = ["base.importer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "children.importer"
    _sequence = 10

    def run(self, imports):
        """Create, update and delete records to match OCS, for several computers.

        Records to delete are added to ``obsolete`` of the import, and sentences for the
        technician to its ``warnings``. A section that is not imported is absent, and
        its records are left unchanged.

        :param imports: list of :class:`.lib.computer_import.ComputerImport`, after the
            import of their asset
        """
        raise NotImplementedError
