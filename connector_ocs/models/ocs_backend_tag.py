# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models
from odoo.exceptions import ValidationError


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Backend with the TAGs of the computers to import."""

    _inherit = "ocs.backend"

    tag_include = fields.Text(
        string="Import Only These TAGs",
        help="One TAG per line. * matches any text. NA is the TAG that OCS gives to "
        "computers without another one. If empty, all TAGs are imported.",
    )
    tag_exclude = fields.Text(
        string="Exclude These TAGs",
        help="One TAG per line. * matches any text. These TAGs are excluded even if "
        "they are on the other list.",
    )

    @api.constrains("tag_include", "tag_exclude", "section_ids")
    def _check_tag_section(self):
        for backend in self:
            has_list = backend.tag_include or backend.tag_exclude
            if has_list and "accountinfo" not in backend._imported_tables():
                raise ValidationError(
                    self.env._(
                        "The TAG lists require the TAG section. Select it under “What "
                        "Is Imported”, or clear the lists."
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
