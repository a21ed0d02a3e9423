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

    def values(self, computer_import):
        """Return values for the asset of a computer.

        Sentences for the technician are added to its ``warnings``.

        :param computer_import: :class:`.lib.computer_import.ComputerImport`; its
            ``values`` are those of the mapper and of the sources before this one
        :return: dict {field of the asset: value to write}
        """
        raise NotImplementedError
