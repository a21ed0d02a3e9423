# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent, Component

from ..lib.sections import SOFTWARE, SOFTWARES


class OcsComputerAdapter(AbstractComponent):
    """Computer adapter that also reads the software.

    ``computer["software"]`` is a list of dict with NAME, PUBLISHER, VERSION and
    INSTALLDATE in every schema.
    """

    _inherit = "ocs.computer.adapter"
    _software = SOFTWARE

    def _complete_sections(self):
        return [*super()._complete_sections(), self._software]


class OcsComputerAdapter27(Component):
    _inherit = "ocs.computer.adapter.2.7"
    _software = SOFTWARES
