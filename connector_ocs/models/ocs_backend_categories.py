# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """What the categories that get assets have stored of them."""

    _inherit = "ocs.backend"

    def _prepare_run(self, run):
        prepared = super()._prepare_run(run)
        self._unfold_categories()
        return prepared

    def _unfold_categories(self):
        """Categories are not empty any more.

        Odoo stores that with the category. The jobs that bring the first assets work
        at the same time: all of them would write it, and all but one would fail and
        be done again.
        """
        rules = self.env["ocs.rule"].search([("category_id", "!=", False)])
        categories = self.computer_category_id + self.monitor_category_id
        empty = (categories + rules.category_id).filtered("fold")
        if empty:
            empty.fold = False
