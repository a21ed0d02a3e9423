# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import fields, models

from odoo.addons.queue_job.job import FAILED

from .ocs_import_run import OPEN

#: Model whose methods are the jobs of this addon.
OCS_JOBS = "ocs.computer.binding"


class QueueJob(models.Model):
    """Shows the failure of an import where the technician looks for it."""

    _inherit = "queue.job"

    ocs_run_id = fields.Many2one(
        "ocs.import.run",
        string="OCS Run",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    def write(self, vals):
        # not the job function's on_fail_method: that is not told which
        # computer the job was for
        result = super().write(vals)
        if vals.get("state") == FAILED:
            for job in self.filtered(lambda job: job.model_name == OCS_JOBS):
                job._record_ocs_failure()
        return result

    def _record_ocs_failure(self):
        message = self.exc_message or self.exc_name
        if self.method_name == "import_record":
            self._record_failed_computer(message)
        else:
            self._record_failed_run(message)

    def _record_failed_run(self, message):
        # sudo: a failure is recorded whoever the job runs as
        run = self.args[0].sudo().exists()
        if run.state in OPEN:
            run._fail(message)

    def _record_failed_computer(self, message):
        backend = self._ocs_backend().exists()
        if not backend:
            return
        issue = backend.env["ocs.import.issue"]._record(
            backend,
            self.args[1],
            "failed",
            name=self._ocs_binding().name,
            message=message,
        )
        issue.run_id = self.ocs_run_id
        if self.max_retries and self.retry >= self.max_retries:
            # it waited in vain for OCS to answer: the computer is not to blame
            issue.digests = False

    def _ocs_backend(self):
        # sudo: a failure is recorded whoever the job runs as
        return self.args[0].sudo()

    def _ocs_binding(self):
        backend = self._ocs_backend()
        return backend.env["ocs.computer.binding"]._find(backend, self.args[1])

    def related_action_ocs_computer(self):
        """Open the computer, or why it was not imported."""
        self.ensure_one()
        binding = self._ocs_binding()
        if binding:
            return binding.action_open_equipment()
        issues = self.env["ocs.import.issue"]
        issue = issues._find(self.args[0], self.args[1])
        return issue._get_records_action() if issue else None

    def related_action_ocs_run(self):
        """Open the run that the job belongs to."""
        self.ensure_one()
        return self.args[0]._get_records_action()
