# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector.components.mapper import mapping


class OcsMonitorMapper(Component):
    """Mapper of a monitor to the values of its binding.

    The record is a description, see :mod:`odoo.addons.connector_ocs.lib.monitors`, with
    the name of the computer.
    """

    _name = "ocs.monitor.mapper"
    _inherit = "ocs.import.mapper"
    _apply_on = "ocs.monitor.binding"

    @mapping
    def name(self, record):
        """Map monitors.CAPTION, or what else is known."""
        name = record["name"] or self.env._("Monitor of %s", record["computer"])
        return {"name": name}

    @mapping
    def product(self, record):
        """Map monitors.MANUFACTURER, and parts of CAPTION and DESCRIPTION."""
        return {
            "manufacturer": record["manufacturer"] or False,
            "model": record["model"] or False,
            "manufacture_week": record["manufacture_week"],
            "manufacture_year": record["manufacture_year"],
        }

    @mapping
    def origin(self, record):
        """Map the columns of monitors."""
        return {
            "ocs_serial": record["serial"] or False,
            "ocs_manufacturer": record["manufacturer"] or False,
            "ocs_caption": record["caption"] or False,
            "ocs_description": record["description"] or False,
        }

    @mapping
    def category_id(self, record):
        return {"category_id": self.backend_record.monitor_category_id.id}
