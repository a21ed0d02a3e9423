# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Group that can see the former computers of a monitor.
HISTORY_GROUPS = "maintenance.group_equipment_manager"


def _components(kind, string):
    return fields.One2many(
        "maintenance.equipment.component",
        "equipment_id",
        string=string,
        domain=[("kind", "=", kind)],
        readonly=True,
    )


class MaintenanceEquipment(models.Model):
    """Equipment with the hardware and monitors of a computer, or a monitor's computers.

    Whoever attaches or detaches a monitor, its periods are updated.
    """

    _inherit = "maintenance.equipment"

    manufacturer = fields.Char(copy=False)
    chassis_type = fields.Char(copy=False)
    asset_tag = fields.Char(
        copy=False, help="Asset tag stored in the firmware of the computer."
    )
    board_manufacturer = fields.Char(copy=False)
    board_model = fields.Char(copy=False)
    board_serial = fields.Char(string="Board Serial Number", copy=False)
    processor = fields.Char(copy=False)
    processor_mhz = fields.Integer(
        string="Processor Speed (MHz)", aggregator=None, copy=False
    )
    processor_count = fields.Integer(string="Processors", aggregator=None, copy=False)
    memory_mb = fields.Integer(string="Memory (MB)", copy=False)
    memory_modules = fields.Char(
        help="Memory modules by capacity, such as 2x8192MB.", copy=False
    )
    graphics = fields.Char(copy=False)
    os_name = fields.Char(string="Operating System", copy=False)
    os_version = fields.Char(string="System Version", copy=False)
    os_comments = fields.Char(string="System Details", copy=False)
    bios_manufacturer = fields.Char(string="BIOS Manufacturer", copy=False)
    bios_version = fields.Char(string="BIOS Version", copy=False)
    bios_date = fields.Char(string="BIOS Date", copy=False)
    hardware_uuid = fields.Char(string="UUID", copy=False)
    domain_name = fields.Char(string="Domain or Workgroup", copy=False)
    ip_address = fields.Char(string="IP Address", copy=False)
    mac_addresses = fields.Char(string="MAC Addresses", copy=False)

    component_ids = fields.One2many(
        "maintenance.equipment.component",
        "equipment_id",
        string="Components",
        readonly=True,
    )
    processor_ids = _components("processor", "Processor Sockets")
    memory_ids = _components("memory", "Memory Slots")
    graphics_ids = _components("graphics", "Graphics Adapters")
    disk_ids = _components("disk", "Disks")
    network_ids = _components("network", "Network Interfaces")
    volume_ids = _components("volume", "Volumes")
    battery_ids = _components("battery", "Batteries")

    computer_id = fields.Many2one(
        "maintenance.equipment",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="Computer that this monitor is plugged into, or was last plugged into.",
    )
    monitor_ids = fields.One2many(
        "maintenance.equipment", "computer_id", string="Monitors"
    )
    manufacture_week = fields.Integer(
        string="Week of Manufacture", aggregator=None, copy=False
    )
    manufacture_year = fields.Integer(
        string="Year of Manufacture", aggregator=None, copy=False
    )
    manufactured = fields.Char(
        compute="_compute_manufactured", help="Week and year of manufacture."
    )
    connection_ids = fields.One2many(
        "maintenance.equipment.connection",
        "monitor_id",
        string="Computers",
        readonly=True,
        groups=HISTORY_GROUPS,
    )
    monitor_connection_ids = fields.One2many(
        "maintenance.equipment.connection",
        "computer_id",
        string="Current and Former Monitors",
        readonly=True,
        groups=HISTORY_GROUPS,
    )
    unplugged_since = fields.Datetime(
        compute="_compute_unplugged_since",
        store=True,
        index="btree_not_null",
        help="Date since which no computer has reported this monitor.",
    )

    @api.depends("manufacture_week", "manufacture_year")
    def _compute_manufactured(self):
        for asset in self:
            year = asset.manufacture_year and str(asset.manufacture_year)
            if year and asset.manufacture_week:
                year = self.env._(
                    "Week %(week)s of %(year)s", week=asset.manufacture_week, year=year
                )
            asset.manufactured = year or False

    @api.depends("connection_ids.date_to")
    def _compute_unplugged_since(self):
        for asset in self:
            dates = asset.connection_ids.mapped("date_to")
            asset.unplugged_since = bool(dates) and all(dates) and max(dates)

    @api.model_create_multi
    def create(self, vals_list):
        assets = super().create(vals_list)
        attached = assets.filtered("computer_id")
        if attached:
            # sudo: users cannot write periods
            connections = self.env["maintenance.equipment.connection"].sudo()
            connections._start(attached.sudo())
        return assets

    def write(self, vals):
        before = {}
        if "computer_id" in vals and not self.env.context.get("keep_connections"):
            before = {asset: asset.computer_id for asset in self}
        result = super().write(vals)
        moved = [asset.id for asset in before if asset.computer_id != before[asset]]
        if moved:
            self.browse(moved)._update_connections()
        return result

    def unlink(self):
        # sudo: users cannot write periods; as in write
        connections = self.env["maintenance.equipment.connection"].sudo()
        for computer in self.sudo().filtered("monitor_connection_ids"):
            connections._detach_deleted(computer)
        return super().unlink()

    def _update_connections(self):
        """Update the periods of these monitors after they moved."""
        # sudo: users cannot write periods
        self.env["maintenance.equipment.connection"].sudo()._synchronize(self.sudo())

    def _close_connection(self):
        """Close the periods of monitors no longer reported where they are attached."""
        # sudo: as in _update_connections
        opened = self.sudo().connection_ids.filtered(lambda each: not each.date_to)
        opened._close()
