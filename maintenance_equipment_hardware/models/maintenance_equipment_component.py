# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

from ..lib.sizes import readable_size

KINDS = [
    ("processor", "Processor"),
    ("memory", "Memory"),
    ("graphics", "Graphics"),
    ("disk", "Disk"),
    ("network", "Network Interface"),
    ("volume", "Volume"),
    ("battery", "Battery"),
]


class MaintenanceEquipmentComponent(models.Model):
    """Hardware component of a computer, as last reported."""

    _name = "maintenance.equipment.component"
    _description = "Hardware Component"
    _order = "equipment_id, kind, sequence, id"

    equipment_id = fields.Many2one(
        "maintenance.equipment",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="equipment_id.company_id")
    kind = fields.Selection(KINDS, required=True)
    sequence = fields.Integer(aggregator=None)
    name = fields.Char()
    manufacturer = fields.Char()
    model = fields.Char(index="btree_not_null")
    description = fields.Char()
    type = fields.Char()
    slot = fields.Char(help="Slot of a memory module, or socket of a processor.")
    is_empty = fields.Boolean(string="Empty Slot")
    is_removable = fields.Boolean(
        string="Removable",
        help="Component that comes and goes, such as a USB stick, CD drive or network "
        "drive.",
    )
    is_virtual = fields.Boolean(
        string="Virtual",
        help="Component that is created by software, such as a container bridge.",
    )
    serial_number = fields.Char(index="btree_not_null")
    firmware = fields.Char()
    size_mb = fields.Integer(string="Size (MB)")
    free_mb = fields.Integer(string="Free (MB)")
    size = fields.Char(compute="_compute_sizes")
    free = fields.Char(compute="_compute_sizes")
    speed = fields.Char()
    cores = fields.Integer()
    logical_cpus = fields.Integer(string="Logical Processors")
    mac_address = fields.Char(string="MAC Address", index="btree_not_null")
    ip_addresses = fields.Text(string="IP Addresses")
    status = fields.Char()
    resolution = fields.Char()
    filesystem = fields.Char(string="File System")
    capacity = fields.Char(help="Capacity of a new battery of this model.")
    cycles = fields.Integer(
        string="Charge Cycles",
        aggregator=None,
        help="How often a battery has been charged, at the last import.",
    )
    charge = fields.Char(help="Charge of a battery at the last import.")

    @api.depends("size_mb", "free_mb")
    def _compute_sizes(self):
        for component in self:
            component.size = readable_size(component.size_mb)
            component.free = readable_size(component.free_mb)

    @api.depends("name", "model", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for component in self:
            component.display_name = (
                component.model or component.name or kinds.get(component.kind)
            )
