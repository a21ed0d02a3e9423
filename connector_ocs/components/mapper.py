# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import AbstractComponent
from odoo.addons.connector.components.mapper import mapping, only_create


class OcsImportMapper(AbstractComponent):
    """Mapper of the fields that every asset from OCS has."""

    _name = "ocs.import.mapper"
    _inherit = ["base.import.mapper", "ocs.base"]

    @only_create
    @mapping
    def backend_id(self, record):
        return {"backend_id": self.backend_record.id}

    @mapping
    def company_id(self, record):
        return {"company_id": self.backend_record.company_id.id}
