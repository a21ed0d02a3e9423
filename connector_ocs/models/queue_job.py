# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import models

from odoo.addons.queue_job.job import FAILED


class QueueJob(models.Model):
    """Shows the failure of an import where the technician looks for it."""

    _inherit = "queue.job"

    def write(self, vals):
        # not the job function's on_fail_method: that is not told which
        # computer the job was for
        result = super().write(vals)
        if vals.get("state") == FAILED:
            imports = self.filtered(lambda job: job._is_ocs_computer_import())
            for job in imports:
                job._record_ocs_failure()
        return result

    def _is_ocs_computer_import(self):
        return (self.model_name, self.method_name) == (
            "ocs.computer.binding",
            "import_record",
        )

    def _ocs_computer(self):
        """:return: the backend and hardware.ID that the job is for"""
        backend, external_id = self.args
        return backend, external_id

    def _record_ocs_failure(self):
        backend, external_id = self._ocs_computer()
        if backend.exists():
            # sudo: a failure is listed whoever the job runs as
            self.env["ocs.import.issue"].sudo()._record(
                backend,
                external_id,
                "failed",
                name=self._ocs_binding().name,
                message=self.exc_message or self.exc_name,
            )

    def _ocs_binding(self):
        backend, external_id = self._ocs_computer()
        bindings = self.env["ocs.computer.binding"].with_context(active_test=False)
        return bindings.search(
            [("backend_id", "=", backend.id), ("external_id", "=", external_id)]
        )

    def related_action_ocs_computer(self):
        """Open the computer, or why it was not imported."""
        self.ensure_one()
        binding = self._ocs_binding()
        if binding:
            return binding.action_open_equipment()
        backend, external_id = self._ocs_computer()
        issue = self.env["ocs.import.issue"]._find(backend, [external_id])
        return issue._get_records_action() if issue else None

    def related_action_ocs_backend(self):
        """Open the backend that the job looks at."""
        self.ensure_one()
        return self.args[0]._get_records_action()
