# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


class OcsAccessMixin(models.AbstractModel):
    """Mixin of records that must stay within the companies of whoever writes them.

    The ORM checks the record rules before a write, but not whether the new values are
    those of a record that the user may write.
    """

    _name = "ocs.access.mixin"
    _description = "Access to OCS Records After Changes (abstract)"

    def write(self, vals):
        result = super().write(vals)
        self.check_access("write")
        return result
