# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

#: Groups that can see the former computers of a monitor.
HISTORY_GROUPS = "connector_ocs.group_ocs_user,maintenance.group_equipment_manager"


# one class for hardware, one for monitors that come and go
# pylint: disable=consider-merging-classes-inherited
class MaintenanceEquipment(models.Model):
    """Equipment with the computers and age of a monitor, or a computer's monitors.

    The periods are updated whoever attaches or detaches a monitor.
    """

    _inherit = "maintenance.equipment"

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
        if "computer_id" in vals and not self.env.context.get("ocs_same_computer"):
            before = {asset: asset.computer_id for asset in self}
        result = super().write(vals)
        moved = [asset.id for asset in before if asset.computer_id != before[asset]]
        if moved:
            self.browse(moved)._update_connections()
        if vals.get("active"):
            # sudo: whoever unarchives a monitor
            self.sudo().ocs_monitor_bind_ids._stay_active()
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
