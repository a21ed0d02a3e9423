# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from contextlib import contextmanager

from odoo import models


class OcsBackendPreview(models.AbstractModel):
    """Previews of what a run would do."""

    _name = "ocs.backend.preview"
    _description = "Previews of an OCS Backend (abstract)"

    def action_preview(self):
        """Show what an import would do, without importing anything."""
        self.ensure_one()
        self.check_access("write")
        self._check_active()
        with self._as_user_error():
            self._detect()
        preview = self.env["ocs.import.preview"]._start(self)
        return preview._get_records_action()

    @contextmanager
    def _undone(self):
        """Yield this backend, as for an import, in a transaction that is rolled back.

        What the import would start after its commit is not started either.
        """
        with self.env.registry.cursor() as cr:
            # without the job: it is not retried for what is not done anyway
            context = {**self.env.context, "job_uuid": None}
            try:
                yield self.with_env(self.env(cr=cr, context=context))._for_import()
            finally:
                cr.rollback()
