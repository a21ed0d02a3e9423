# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


def _components(kind, string):
    return fields.One2many(
        "maintenance.equipment.component",
        "equipment_id",
        string=string,
        domain=[("kind", "=", kind)],
        readonly=True,
    )


# one class for each responsibility of an asset
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """Equipment with its hardware components."""

    _inherit = "maintenance.equipment"

    board_manufacturer = fields.Char(copy=False)
    board_model = fields.Char(copy=False)
    asset_tag = fields.Char(
        copy=False, help="Asset tag stored in the firmware of the computer."
    )
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
