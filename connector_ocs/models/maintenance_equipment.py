# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class MaintenanceEquipment(models.Model):
    """Hardware of a computer, whoever reports it, and its monitors."""

    _inherit = "maintenance.equipment"

    manufacturer = fields.Char()
    chassis_type = fields.Char()
    processor = fields.Char()
    processor_mhz = fields.Integer(string="Processor Speed (MHz)", aggregator=None)
    processor_count = fields.Integer(string="Processors", aggregator=None)
    memory_mb = fields.Integer(string="Memory (MB)")
    memory_modules = fields.Char(help="Modules by capacity, such as 2x8192MB.")
    graphics = fields.Char()
    os_name = fields.Char(string="Operating System")
    os_version = fields.Char(string="System Version")
    os_comments = fields.Char(string="System Details")
    bios_manufacturer = fields.Char(string="BIOS Manufacturer")
    bios_version = fields.Char(string="BIOS Version")
    bios_date = fields.Char(string="BIOS Date")
    hardware_uuid = fields.Char(string="UUID")
    domain_name = fields.Char(string="Domain or Workgroup")
    ip_address = fields.Char(string="IP Address")
    mac_addresses = fields.Char(string="MAC Addresses")
    computer_id = fields.Many2one(
        "maintenance.equipment",
        string="Attached to",
        index="btree_not_null",
        ondelete="set null",
        help="Computer that this monitor is plugged in.",
    )
    monitor_ids = fields.One2many(
        "maintenance.equipment", "computer_id", string="Monitors"
    )
    ocs_bind_ids = fields.One2many(
        "ocs.computer.binding", "odoo_id", string="OCS Computers", readonly=True
    )
    ocs_monitor_bind_ids = fields.One2many(
        "ocs.monitor.binding", "odoo_id", string="OCS Monitors", readonly=True
    )

    def action_ocs_import_now(self):
        """Import the computer from OCS at once."""
        return self.ocs_bind_ids.action_import_now()
