# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models
from odoo.exceptions import UserError


# one class for each responsibility of a backend
# pylint: disable=consider-merging-classes-inherited
class OcsBackend(models.Model):
    """Backend that imports nothing and locks nothing while it is archived."""

    _inherit = "ocs.backend"

    def write(self, vals):
        changed = self.filtered(
            lambda backend: backend.active != vals.get("active", backend.active)
        )
        result = super().write(vals)
        changed._update_locked_fields()
        changed.filtered("active")._ask_again()
        return result

    def _update_locked_fields(self):
        """Unlock the edited fields of the assets, or lock them again."""
        for model in ("ocs.computer.binding", "ocs.monitor.binding") if self else ():
            bindings = self.env[model].with_context(active_test=False)
            bindings = bindings.search([("backend_id", "in", self.ids)])
            bindings._update_has_locked_fields()

    def _ask_again(self):
        """Ask again to approve the runs that wait, as archiving deletes activities."""
        for backend in self:
            run = backend._open_run()
            if run.state == "waiting":
                backend._request_approval(run)

    def _describe_archived(self):
        return self.env._("%s is archived. Unarchive it to import.", self.name)

    def _check_active(self):
        """Check that a user may start an import.

        :raises UserError: a backend is archived
        """
        for backend in self:
            if not backend.active:
                raise UserError(backend._describe_archived())
