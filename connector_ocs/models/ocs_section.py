# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsSection(models.Model):
    """Part of the inventory of a computer that a backend may import.

    The table hardware is not a section because every computer needs it.
    """

    _name = "ocs.section"
    _inherit = "ocs.setting"
    _description = "OCS Section"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    table_name = fields.Char(string="OCS Table", required=True)
    sequence = fields.Integer(default=10)
    is_default = fields.Boolean(
        string="Selected by Default",
        default=True,
        help="New backends import this section by default.",
    )

    _table_name_uniq = models.Constraint(
        "UNIQUE(table_name)", "This table is already a section."
    )
