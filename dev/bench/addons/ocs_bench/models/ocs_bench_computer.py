# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models


class OcsBenchComputer(models.Model):
    """Computer that a script pushes: without history, matching or rules."""

    _name = "ocs.bench.computer"
    _description = "Computer of a Benchmark"

    ocs_id = fields.Integer(string="ID in OCS", required=True, index=True)
    name = fields.Char(required=True)
    device_id = fields.Char()
    tag = fields.Char()
    user_name = fields.Char()
    workgroup = fields.Char()
    uuid = fields.Char()
    serial = fields.Char()
    manufacturer = fields.Char()
    model = fields.Char()
    chassis = fields.Char()
    asset_tag = fields.Char()
    board = fields.Char()
    bios_version = fields.Char()
    bios_date = fields.Char()
    os_name = fields.Char()
    os_version = fields.Char()
    os_comments = fields.Char()
    processor = fields.Char()
    processor_speed = fields.Integer()
    processor_count = fields.Integer()
    memory = fields.Integer()
    ip_address = fields.Char()
    last_inventory = fields.Datetime()
    component_ids = fields.One2many("ocs.bench.component", "computer_id")
    monitor_ids = fields.One2many("ocs.bench.monitor", "computer_id")

    @api.private
    @api.model
    def do_nothing(self):
        """Job: do nothing, to measure the costs of a job itself."""
