# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Backend that unfolds the categories of its assets."""

    _inherit = "ocs.backend"

    def _prepare_run(self, run):
        prepared = super()._prepare_run(run)
        self._unfold_categories()
        return prepared

    def _unfold_categories(self):
        """Unfold the empty categories that are about to get assets.

        Odoo stores the fold state on the category. The jobs that import the first
        assets run at the same time: all of them would write it, and all but one would
        fail and be retried.
        """
        empty = self._asset_categories().filtered("fold")
        if empty:
            empty.fold = False

    def _asset_categories(self):
        """Return the categories that imports may give new assets.

        Other addons add those of their settings.

        :return: maintenance.equipment.category
        """
        return self.computer_category_id | self.monitor_category_id
