# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsBenchComponent(models.Model):
    """Component of a computer that a script pushes."""

    _name = "ocs.bench.component"
    _description = "Component of a Benchmark"

    computer_id = fields.Many2one(
        "ocs.bench.computer", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Char(required=True)
    name = fields.Char()
    manufacturer = fields.Char()
    model = fields.Char()
    description = fields.Char()
    type = fields.Char()
    slot = fields.Char()
    serial_number = fields.Char()
    size_mb = fields.Integer()
    free_mb = fields.Integer()
    speed = fields.Char()
    cores = fields.Integer()
    mac_address = fields.Char()
    ip_address = fields.Char()
    status = fields.Char()


class OcsBenchMonitor(models.Model):
    """Monitor that a script pushes."""

    _name = "ocs.bench.monitor"
    _description = "Monitor of a Benchmark"

    computer_id = fields.Many2one(
        "ocs.bench.computer", required=True, index=True, ondelete="cascade"
    )
    manufacturer = fields.Char()
    name = fields.Char()
    description = fields.Char()
    serial = fields.Char()
