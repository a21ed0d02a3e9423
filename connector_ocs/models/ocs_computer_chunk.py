# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

from odoo import api, models

from odoo.addons.queue_job.job import Job

from ..lib.prefetched import Prefetched
from .ocs_import_run import IMPORTS


# one class for each responsibility of a binding
# pylint: disable=consider-merging-classes-inherited
class OcsComputerBinding(models.Model):
    """Jobs that import a chunk of computers."""

    _inherit = "ocs.computer.binding"

    @api.private
    @api.model
    def import_chunk(self, backend, external_ids, force=False):
        """Job: create or update the assets of a chunk of computers.

        Do what ``import_record`` does for each of them. If one fails, each computer
        gets a job of its own.

        :param external_ids: ascending list of int (hardware.ID)
        :param force: compare every value even if OCS did not change
        :return: sentence for the job's result
        """
        if not backend._lock_for_job():
            return backend._describe_deleted()
        if not backend.sudo().active:
            return backend._describe_archived()
        # the chunk importer looks up the run that it works for
        backend = backend._for_import().with_context(
            job_uuid=self.env.context.get("job_uuid")
        )
        work_on = backend.work_on(self._name, prefetched=Prefetched())
        with self._retry_collisions(), work_on as work:
            importer = work.component(usage="chunk.importer")
            return importer.run(external_ids, force=force)

    @api.model
    def _current_run(self):
        """Return the run that the current job belongs to.

        When a chunk is split into jobs for its computers, these belong to the same run,
        so that the run waits for them and counts each computer once.

        :return: ocs.import.run, None outside of a job and for a job without a run
        """
        uuid = self.env.context.get("job_uuid")
        # sudo: the user that the job runs as may have no access to jobs
        jobs = self.env["queue.job"].sudo()
        run = jobs.search([("uuid", "=", uuid)], limit=1).ocs_run_id if uuid else None
        return run and run.with_env(self.env) or None

    @api.model
    def _enqueue_chunk(self, backend, external_ids, force=False, run=None):
        """Enqueue the import of a chunk of computers.

        :param external_ids: ascending list of int (hardware.ID)
        :param run: ocs.import.run that they belong to, or None
        :return: bool, False if the same job is already queued
        """
        description = self.env._(
            "Import %(number)s computers of %(backend)s (IDs %(first)s to %(last)s)",
            number=len(external_ids),
            backend=backend.name,
            first=external_ids[0],
            last=external_ids[-1],
        )
        delayable = self._delayable(backend, description, run)
        job = delayable.import_chunk(backend, external_ids, force=force)
        return isinstance(job, Job)  # otherwise it is the record of the queued job

    @api.model
    def _job_store_values(self, job):
        values = super()._job_store_values(job)
        if job.method_name in IMPORTS:
            is_chunk = job.method_name == "import_chunk"
            values["ocs_computer_count"] = len(job.args[1]) if is_chunk else 1
        return values
