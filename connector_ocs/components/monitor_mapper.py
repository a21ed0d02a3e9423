# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo.addons.component.core import Component
from odoo.addons.connector.components.mapper import mapping


class OcsMonitorMapper(Component):
    """Mapper of a monitor to the values of its binding.

    The record is a dict with name, model, serial and manufacturer, as
    :func:`odoo.addons.connector_ocs.lib.aggregation.monitor_values` gives it.
    """

    _name = "ocs.monitor.mapper"
    _inherit = "ocs.import.mapper"
    _apply_on = "ocs.monitor.binding"

    @mapping
    def name(self, record):
        """Map monitors.CAPTION, or DESCRIPTION if it is empty."""
        name = record["name"] or record["model"] or self.env._("Monitor")
        return {"name": name}

    @mapping
    def product(self, record):
        """Map monitors.MANUFACTURER, DESCRIPTION and SERIAL."""
        return {
            "manufacturer": record["manufacturer"] or False,
            "model": record["model"] or False,
            "ocs_serial": record["serial"] or False,
            "ocs_manufacturer": record["manufacturer"] or False,
        }

    @mapping
    def category_id(self, record):
        return {"category_id": self.backend_record.monitor_category_id.id}
