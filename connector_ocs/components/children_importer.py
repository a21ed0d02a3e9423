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

    def __init__(self, work_context):
        super().__init__(work_context)
        #: messages for the technician about values not imported as they are in OCS
        self.warnings = []
        #: records to delete at the end, as a deletion clears the whole cache
        self.obsolete = []

    def run(self, binding, computer):
        """Create, update and delete records to match OCS.

        :param binding: binding of the computer, after its own import
        :param computer: nested dict, see ``ocs.computer.adapter``; a section that is
            not imported is absent, and its records are left unchanged
        """
        raise NotImplementedError

    def run_many(self, pairs):
        """Run for several computers; override to process them together.

        :param pairs: list of pairs of binding and computer, as for ``run``
        :return: list with a list of warnings for each pair
        """
        warnings = []
        for binding, computer in pairs:
            self.warnings = []
            self.run(binding, computer)
            warnings.append(self.warnings)
        return warnings
