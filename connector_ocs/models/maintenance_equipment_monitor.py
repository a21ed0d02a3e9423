# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Who sees on which computers a monitor was.
READERS = "connector_ocs.group_ocs_user,maintenance.group_equipment_manager"


# one class for hardware, one for monitors that come and go
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """On which computers a monitor was, and the monitors that a computer had.

    Whoever attaches or detaches a monitor, the periods follow.
    """

    _inherit = "maintenance.equipment"

    connection_ids = fields.One2many(
        "maintenance.equipment.connection",
        "monitor_id",
        string="Computers",
        readonly=True,
        groups=READERS,
    )
    monitor_connection_ids = fields.One2many(
        "maintenance.equipment.connection",
        "computer_id",
        string="Current and Former Monitors",
        readonly=True,
        groups=READERS,
    )
    unplugged_since = fields.Datetime(
        compute="_compute_unplugged_since",
        store=True,
        index="btree_not_null",
        help="Since when this monitor was seen on no computer.",
    )

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
            # sudo: the periods are nobody's to write
            connections = self.env["maintenance.equipment.connection"].sudo()
            connections._start(attached.sudo())
        return assets

    def write(self, vals):
        before = {}
        if "computer_id" in vals and not self.env.context.get("ocs_same_computer"):
            before = {asset: asset.computer_id for asset in self}
        result = super().write(vals)
        moved = [asset.id for asset in before if asset.computer_id != before[asset]]
        if moved:
            self.browse(moved)._follow_computer()
        if vals.get("active"):
            # sudo: whoever takes a monitor out of the archive
            self.sudo().ocs_monitor_bind_ids._stay_active()
        return result

    def unlink(self):
        # sudo: the periods are nobody's to write; as in write
        connections = self.env["maintenance.equipment.connection"].sudo()
        for computer in self.sudo().filtered("monitor_connection_ids"):
            connections._forget(computer)
        return super().unlink()

    def _follow_computer(self):
        """Note where these monitors are now, and where they are no more."""
        # sudo: the periods are nobody's to write
        self.env["maintenance.equipment.connection"].sudo()._follow(self.sudo())

    def _end_connection(self):
        """Note that these monitors were not seen where they are attached."""
        # sudo: as in _follow_computer
        opened = self.sudo().connection_ids.filtered(lambda each: not each.date_to)
        opened._close()
