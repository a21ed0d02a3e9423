# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """The TAGs whose computers are imported from a backend."""

    _inherit = "ocs.backend"

    tag_include = fields.Text(
        string="Import Only These TAGs",
        help="One TAG a line; * stands for any text, NA is what OCS gives a computer "
        "without another TAG. Empty: all.",
    )
    tag_exclude = fields.Text(
        string="Leave Out These TAGs",
        help="One TAG a line; * stands for any text. They are left out even if the "
        "other list has them.",
    )

    @api.constrains("tag_include", "tag_exclude", "section_ids")
    def _check_tag_section(self):
        for backend in self:
            has_list = backend.tag_include or backend.tag_exclude
            if has_list and "accountinfo" not in backend._imported_tables():
                raise ValidationError(
                    self.env._(
                        "The lists of TAGs need the section TAG: choose it under What "
                        "Is Imported, or empty the lists."
                    )
                )

    def write(self, vals):
        before = {backend: backend._tag_lists() for backend in self}
        result = super().write(vals)
        changed = self.filtered(lambda backend: backend._tag_lists() != before[backend])
        changed._recheck()
        return result

    def _tag_lists(self):
        return self.tag_include or "", self.tag_exclude or ""
