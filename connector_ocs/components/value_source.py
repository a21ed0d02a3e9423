# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsValueSource(AbstractComponent):
    """Source of asset values that the administrator configured.

    Each source is a component of its own. The values of the source with the higher
    ``_sequence`` replace those of the others and of the mapper.
    """

    _name = "ocs.value.source"
    _inherit = ["base.synchronizer", "ocs.base"]
    _apply_on = "ocs.computer.binding"
    _usage = "value.source"
    _sequence = 10

    def __init__(self, work_context):
        super().__init__(work_context)
        #: sentences for the technician: OCS values that were not imported unchanged
        self.warnings = []
        #: dict of the values from the mapper and the sources before this one
        self.given = {}

    def values(self, computer, binding):
        """Return values for the asset of a computer.

        :param computer: nested dict, see ``ocs.computer.adapter``; its hardware.ID
            under "external_id"
        :param binding: its binding, empty if it is to be created
        :return: dict {field of the asset: value to write}
        """
        raise NotImplementedError
