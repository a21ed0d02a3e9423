# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsValueSource(AbstractComponent):
    """Gives values of an asset that the administrator configured.

    Each source is a component of its own; what the one with the higher ``_sequence``
    gives replaces what the others and the mapper gave.
    """

    _name = "ocs.value.source"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "value.source"
    _sequence = 10

    def __init__(self, work_context):
        super().__init__(work_context)
        #: sentences for the technician: what was not taken as OCS has it
        self.warnings = []
        #: dict of what the mapper and the sources before this one gave
        self.given = {}

    def values(self, computer, binding):
        """Values for the asset of a computer.

        :param computer: nested dict, see ``ocs.computer.adapter``; its hardware.ID
            under "external_id"
        :param binding: its binding, empty when it is to be created
        :return: dict {field of the asset: value to write}
        """
        raise NotImplementedError
