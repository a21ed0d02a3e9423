# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsChildrenImporter(AbstractComponent):
    """Makes records that belong to an asset what OCS says.

    Each kind of them has a component of its own.
    """

    _name = "ocs.children.importer"
    _inherit = ["base.importer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "children.importer"
    _sequence = 10

    def __init__(self, work_context):
        super().__init__(work_context)
        #: sentences for the technician: what was not taken as OCS has it
        self.warnings = []
        #: records to delete when all is done: a deletion empties the whole cache
        self.surplus = []

    def run(self, binding, computer):
        """Create, change and delete what differs.

        :param binding: binding of the computer, after its own import
        :param computer: nested dict, see ``ocs.computer.adapter``; a section that is
            not imported is absent, and what comes from there stays as it is
        """
        raise NotImplementedError

    def run_many(self, pairs):
        """Do that for several computers; to be replaced where it pays.

        :param pairs: list of pairs of binding and computer, as for ``run``
        :return: list of a list of warnings for each of them
        """
        warnings = []
        for binding, computer in pairs:
            self.warnings = []
            self.run(binding, computer)
            warnings.append(self.warnings)
        return warnings
