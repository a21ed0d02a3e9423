# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, fields, models

from odoo.addons.queue_job.job import FAILED, PENDING
from odoo.addons.queue_job.models.queue_job import QueueJob as BaseQueueJob

from ..lib.runs import FINISHED, IMPORTS, OPEN, UNFINISHED

#: Models whose methods are the jobs of this addon.
OCS_JOBS = ("ocs.computer.binding", "ocs.import.preview", "ocs.import.run")


class QueueJob(models.Model):
    """Record failed jobs of this addon as failed computers or runs."""

    _inherit = "queue.job"
    # managers of the job queue must not move jobs to the run of another backend
    _protected_fields = (
        *BaseQueueJob._protected_fields,
        "ocs_backend_id",
        "ocs_run_id",
        "ocs_computer_count",
    )

    ocs_backend_id = fields.Many2one(
        "ocs.backend",
        string="OCS Backend",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="connector_ocs.group_ocs_user",
    )
    ocs_run_id = fields.Many2one(
        "ocs.import.run",
        string="OCS Run",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="connector_ocs.group_ocs_user",
    )
    ocs_computer_count = fields.Integer(
        string="OCS Computers",
        readonly=True,
        help="Number of computers that the job imports.",
    )

    # each import that finishes looks for the others of its run
    _ocs_unfinished_idx = models.Index(
        f"(ocs_run_id) WHERE ocs_run_id IS NOT NULL AND state IN {UNFINISHED}"
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                {**vals, **self._ocs_values(vals)}
                if vals.get("model_name") in OCS_JOBS
                else vals
                for vals in vals_list
            ]
        )

    def _ocs_values(self, vals):
        """Return what is recorded of a new job of this addon.

        :param vals: dict of its values
        :return: dict of values
        """
        if vals["method_name"] in IMPORTS:
            backend, external_ids = vals["args"][:2]
            is_chunk = vals["method_name"] == "import_chunk"
            number = len(external_ids) if is_chunk else 1
            return {"ocs_backend_id": backend.id, "ocs_computer_count": number}
        records = vals["records"]
        # stopping a run cancels its other jobs
        is_of_run = records._name == "ocs.import.run" and vals["method_name"] != "stop"
        return {
            "ocs_backend_id": records.backend_id.id,
            "ocs_run_id": is_of_run and records.id,
        }

    def write(self, vals):
        # the on_fail_method of a job function would not know the computer
        result = super().write(vals)
        if vals.get("state") == FAILED:
            for job in self.filtered(lambda job: job.model_name in OCS_JOBS):
                job._record_ocs_failure()
        self._ocs_close_runs(vals.get("state"))
        return result

    def _ocs_close_runs(self, state):
        """Close the runs whose last import may just have finished.

        A job that closes a run and was postponed may have missed that.

        :param state: new state of these jobs, None if it did not change
        """
        methods = IMPORTS if state in FINISHED else ("close",)
        if state in (*FINISHED, PENDING):
            jobs = self.filtered(lambda job: job.method_name in methods)
            jobs.sudo().ocs_run_id._close_after_commit()  # sudo: as in _ocs_backend

    def _record_ocs_failure(self):
        message = self.exc_message or self.exc_name
        if self.exc_name == "JobFoundDead":
            message = self.env._(
                "The job did not finish: its worker was killed on each attempt."
            )
        if self.method_name in IMPORTS:
            for external_id in self._ocs_external_ids():
                self._record_failed_computer(external_id, message)
        else:
            self._record_failed_run(message)

    def _record_failed_run(self, message):
        """Record that a run or a preview failed."""
        # sudo: failures are recorded whatever the access rights of the job's user
        record = self.records.sudo().exists()
        if record.state in (*OPEN, "running"):
            record._fail(message)

    def _record_failed_computer(self, external_id, message):
        backend = self._ocs_backend().exists()
        if not backend:
            return
        issue = backend.env["ocs.import.issue"]._record(
            backend,
            external_id,
            "failed",
            name=backend.env["ocs.computer.binding"]._find(backend, external_id).name,
            message=message,
        )
        issue.run_id = self.sudo().ocs_run_id  # sudo: as in _ocs_backend
        if self.max_retries and self.retry >= self.max_retries:
            # OCS did not respond in time, which is not the fault of the computer
            issue._request_import("no_response")

    def _ocs_backend(self):
        # sudo: failures are recorded whatever the access rights of the job's user
        return self.sudo().ocs_backend_id

    def _ocs_external_ids(self):
        """:return: list of int (hardware.ID) that the job imports"""
        found = self.args[1]
        return found if self.method_name == "import_chunk" else [found]

    def _split_chunks(self):
        """Replace failed chunks by a job for each of their computers.

        The chunks are then done, and the new jobs count in the run.
        """
        for chunk in self:
            backend, force = chunk._ocs_backend(), chunk.kwargs.get("force", False)
            for external_id in chunk._ocs_external_ids() if backend.exists() else ():
                self.env["ocs.computer.binding"]._enqueue_import(
                    backend, external_id, force=force, run=chunk.ocs_run_id
                )
        self.button_done()

    def _related_action_ocs_computer(self):
        """Open the asset of the computer, or the reason why it was not imported."""
        self.ensure_one()
        backend, external_id = self._ocs_backend(), self.args[1]
        binding = backend.env["ocs.computer.binding"]._find(backend, external_id)
        if binding:
            return binding.action_open_equipment()
        issue = self.env["ocs.import.issue"]._find(backend, external_id)
        return issue._get_records_action() if issue else None

    def _related_action_ocs_chunk(self):
        """Open the computers of a chunk that have been imported."""
        self.ensure_one()
        backend = self.sudo().ocs_backend_id.sudo(False)  # sudo: as in _ocs_backend
        action = backend.action_view_computers()
        action["domain"] = [
            ("backend_id", "=", backend.id),
            ("external_id", "in", self._ocs_external_ids()),
        ]
        return action

    def _related_action_ocs_run(self):
        """Open the run that the job belongs to."""
        self.ensure_one()
        return self.records._get_records_action()
