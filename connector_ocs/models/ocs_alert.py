# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsAlert(models.Model):
    """Kind of change that technicians can be alerted to."""

    _name = "ocs.alert"
    _inherit = "ocs.setting"
    _description = "OCS Alert"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)

    _code_uniq = models.Constraint("UNIQUE(code)", "This alert already exists.")
