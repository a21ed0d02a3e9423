# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models, tools


class OcsBackend(models.Model):
    """Backend with rules that each process reads once, not once per import."""

    _inherit = "ocs.backend"

    def _rules(self):
        """Return the rules for the computers of this backend.

        :return: tuple of pairs of the ID of an ocs.rule and its parsed conditions, in
            their order
        """
        self.ensure_one()
        if isinstance(self.id, int):
            return self._cached_rules()
        return self.env["ocs.rule"]._find_rules(self)

    # the key changes with each setting, see ``ocs.backend._settings``
    @tools.ormcache("self.id", "self.settings_key")
    def _cached_rules(self):
        # sudo: the rules of a backend do not depend on the user
        backend = self.sudo().with_context(active_test=True)
        return backend.env["ocs.rule"]._find_rules(backend)

    def _asset_categories(self):
        rules = self.env["ocs.rule"].search([("category_id", "!=", False)])
        return super()._asset_categories() | rules.category_id
