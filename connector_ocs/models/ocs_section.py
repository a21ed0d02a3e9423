# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models


class OcsSection(models.Model):
    """A part of what OCS knows of a computer, to be imported or not.

    The table hardware is none: it is what makes a computer.
    """

    _name = "ocs.section"
    _inherit = "ocs.setting"
    _description = "OCS Section"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    table_name = fields.Char(string="Table of OCS", required=True)
    sequence = fields.Integer(default=10)
    is_default = fields.Boolean(
        string="Chosen at First",
        default=True,
        help="New backends import it unless somebody decides otherwise.",
    )

    _table_name_uniq = models.Constraint(
        "UNIQUE(table_name)", "This table is a section already."
    )
