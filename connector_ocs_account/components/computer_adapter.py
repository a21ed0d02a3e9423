# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent


class OcsComputerAdapter(AbstractComponent):
    """Computer adapter that also reads the mapped columns of accountinfo."""

    _inherit = "ocs.computer.adapter"

    def _more_columns(self, section):
        columns = super()._more_columns(section)
        if section.table == "accountinfo":
            return (*columns, *self.backend_record._account_columns())
        return columns
